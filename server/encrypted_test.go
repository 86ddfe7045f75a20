package server

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"windowsill/server/certs"
	"windowsill/server/lan"
)

// encryptedShare is a share over TLS, and a client of one version of HTTP that trusts
// this computer's authority and nobody else.
type encryptedShare struct {
	*Server
	dir  string // of the settings
	port int
}

func startEncrypted(t testing.TB, o Options, sh Share) encryptedShare {
	t.Helper()
	o.ConfigDir = t.TempDir()
	sh.TLS.On = true
	s, _ := start(t, o, sh)
	return encryptedShare{s, o.ConfigDir, s.Snapshot().Share.Port}
}

func (s encryptedShare) url(host string) string { return fmt.Sprintf("https://%s:%d", host, s.port) }

func (s encryptedShare) client(t testing.TB, major int) *http.Client {
	t.Helper()
	roots := x509.NewCertPool()
	pem, err := os.ReadFile(filepath.Join(s.dir, "windowsill", "authority.crt"))
	must(t, err)
	roots.AppendCertsFromPEM(pem)
	protocols := new(http.Protocols)
	protocols.SetHTTP1(major == 1)
	protocols.SetHTTP2(major == 2)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, Protocols: protocols}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func read(t testing.TB, c *http.Client, url string) (*http.Response, string) {
	t.Helper()
	a, err := c.Get(url)
	must(t, err)
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	must(t, err)
	return a, string(b)
}

func TestEncryptedShareIsTrustedByItsAuthority(t *testing.T) {
	s := startEncrypted(t, Options{}, Share{Folder: tree(t, map[string]string{"a.txt": "hello"})})
	for _, major := range []int{1, 2} {
		for _, host := range []string{"127.0.0.1", "localhost"} {
			a, body := read(t, s.client(t, major), s.url(host)+"/a.txt")
			if body != "hello" || a.ProtoMajor != major {
				t.Errorf("HTTP/%d: %q", a.ProtoMajor, body)
			}
		}
	}
	n := s.Snapshot()
	for _, l := range n.Links {
		if !strings.HasPrefix(l.URL, "https://") || !strings.HasPrefix(l.Plain, "https://") {
			t.Errorf("a link is %s", l.URL)
		}
	}
	c := n.Certificate
	if len(strings.Fields(c.Words)) != 4 || c.Fingerprint == "" || c.AuthorityFingerprint == "" || c.Authority != filepath.Join(s.dir, "windowsill", "authority.crt") {
		t.Errorf("%+v", c)
	}
	if n.Network.TriedTLS {
		t.Error("the owner is told that somebody typed https://")
	}
}

func TestCertificateFollowsTheNetwork(t *testing.T) {
	o := Options{ConfigDir: t.TempDir(), LookAfter: time.Millisecond}
	srv, err := New(o)
	must(t, err)
	address := make(chan string, 1)
	address <- "192.168.7.1"
	srv.ask = func() ([]lan.Address, error) {
		at := <-address
		address <- at
		return []lan.Address{{Addr: netip.MustParseAddr(at), Kind: lan.Ethernet, Interface: "eth0", Network: lan.Network{Prefix: netip.MustParsePrefix(at + "/24").Masked()}}}, nil
	}
	must(t, srv.Start(Share{Folder: tree(t, map[string]string{"a.txt": "hello"}), TLS: TLS{On: true}, Where: Where{Roams: true}}))
	t.Cleanup(func() { srv.Stop(done()) })
	s := encryptedShare{srv, o.ConfigDir, srv.Snapshot().Share.Port}
	before := s.client(t, 1)
	first, _ := read(t, before, s.url("127.0.0.1")+"/a.txt")
	if first.TLS.PeerCertificates[0].VerifyHostname("192.168.7.1") != nil {
		t.Fatal("the address is not in the certificate")
	}
	<-address
	address <- "192.168.9.1"
	until(t, "there is another certificate", func() bool {
		a, _ := read(t, s.client(t, 2), s.url("127.0.0.1")+"/a.txt")
		return a.TLS.PeerCertificates[0].VerifyHostname("192.168.9.1") == nil
	})
	again, _ := read(t, before, s.url("127.0.0.1")+"/a.txt")
	if !again.TLS.PeerCertificates[0].Equal(first.TLS.PeerCertificates[0]) {
		t.Error("the old connection did not go on")
	}
}

