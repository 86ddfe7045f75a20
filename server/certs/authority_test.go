package certs

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func open(t *testing.T, dir string) *Authority {
	t.Helper()
	a, err := OpenAuthority(dir, "desk")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func issue(t *testing.T, a *Authority, h Holder) *tls.Certificate {
	t.Helper()
	c, err := a.Issue(h)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// holder takes addresses and names apart.
func holder(all ...string) (h Holder) {
	for _, one := range all {
		if a, err := netip.ParseAddr(one); err == nil {
			h.Addresses = append(h.Addresses, a)
		} else {
			h.Names = append(h.Names, one)
		}
	}
	return h
}

// Each row is what some client refuses, and which.
func TestIssueMakesWhatAllClientsTake(t *testing.T) {
	for _, test := range []struct {
		name  string
		of    Holder
		holds []string
		not   []string
		cn    string
	}{
		{"an address and a name", holder("192.168.1.20", "desk.local"), []string{"192.168.1.20", "desk.local"}, nil, "192.168.1.20"},
		{"addresses alone: GnuTLS and OpenSSL refuse any common name", holder("192.168.1.20", "fe80::1"), []string{"192.168.1.20", "fe80::1"}, nil, ""},
		{"names alone", holder("desk.local", "desk"), []string{"desk.local", "desk"}, nil, ""},
		{"a public address: everybody refuses all of it", holder("2001:db8::1", "192.168.1.20", "desk.local"), []string{"192.168.1.20"}, []string{"2001:db8::1"}, "192.168.1.20"},
		{"the name of a VPN, likewise", holder("10.0.0.2", "desk.tail1234.ts.net", "desk.lan"), []string{"10.0.0.2", "desk.lan"}, []string{"desk.tail1234.ts.net"}, "10.0.0.2"},
		{"somebody else's bare name, likewise", holder("10.0.0.2", "table", "desk.local"), []string{"desk.local"}, []string{"table"}, "10.0.0.2"},
		{"capitals: Ruby", holder("10.0.0.2", "Desk.LOCAL."), []string{"desk.local"}, nil, "10.0.0.2"},
		{"an underscore: Java", holder("10.0.0.2", "my_desk.local", "desk.local"), []string{"desk.local"}, []string{"my_desk.local"}, "10.0.0.2"},
		{"a zone", holder("fe80::1%eth0", "desk.local"), []string{"fe80::1"}, nil, "fe80::1"},
		{"IPv4 in IPv6", holder("::ffff:10.0.0.2", "desk.local"), []string{"10.0.0.2"}, nil, "10.0.0.2"},
		{"a name that ends like one of ours", holder("10.0.0.2", "notlocal", "evillan"), []string{"10.0.0.2"}, []string{"notlocal", "evillan"}, ""},
		{"this computer itself", holder("127.0.0.1", "::1", "localhost"), []string{"127.0.0.1", "::1", "localhost"}, nil, "127.0.0.1"},
		{"nothing", holder(), nil, []string{"10.0.0.2"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := open(t, "")
			leaf := issue(t, a, test.of).Leaf
			for _, host := range test.holds {
				if err := leaf.VerifyHostname(host); err != nil {
					t.Error(err)
				}
				verify(t, a, leaf, host)
			}
			for _, host := range test.not {
				if leaf.VerifyHostname(host) == nil {
					t.Errorf("It holds %s", host)
				}
			}
			if leaf.Subject.CommonName != test.cn {
				t.Errorf("The common name is %q, want %q", leaf.Subject.CommonName, test.cn)
			}
			checkForm(t, leaf)
			for name, h := range programs(t, a, leaf) {
				if out, err := h.CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", name, err, out)
				}
			}
		})
	}
}

func verify(t *testing.T, a *Authority, leaf *x509.Certificate, host string) {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AddCert(a.certificate)
	if _, err := leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: host}); err != nil {
		t.Errorf("Go, for %s: %v", host, err)
	}
}

func checkForm(t *testing.T, leaf *x509.Certificate) {
	t.Helper()
	if leaf.PublicKeyAlgorithm != x509.ECDSA {
		t.Errorf("The key is of %v: browsers take no Ed25519", leaf.PublicKeyAlgorithm)
	}
	if life := leaf.NotAfter.Sub(leaf.NotBefore); life > 397*24*time.Hour {
		t.Errorf("It is good for %v", life)
	}
	if time.Since(leaf.NotBefore) < 6*time.Hour {
		t.Error("A clock that is some hours slow would refuse it")
	}
	if leaf.IsCA || len(leaf.AuthorityKeyId) == 0 || !slices.Equal(leaf.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}) {
		t.Errorf("CA %v, AKI %x, EKU %v", leaf.IsCA, leaf.AuthorityKeyId, leaf.ExtKeyUsage)
	}
}

