//go:build unix

package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/security"
	"github.com/chromedp/chromedp"
)

var authorityLine = regexp.MustCompile(`whose certificate is (\S+) `)

// serveEncrypted shares a folder over TLS, and returns its port and the path of the
// authority's certificate.
func serveEncrypted(t *testing.T, args ...string) (port, authority string) {
	t.Helper()
	port = freePort(t)
	p := serve(t, append([]string{"-tls", "-port", port}, args...)...)
	eventually(t, "it says where the authority is", func() bool {
		found := authorityLine.FindStringSubmatch(p.stdout.String())
		if found != nil {
			authority = found[1]
		}
		return found != nil
	})
	if link := p.waitForLink(t); !strings.HasPrefix(link, "https://") {
		t.Errorf("The link is %s", link)
	}
	return port, authority
}

func TestProgramsTrustTheAuthorityOfAnEncryptedShare(t *testing.T) {
	t.Parallel()
	port, authority := serveEncrypted(t, folderWith(t, map[string]string{"a.txt": "hello"}))
	for name, args := range map[string][]string{
		"curl":   {"-sS", "--cacert", authority, "-o", "out"},
		"wget":   {"-q", "--no-hsts", "--ca-certificate", authority, "-O", "out"},
		"wget2":  {"-q", "--no-hsts", "--ca-certificate", authority, "-O", "out"},
		"aria2c": {"-q", "--ca-certificate", authority, "-o", "out"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, host := range []string{"127.0.0.1", "localhost"} {
				dir := t.TempDir()
				runClient(t, dir, append(append([]string{name}, args...), "https://"+host+":"+port+"/a.txt")...)
				if got, err := os.ReadFile(filepath.Join(dir, "out")); string(got) != "hello" {
					t.Errorf("%s: %q, %v", host, got, err)
				}
			}
		})
	}
}

func TestBrowserIsLedToAnEncryptedShare(t *testing.T) {
	t.Parallel()
	port, _ := serveEncrypted(t, folderWith(t, map[string]string{"a.txt": "hello"}))
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	waitForText(t, ctx, "p", "Press “Advanced” there, then “Proceed”.")
	command(t, ctx, security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true})
	openPage(t, ctx, "http://127.0.0.1:"+port+"/") // as if it trusted the authority now
	waitForPage(t, ctx, "https://127.0.0.1:"+port+"/", "a.txt")
}

func TestOpenPageGoesOnWhenTheShareIsEncrypted(t *testing.T) {
	t.Parallel()
	port, folder := freePort(t), folderWith(t, map[string]string{"a.txt": "hello"})
	p := serve(t, "-port", port, folder)
	ctx := browser(t)
	command(t, ctx, security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true})
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	waitForPage(t, ctx, "http://127.0.0.1:"+port+"/", "a.txt")
	p.signal(t, syscall.SIGTERM)
	p.exit(t)
	serve(t, "-tls", "-port", port, folder)
	waitForPage(t, ctx, "https://127.0.0.1:"+port+"/", "a.txt")
}

// The owner switches encryption on and off in the window, and the page goes along.
func TestOpenPageFollowsTheSwitch(t *testing.T) {
	for _, name := range []string{"Chromium", "Firefox"} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t)
			port, dir := freePort(t), folderWith(t, map[string]string{"a.txt": "hello"})
			s.start(t, "-port", port, dir)
			s.scan(t)
			page := engines[name](t, t.TempDir())
			if c, ok := page.(chromium); ok {
				command(t, c.tab, security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true})
			}
			if err := page.open("http://127.0.0.1:" + port + "/"); err != nil {
				t.Fatal(err)
			}
			s.keys(t, append([]string{"ctrl+comma"}, slices.Repeat([]string{"Tab"}, 10)...)...) // to Encrypted
			for _, at := range []string{"https", "http"} {
				s.keys(t, "space")
				want, name := at+"://127.0.0.1:"+port+"/", at+".txt"
				eventually(t, "the page is at "+want, func() bool {
					shown, err := page.evaluate(`document.body.innerText.includes("a.txt") && location.href`)
					return err == nil && shown == want
				})
				if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
					t.Fatal(err)
				}
				eventually(t, "the page is told of changes", func() bool {
					shown, err := page.evaluate(`document.body.innerText.includes("` + name + `")`)
					return err == nil && shown == true
				})
			}
		})
	}
}

// In a browser that trusts the share, its own worker says that the computer is gone, and
// lets go when it is back.
func TestBrowserSaysThatTheComputerIsGone(t *testing.T) {
	t.Parallel()
	port, folder := freePort(t), folderWith(t, map[string]string{"a.txt": "hello"})
	certificate, pin := selfSigned(t)
	p := serve(t, "-tls-cert", certificate, "-port", port, folder)
	p.waitForLink(t)
	// Chromium has no worker where it has ignored an error of the certificate.
	ctx := browser(t, chromedp.Flag("ignore-certificate-errors-spki-list", pin))
	at := "https://localhost:" + port + "/"
	openPage(t, ctx, at)
	waitForPage(t, ctx, at, "a.txt")
	waitForScript(t, ctx, "the worker is there", `navigator.serviceWorker.getRegistration().then((r) => { window.worker = r && r.active; }), Boolean(window.worker)`)
	p.signal(t, syscall.SIGTERM)
	p.exit(t)
	openPage(t, ctx, at)
	waitForText(t, ctx, "h1", "The computer is gone")
	waitForScript(t, ctx, "nothing of the share is kept", `caches.keys().then((names) => { window.kept = names.length; }), window.kept === 0`)
	serve(t, "-tls-cert", certificate, "-port", port, folder).waitForLink(t)
	follow(t, ctx, linkWith(t, "Try again"))
	waitForPage(t, ctx, at, "a.txt")
}

// selfSigned returns the path of a certificate for localhost with its key, and the
// SHA-256 of its public key in base64.
func selfSigned(t *testing.T) (path, pin string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "localhost.pem")
	whole := append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})...)
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(leaf.RawSubjectPublicKeyInfo)
	return path, base64.StdEncoding.EncodeToString(sum[:])
}