// A public address cannot be in the certificate. That of a container cannot be reached.
func TestAnAddressInTheCertificateComesFirst(t *testing.T) {
	for _, c := range []struct {
		on   bool
		has  []string // interface and address
		want string
	}{
		{true, []string{"eth0 2001:db8::7", "eth0 192.168.7.1"}, "192.168.7.1"},
		{true, []string{"eth0 203.0.113.7", "docker0 172.17.0.1"}, "203.0.113.7"},
		{true, []string{"eth0 203.0.113.7", "eth0 fd00::7"}, "203.0.113.7"},
		{true, []string{"eth0 203.0.113.7", "eth0 192.168.7.1"}, "192.168.7.1"},
		{true, []string{"eth0 192.168.7.1", "eth0 fd00::7"}, "192.168.7.1"},
		{false, []string{"eth0 2001:db8::7", "eth0 192.168.7.1"}, "2001:db8::7"},
	} {
		srv, err := New(Options{ConfigDir: t.TempDir()})
		must(t, err)
		srv.ask = func() (all []lan.Address, err error) {
			for _, one := range c.has {
				on, at, _ := strings.Cut(one, " ")
				addr := netip.MustParseAddr(at)
				all = append(all, lan.Address{Addr: addr, Kind: lan.Ethernet, Interface: on, Network: lan.Network{Prefix: netip.PrefixFrom(addr, addr.BitLen()-8).Masked()}})
			}
			return all, nil
		}
		must(t, srv.Start(Share{Folder: t.TempDir(), TLS: TLS{On: c.on}}))
		if got := srv.Snapshot().Links[0].Address.Addr.String(); got != c.want {
			t.Errorf("%v of %v: %s, want %s", c.on, c.has, got, c.want)
		}
		srv.Stop(done())
	}
}

func TestResumedSessionSeesANewCertificate(t *testing.T) {
	s := startEncrypted(t, Options{}, Share{Folder: tree(t, nil)})
	c := s.client(t, 1)
	config := c.Transport.(*http.Transport).TLSClientConfig
	config.ClientSessionCache = tls.NewLRUClientSessionCache(1)
	resumes := func() bool {
		a, _ := read(t, c, s.url("127.0.0.1")+"/")
		c.CloseIdleConnections()
		return a.TLS.DidResume
	}
	if resumes() || !resumes() {
		t.Fatal("sessions are not resumed")
	}
	r := s.running()
	own := r.endpoint.credential
	h := r.endpoint.holder()
	h.Names = append(h.Names, "new.local")
	if !own.follow(h) || resumes() {
		t.Error("a session of the old certificate goes on")
	}
}

// Two shares of one person have one authority, and keep their own certificates.
func TestCertificateStaysWhenAnotherShareNeedsAnother(t *testing.T) {
	s := startEncrypted(t, Options{}, Share{Folder: tree(t, nil)})
	e := s.running().endpoint
	before := s.Snapshot().Certificate.Fingerprint
	other := e.holder()
	other.Names = append(other.Names, "other.local")
	if _, err := e.credential.authority.Issue(other); err != nil {
		t.Fatal(err)
	}
	alone := e.holder()
	alone.Names = []string{"another.local"}
	if _, err := e.credential.authority.Issue(alone); err != nil {
		t.Fatal(err)
	}
	if e.renew() || s.Snapshot().Certificate.Fingerprint != before {
		t.Error("devices see another certificate, without need")
	}
}

func TestDevicesAreForgottenWhenEncryptionChanges(t *testing.T) {
	s, err := New(Options{})
	must(t, err)
	dir := tree(t, nil)
	must(t, s.Start(Share{Folder: dir}))
	key, pin := s.now().guard.Key(), s.Snapshot().PIN
	s.Stop(done())
	must(t, s.Start(Share{Folder: dir, TLS: TLS{On: true}}))
	defer s.Stop(done())
	if s.now().guard.Key() == key || s.Snapshot().PIN == pin {
		t.Error("what went over the network in the clear still lets in")
	}
}

func TestOwnCertificate(t *testing.T) {
	s := startEncrypted(t, Options{}, Share{Folder: tree(t, nil)})
	signed := filepath.Join(s.dir, "windowsill", "certificate.pem")
	other, err := New(Options{})
	must(t, err)
	must(t, other.Start(Share{Folder: tree(t, map[string]string{"a.txt": "hello"}), TLS: TLS{On: true, Certificate: signed}}))
	defer other.Stop(done())
	own := encryptedShare{other, s.dir, other.Snapshot().Share.Port}
	if _, body := read(t, own.client(t, 2), own.url("localhost")+"/a.txt"); body != "hello" {
		t.Errorf("%q", body)
	}
	if c := other.Snapshot().Certificate; c.Authority != "" || c.AuthorityFingerprint != "" || c.Words == "" {
		t.Errorf("%+v", c)
	}
}

