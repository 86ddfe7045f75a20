//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/chromedp/cdproto/security"
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