// programs check a certificate.
func programs(t *testing.T, a *Authority, leaf *x509.Certificate) map[string]*exec.Cmd {
	t.Helper()
	dir := t.TempDir()
	ca, crt := filepath.Join(dir, "ca.pem"), filepath.Join(dir, "leaf.pem")
	for path, c := range map[string]*x509.Certificate{ca: a.certificate, crt: leaf} {
		if err := os.WriteFile(path, certificatePEM(c), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all := map[string]*exec.Cmd{}
	for _, args := range [][]string{
		{"openssl", "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", ca, crt},
		{"certtool", "--verify", "--load-ca-certificate", ca, "--infile", crt},
	} {
		if _, err := exec.LookPath(args[0]); err == nil {
			all[args[0]] = exec.Command(args[0], args[1:]...)
		} else if os.Getenv("CI") != "" && args[0] == "openssl" {
			t.Fatal(err)
		}
	}
	return all
}

func TestSignatureOutsideOfConstraintsIsRefused(t *testing.T) {
	a := open(t, "")
	c, err := a.sign(holder("desk.example", "10.0.0.2"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(a.certificate)
	if _, err := c.Leaf.Verify(x509.VerifyOptions{Roots: roots}); err == nil {
		t.Error("Go takes a name from the internet: the authority is not constrained")
	}
	for name, program := range programs(t, a, c.Leaf) {
		if out, err := program.CombinedOutput(); err == nil {
			t.Errorf("%s takes it: %s", name, out)
		}
	}
}

func TestEachCertificateHasASerialOfItsOwn(t *testing.T) {
	a := open(t, "")
	one, other := issue(t, a, holder("10.0.0.2")).Leaf, issue(t, a, holder("10.0.0.2")).Leaf
	if one.SerialNumber.Cmp(other.SerialNumber) == 0 {
		t.Error("Firefox refuses the second of two with one serial")
	}
}

func TestAuthoritiesDoNotShareAName(t *testing.T) {
	one, other := open(t, ""), open(t, "")
	if one.Name() == other.Name() || bytes.Equal(one.certificate.SubjectKeyId, other.certificate.SubjectKeyId) {
		t.Errorf("Both are %s", one.Name())
	}
	if !strings.Contains(one.Name(), "desk") {
		t.Errorf("The name %s does not say whose it is", one.Name())
	}
}

func TestAuthorityAndCertificateAreKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	a := open(t, dir)
	first := issue(t, a, holder("10.0.0.2", "desk.local"))
	b := open(t, dir)
	if !bytes.Equal(a.Certificate(), b.Certificate()) {
		t.Fatal("Devices would have to trust another authority after a restart")
	}
	if !bytes.Equal(issue(t, b, holder("10.0.0.2")).Certificate[0], first.Certificate[0]) {
		t.Error("A certificate that would do was not used again")
	}
	moved := issue(t, b, holder("10.0.0.3", "desk.local"))
	if moved.Leaf.VerifyHostname("10.0.0.3") != nil || moved.Leaf.VerifyHostname("10.0.0.2") == nil {
		t.Errorf("At another address it is for %v", moved.Leaf.IPAddresses)
	}
	if block, _ := pem.Decode(read(t, a.Path())); block == nil || !bytes.Equal(block.Bytes, a.Certificate()) {
		t.Error("The public part is not the authority's")
	}
	if bytes.Contains(read(t, a.Path()), []byte("KEY")) {
		t.Error("The public part has a key in it")
	}
	if runtime.GOOS == "windows" {
		return
	}
	for _, name := range []string{authorityFile, certificateFile} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, authorityFile), 0o644); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if info, err := os.Stat(filepath.Join(dir, authorityFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("A key that all could read stays %v, %v", info.Mode(), err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAuthorityCanBeThrownAway(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	issue(t, a, holder("10.0.0.2"))
	if err := Forget(dir); err != nil {
		t.Fatal(err)
	}
	b := open(t, dir)
	if bytes.Equal(a.Certificate(), b.Certificate()) {
		t.Fatal("It is the same one")
	}
	verify(t, b, issue(t, b, holder("10.0.0.2")).Leaf, "10.0.0.2")
	if err := errorsOf(Forget(dir), Forget(dir)); err != nil {
		t.Errorf("Once more: %v", err)
	}
}

func errorsOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestDamagedAuthorityIsPutAside(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, authorityFile), []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	verify(t, open(t, dir), issue(t, open(t, dir), holder("10.0.0.2")).Leaf, "10.0.0.2")
	if string(read(t, filepath.Join(dir, authorityFile+".old"))) != "rubbish" {
		t.Error("It is lost")
	}
}

func TestTwoProcessesAgreeOnOneAuthority(t *testing.T) {
	dir := t.TempDir()
	found := make(chan string, 8)
	for range cap(found) {
		go func() {
			a, err := OpenAuthority(dir, "desk")
			if err != nil {
				found <- err.Error()
				return
			}
			found <- a.Name()
		}()
	}
	first := <-found
	for range cap(found) - 1 {
		if other := <-found; other != first {
			t.Errorf("%q and %q", first, other)
		}
	}
}

func TestProfileHoldsTheAuthority(t *testing.T) {
	a, err := OpenAuthority("", "Tom & Ann")
	if err != nil {
		t.Fatal(err)
	}
	p := string(a.Profile())
	for _, want := range []string{"com.apple.security.root", "Tom &amp; Ann", "<string>Configuration</string>"} {
		if !strings.Contains(p, want) {
			t.Errorf("There is no %s in\n%s", want, p)
		}
	}
	if !bytes.Equal(a.Profile(), a.Profile()) {
		t.Error("An iPhone would keep each one that it is sent")
	}
	if lint, err := exec.LookPath("plutil"); err == nil {
		c := exec.Command(lint, "-lint", "-")
		c.Stdin = strings.NewReader(p)
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%s", out)
		}
	}
}

func TestWordsAndFingerprint(t *testing.T) {
	// printf '' | sha256sum: e3b0c442 98fc…, and the words 1821, 1073, 133 and 399 of
	// the list, counted from 0.
	if got := Words(nil); got != "together mail awful cradle" {
		t.Errorf("Words: %s", got)
	}
	if got := Fingerprint(nil); !strings.HasPrefix(got, "E3:B0:C4:42:98:FC:1C:14:") || len(got) != 32*3-1 {
		t.Errorf("Fingerprint: %s", got)
	}
}
