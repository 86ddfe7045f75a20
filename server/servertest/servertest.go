// Package servertest has what the tests of several packages below server need: a
// folder to share, and a client that looks at what comes back.
package servertest

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Tree makes a folder of files, named by slash-separated paths; a path with
// a slash at its end is a folder.
func Tree(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			Must(t, os.MkdirAll(at, 0o755))
			continue
		}
		Must(t, os.MkdirAll(filepath.Dir(at), 0o755))
		Must(t, os.WriteFile(at, []byte(content), 0o644))
	}
	return dir
}

// Testdata returns a file of the package's folder testdata.
func Testdata(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	Must(t, err)
	return b
}

// Must ends the test if there is an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Missing skips a test that needs what is not here, but fails it where CI is set:
// there .ci/deps has installed everything.
func Missing(t testing.TB, why ...any) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why...)
	}
	t.Skip(why...)
}

// Done returns a context that is done.
func Done() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// Until waits up to 10 seconds for a condition, and ends the test if it does not
// come true.
func Until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within 10 s", what)
		}
	}
}

// Get sends a request with headers given as "Name: value" and returns the
// answer with its whole body. It follows no redirects.
func Get(t testing.TB, method, url string, headers ...string) (*http.Response, string) {
	t.Helper()
	q, err := http.NewRequest(method, url, nil)
	Must(t, err)
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		q.Header.Set(name, value)
	}
	client := http.Client{
		Transport:     &http.Transport{DisableCompression: true, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	a, err := client.Do(q)
	Must(t, err)
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	Must(t, err)
	return a, string(body)
}
