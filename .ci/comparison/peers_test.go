package main

import (
	"crypto/tls"
	"crypto/x509"
	"slices"
	"testing"
)

func TestFlagsComeBeforeTheFolder(t *testing.T) {
	b := &bench{windowsill: "windowsill", dir: "/files", million: 1_000_000}
	i := slices.IndexFunc(peers, func(p *peer) bool { return p.name == "Windowsill" })
	for _, c := range []struct {
		name string
		*peer
		end []string
	}{
		{"as it is", peers[i], []string{"-port", "8000", "/files"}},
		{"with a flag", peers[i].with("-tls-cert", "a.pem"), []string{"-port", "8000", "-tls-cert", "a.pem", "/files"}},
		{"of a million files", peers[i].ofMany(), []string{"-port", "8000", "-visitors", "read", "/files-1000000"}},
	} {
		args, err := c.command(b, "8000")
		if err != nil || len(args) < len(c.end) || !slices.Equal(args[len(args)-len(c.end):], c.end) {
			t.Errorf("%s: %q, %v, want it to end with %q", c.name, args, err, c.end)
		}
	}
}

func TestTheCertificateIsForLoopback(t *testing.T) {
	c, err := makeCertificate(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	pair, err := tls.LoadX509KeyPair(c.file, c.key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pair.Leaf.Verify(x509.VerifyOptions{Roots: c.roots, DNSName: "127.0.0.1"}); err != nil {
		t.Error(err)
	}
}