func TestUselessCertificateIsSaidBeforeSharing(t *testing.T) {
	s, err := New(Options{})
	must(t, err)
	dir := tree(t, map[string]string{"a.pem": "nothing"})
	err = s.Start(Share{Folder: dir, TLS: TLS{On: true, Certificate: filepath.Join(dir, "a.pem")}})
	if useless, ok := errors.AsType[*CertificateError](err); !ok || useless.Error() == "" {
		t.Errorf("%v", err)
	}
	if s.Snapshot().State != Failed {
		t.Errorf("the share is %v", s.Snapshot().State)
	}
}

func TestOwnCertificateIsLookedAt(t *testing.T) {
	of := func(addresses ...netip.Addr) string {
		dir := t.TempDir()
		a, err := certs.OpenAuthority(dir, "desk")
		must(t, err)
		h := certs.Holder{Addresses: addresses}
		if len(addresses) > 1 {
			h.Names = []string{"desk.local"}
		}
		_, err = a.Issue(h)
		must(t, err)
		return filepath.Join(dir, "certificate.pem")
	}
	s, err := New(Options{})
	must(t, err)
	s.ask = func() ([]lan.Address, error) { return []lan.Address{{Addr: netip.MustParseAddr("192.168.7.1")}}, nil }
	here, elsewhere := netip.MustParseAddr("192.168.7.1"), netip.MustParseAddr("192.168.9.9")
	for _, test := range []struct {
		path, names string
		problem     error
	}{
		{of(here), "192.168.7.1", nil},
		{of(elsewhere, elsewhere), "desk.local 192.168.9.9", nil}, // by its name
		{of(elsewhere), "192.168.9.9", certs.ErrElsewhere},
		{filepath.Join(t.TempDir(), "gone"), "", certs.ErrUnreadable},
	} {
		own, err := s.LookAtCertificate(TLS{Certificate: test.path})
		if !errors.Is(err, test.problem) || strings.Join(own.Names, " ") != test.names || test.problem == nil && own.Until.IsZero() {
			t.Errorf("%+v, %v", own, err)
		}
		if err := s.Start(Share{Folder: tree(t, nil), TLS: TLS{On: true, Certificate: test.path}}); !errors.Is(err, test.problem) {
			t.Errorf("Start: %v", err)
		}
		must(t, s.Stop(done()))
	}
}

func TestNewAuthority(t *testing.T) {
	s := startEncrypted(t, Options{}, Share{Folder: tree(t, nil)})
	share, before := s.Snapshot().Share, s.Snapshot().Certificate
	must(t, s.Stop(done()))
	must(t, s.NewAuthority())
	must(t, s.Start(share))
	if now := s.Snapshot().Certificate; now.AuthorityFingerprint == before.AuthorityFingerprint || now.Fingerprint == before.Fingerprint || now.Authority != before.Authority {
		t.Errorf("%+v, before %+v", now, before)
	}
	read(t, s.client(t, 2), s.url("localhost")+"/") // which trusts the new one
}

// large is a folder with a file that takes some time to send.
func large(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "large"), make([]byte, 64<<20), 0o600))
	return dir
}

// transfer begins to fetch the large file and waits until it is a transfer.
func transfer(t *testing.T, s encryptedShare, c *http.Client) (body io.ReadCloser, id uint64) {
	t.Helper()
	a, err := c.Get(s.url("127.0.0.1") + "/large")
	must(t, err)
	t.Cleanup(func() { a.Body.Close() })
	_, err = io.ReadFull(a.Body, make([]byte, 1<<20))
	must(t, err)
	until(t, "there is a transfer", func() bool {
		for _, one := range s.Snapshot().Transfers {
			if one.Name == "large" {
				id = one.ID
			}
		}
		return id != 0
	})
	return a.Body, id
}

func TestTransferOverTLSCanBeCancelled(t *testing.T) {
	for _, major := range []int{1, 2} {
		s := startEncrypted(t, Options{}, Share{Folder: large(t)})
		c := s.client(t, major)
		body, id := transfer(t, s, c)
		s.Cancel(id)
		if n, err := io.Copy(io.Discard, body); err == nil {
			t.Errorf("HTTP/%d: all %d bytes came", major, n)
		}
		if _, got := read(t, c, s.url("127.0.0.1")+"/?json"); !strings.Contains(got, "large") {
			t.Errorf("HTTP/%d: the next request gets %q", major, got)
		}
	}
}

