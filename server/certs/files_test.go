package certs

import (
	"crypto/ecdsa"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// made is a certificate with its key, and the authority's behind it.
type made struct{ leaf, chain, key, authority []byte }

func make1(t *testing.T, a *Authority, at time.Time) made {
	t.Helper()
	c, err := a.sign(holder("10.0.0.2", "desk.local"), at)
	if err != nil {
		t.Fatal(err)
	}
	key, err := keyPEM(c.PrivateKey.(*ecdsa.PrivateKey))
	if err != nil {
		t.Fatal(err)
	}
	leaf, ca := certificatePEM(c.Leaf), certificatePEM(a.certificate)
	return made{leaf, append(append([]byte(nil), leaf...), ca...), key, ca}
}

func write(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFilesAreFoundUnderTheNamesThatProgramsGiveThem(t *testing.T) {
	a, now := open(t, ""), time.Now()
	m := make1(t, a, now)
	old := make1(t, a, now.Add(-100*24*time.Hour))
	for name, test := range map[string]struct {
		files map[string][]byte
		chain int
	}{
		"certbot":          {map[string][]byte{"cert.pem": m.leaf, "chain.pem": m.authority, "fullchain.pem": m.chain, "privkey.pem": m.key, "README": []byte("See …")}, 2},
		"lego":             {map[string][]byte{"desk.local.crt": m.chain, "desk.local.issuer.crt": m.authority, "desk.local.key": m.key, "desk.local.json": []byte("{}")}, 2},
		"mkcert":           {map[string][]byte{"desk.local+1.pem": m.leaf, "desk.local+1-key.pem": m.key}, 1},
		"tailscale":        {map[string][]byte{"desk.tail1234.ts.net.crt": m.chain, "desk.tail1234.ts.net.key": m.key}, 2},
		"acme.sh":          {map[string][]byte{"desk.cer": m.leaf, "fullchain.cer": m.chain, "ca.cer": m.authority, "desk.key": m.key}, 2},
		"an old one too":   {map[string][]byte{"2025.crt": old.leaf, "2025.key": old.key, "2026.crt": m.leaf, "2026.key": m.key}, 1},
		"all in one":       {map[string][]byte{"desk.pem": append(append([]byte(nil), m.chain...), m.key...)}, 2},
		"rubbish besides":  {map[string][]byte{"desk.pem": m.leaf, "desk.key": m.key, "other.pem": []byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")}, 1},
		"a dh file too":    {map[string][]byte{"desk.pem": m.leaf, "desk.key": m.key, "dh.pem": []byte("-----BEGIN DH PARAMETERS-----\nMAYCAQUCAQI=\n-----END DH PARAMETERS-----\n")}, 1},
		"a foreign key to": {map[string][]byte{"desk.pem": m.leaf, "desk.key": m.key, "z.key": old.key}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, test.files)
			c, err := OpenFiles(dir, "").Load(now)
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Certificate) != test.chain || string(certificatePEM(c.Leaf)) != string(m.leaf) {
				t.Errorf("%d certificates, good until %v", len(c.Certificate), c.Leaf.NotAfter)
			}
		})
	}
}

func TestFilesThatAreOfNoUseAreASentence(t *testing.T) {
	a, now := open(t, ""), time.Now()
	m, other := make1(t, a, now), make1(t, a, now)
	dir := t.TempDir()
	write(t, dir, map[string][]byte{"a.pem": m.leaf, "a.key": m.key, "b.key": other.key, "authority.pem": m.authority, "text.pem": []byte("hello"),
		"locked.key": []byte("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"),
		"old.key":    []byte("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMAAA\n-----END RSA PRIVATE KEY-----\n")})
	authorityKey, err := keyPEM(a.key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string][]byte{"self.pem": append(authorityKey, m.authority...)})
	at := func(name string) string { return filepath.Join(dir, name) }
	for name, test := range map[string]struct {
		certificate, key string
		at               time.Time
		want             error
		says             string
	}{
		"wrong key":        {at("a.pem"), at("b.key"), now, ErrNoKey, "no key"},
		"locked key":       {at("a.pem"), at("locked.key"), now, ErrLockedKey, "password"},
		"locked as of old": {at("a.pem"), at("old.key"), now, ErrLockedKey, "password"},
		"no key":           {at("a.pem"), "", now, ErrNoKey, "no key"},
		"expired":          {at("a.pem"), at("a.key"), now.Add(400 * 24 * time.Hour), ErrExpired, "was good until"},
		"not yet":          {at("a.pem"), at("a.key"), now.Add(-24 * time.Hour), ErrNotYet, "only from"},
		"no certificate":   {at("text.pem"), at("a.key"), now, ErrNoCertificate, "no certificate"},
		"an authority":     {at("authority.pem"), at("a.key"), now, ErrNoKey, "no key"},
		"openssl req":      {at("self.pem"), "", now, ErrAuthority, "CA:FALSE"},
		"nothing there":    {at("gone.pem"), at("a.key"), now, ErrUnreadable, "could not be read"},
		"nothing as key":   {at("a.pem"), at("gone.key"), now, ErrUnreadable, "could not be read"},
		"an empty folder":  {t.TempDir(), "", now, ErrNoCertificate, "no certificate"},
		"a folder as file": {at("a.pem"), dir, now, ErrUnreadable, "could not be read"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := OpenFiles(test.certificate, test.key).Load(test.at)
			if !errors.Is(err, test.want) || err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "{{") {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestRenewedFilesAreNoticed(t *testing.T) {
	a, now, dir := open(t, ""), time.Now(), t.TempDir()
	old, renewed := make1(t, a, now.Add(-24*time.Hour)), make1(t, a, now)
	write(t, dir, map[string][]byte{"desk.crt": old.leaf, "desk.key": old.key})
	f := OpenFiles(dir, "")
	if _, err := f.Load(now); err != nil || f.Changed() {
		t.Fatalf("%v; changed: %v", err, f.Changed())
	}
	write(t, dir, map[string][]byte{"desk.crt": renewed.leaf})
	touch(t, filepath.Join(dir, "desk.crt"), now.Add(time.Second))
	if !f.Changed() {
		t.Fatal("A new certificate was not noticed")
	}
	if _, err := f.Load(now); !errors.Is(err, ErrNoKey) {
		t.Errorf("Between the two: %v", err)
	}
	write(t, dir, map[string][]byte{"desk.key": renewed.key})
	touch(t, filepath.Join(dir, "desk.key"), now.Add(time.Second))
	if !f.Changed() {
		t.Fatal("A new key was not noticed")
	}
	if c, err := f.Load(now); err != nil || string(certificatePEM(c.Leaf)) != string(renewed.leaf) || f.Changed() {
		t.Errorf("%v; changed: %v", err, f.Changed())
	}
}

func touch(t *testing.T, path string, at time.Time) {
	t.Helper()
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}
