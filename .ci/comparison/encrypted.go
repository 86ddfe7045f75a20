package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"time"
)

const encryptedSize = 256 << 20

// encrypted takes a file over TLS from those that are given a certificate.
func encrypted(b *bench, p *peer) error {
	encrypt, ok := encrypting[p.name]
	if !ok {
		return nil
	}
	if err := makeFile(filepath.Join(b.dir, "quarter.bin"), encryptedSize); err != nil {
		return err
	}
	c, err := makeCertificate(b.work)
	if err != nil {
		return err
	}
	one := encrypt(p, c)
	// Not all of them have X25519MLKEM768, whose handshakes cost more.
	one.tls = &tls.Config{RootCAs: c.roots, CurvePreferences: []tls.CurveID{tls.X25519}}
	return b.instead(p, one, func() error {
		for _, proto := range []string{"HTTP/1.1", "HTTP/2.0"} {
			if err := b.takeEncrypted(one, proto); err != nil {
				return fmt.Errorf("%s: %w", proto, err)
			}
		}
		return b.shakeHands(one)
	})
}

// encrypting starts those that can encrypt with a certificate.
var encrypting = map[string]func(*peer, *certificate) *peer{
	"Windowsill": func(p *peer, c *certificate) *peer { return p.with("-tls-cert", c.file, "-tls-key", c.key) },
	"nginx": func(p *peer, c *certificate) *peer {
		one := *p
		one.command = func(b *bench, port string) ([]string, error) {
			return nginxListening(b, port, fmt.Sprintf("%s ssl http2; ssl_certificate %s; ssl_certificate_key %s; ssl_protocols TLSv1.2 TLSv1.3", port, c.file, c.key))
		}
		return &one
	},
	"Caddy": func(p *peer, c *certificate) *peer {
		one := *p
		one.command = func(b *bench, port string) ([]string, error) {
			return caddyAt(b, port, "https://127.0.0.1:"+port, fmt.Sprintf("tls %s %s", c.file, c.key))
		}
		return &one
	},
}

// takeEncrypted takes a file on a connection that is open already.
func (b *bench) takeEncrypted(p *peer, proto string) error {
	c := p.client(proto)
	defer c.CloseIdleConnections()
	if err := insist(c, p, proto); err != nil {
		return err
	}
	before, begin := p.running.cpu(), time.Now()
	n, _, err := fetchBy(c, get(p.url("quarter.bin")), http.StatusOK)
	if err != nil {
		return err
	}
	took, gb := time.Since(begin), float64(n)/1e9
	row := "encrypted file, " + strings.TrimSuffix(proto, ".0")
	b.note(row+", MB/s", p, gb*1e3/took.Seconds())
	b.note(row+", CPU s/GB", p, (p.running.cpu()-before).Seconds()/gb)
	return nil
}

// insist opens a connection, and returns an error unless it speaks and encrypts as
// those of all others.
func insist(c *http.Client, p *peer, proto string) error {
	a, err := c.Get(p.url("small.bin"))
	if err != nil {
		return err
	}
	defer a.Body.Close()
	if _, err := io.Copy(io.Discard, a.Body); err != nil { // so that the connection stays
		return err
	}
	switch {
	case a.StatusCode != http.StatusOK:
		return errors.New(a.Status)
	case a.Proto != proto:
		return fmt.Errorf("it speaks %s", a.Proto)
	case a.TLS.Version != tls.VersionTLS13 || a.TLS.CipherSuite != tls.TLS_AES_128_GCM_SHA256:
		return fmt.Errorf("it encrypts by %s, %s", tls.VersionName(a.TLS.Version), tls.CipherSuiteName(a.TLS.CipherSuite))
	}
	return nil
}

// shakeHands asks for a small file on a new connection each time.
func (b *bench) shakeHands(p *peer) error {
	const visits = 500
	c := p.client("HTTP/1.1")
	c.Transport.(*http.Transport).DisableKeepAlives = true
	before := p.running.cpu()
	for range visits {
		if _, _, err := fetchBy(c, get(p.url("small.bin")), http.StatusOK); err != nil {
			return err
		}
	}
	b.note("encrypted 4 KiB file, a connection for each, CPU µs/request", p, (p.running.cpu()-before).Seconds()*1e6/visits)
	return nil
}

// client returns a client of an encrypted peer that speaks one protocol alone.
func (p *peer) client(proto string) *http.Client {
	t := &http.Transport{DisableCompression: true, ReadBufferSize: 256 << 10, TLSClientConfig: p.tls.Clone(), Protocols: new(http.Protocols)}
	t.Protocols.SetHTTP1(proto == "HTTP/1.1")
	t.Protocols.SetHTTP2(proto == "HTTP/2.0")
	return &http.Client{Timeout: time.Minute, Transport: t}
}