// Over HTTP/2 the other requests of the same connection go on.
func TestCancellingOneStreamLeavesTheOthers(t *testing.T) {
	dir := large(t)
	must(t, os.WriteFile(filepath.Join(dir, "other"), bytes.Repeat([]byte("x"), 8<<20), 0o600))
	s := startEncrypted(t, Options{}, Share{Folder: dir})
	c := s.client(t, 2)
	other, err := c.Get(s.url("127.0.0.1") + "/other")
	must(t, err)
	defer other.Body.Close()
	body, id := transfer(t, s, c)
	s.Cancel(id)
	if _, err := io.Copy(io.Discard, body); err == nil {
		t.Error("it was not cancelled")
	}
	if n, err := io.Copy(io.Discard, other.Body); n != 8<<20 || err != nil {
		t.Errorf("of the other came %d bytes, %v", n, err)
	}
}

func TestStopEndsWhatIsEncrypted(t *testing.T) {
	for _, major := range []int{1, 2} {
		s := startEncrypted(t, Options{Timeouts: Timeouts{Grace: 10 * time.Millisecond}}, Share{Folder: large(t)})
		body, _ := transfer(t, s, s.client(t, major))
		s.Stop(done())
		if _, err := io.Copy(io.Discard, body); err == nil {
			t.Errorf("HTTP/%d: it went on", major)
		}
	}
}

// A client that opens its window for nothing must not hold a request for ever.
func TestStalledTransferIsCutOverTLS(t *testing.T) {
	for _, major := range []int{1, 2} {
		s := startEncrypted(t, Options{Timeouts: Timeouts{Stall: 100 * time.Millisecond}}, Share{Folder: large(t)})
		a, err := s.client(t, major).Get(s.url("127.0.0.1") + "/large")
		must(t, err)
		until(t, fmt.Sprintf("HTTP/%d: it is cut", major), func() bool {
			log := s.Snapshot().Log
			return log.Len() == 1 && log.At(0).Cut
		})
		a.Body.Close()
	}
}

func TestRowsCountContentOverTLS(t *testing.T) {
	for _, major := range []int{1, 2} {
		s := startEncrypted(t, Options{Policy: Policy{Allow: Add}}, Share{Folder: tree(t, map[string]string{"a.bin": strings.Repeat("x", 100_000)})})
		c := s.client(t, major)
		read(t, c, s.url("127.0.0.1")+"/a.bin")
		q, err := http.NewRequest("PUT", s.url("127.0.0.1")+"/b.txt", strings.NewReader(strings.Repeat("y", 50_000)))
		must(t, err)
		a, err := c.Do(q)
		must(t, err)
		a.Body.Close()
		until(t, "both are in the log", func() bool { return s.Snapshot().Log.Len() == 2 })
		n := s.Snapshot()
		if n.Log.At(0).Bytes != 100_000 || n.Log.At(1).Received != 50_000 || n.Log.At(0).Proto != fmt.Sprintf("HTTP/%d.%d", major, 2-major) {
			t.Errorf("HTTP/%d: %+v, %+v", major, n.Log.At(0), n.Log.At(1))
		}
	}
}

// Open pages of a share that goes on without encryption cannot find it by themselves,
// and those that are led elsewhere by mistake are lost.
func TestOpenPagesAreToldWhatFollows(t *testing.T) {
	for _, test := range []struct {
		before, after bool // encrypted
		event         string
	}{
		{true, false, "unencrypted"},
		{true, true, "stopped"},
		{false, true, "stopped"},
		{false, false, "stopped"},
	} {
		t.Run(fmt.Sprint(test.before, " to ", test.after), func(t *testing.T) {
			sh := Share{Folder: t.TempDir(), TLS: TLS{On: test.before}}
			s, home := start(t, Options{ConfigDir: t.TempDir(), Policy: Policy{Open: true}}, sh)
			client := http.DefaultClient
			if test.before {
				home = strings.Replace(home, "http:", "https:", 1)
				client = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true}}
				defer client.CloseIdleConnections()
			}
			page, err := client.Get(home + "/.windowsill/live")
			must(t, err)
			defer page.Body.Close()
			sh.TLS.On, sh.Port = test.after, s.Snapshot().Share.Port
			must(t, s.Restart(t.Context(), sh))
			events, err := io.ReadAll(page.Body)
			must(t, err)
			if !strings.HasSuffix(string(events), "event: "+test.event+"\ndata:\n\n") {
				t.Errorf("The page hears %q.", events)
			}
			if now := s.Snapshot(); now.State != Sharing || now.Share.TLS.On != test.after || now.Share.Port != sh.Port {
				t.Errorf("%v, %+v", now.State, now.Share)
			}
		})
	}
}
