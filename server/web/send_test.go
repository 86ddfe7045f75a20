package web

import (
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"windowsill/server/access"
	"windowsill/server/receive"
)

// writable shares a folder with these files in which devices may do so much.
func writable(t testing.TB, p access.Permission, files map[string]string) (s *shared, url, dir string) {
	t.Helper()
	dir = tree(t, files)
	s, url = start(t, dir, setup{Policy: access.Policy{Allow: p}, Room: receive.Limits{Reserve: -1}})
	return s, url, dir
}

// send sends a request with a body.
func send(t testing.TB, method, url string, body io.Reader, headers ...string) (*http.Response, string) {
	t.Helper()
	a, text, err := trySend(method, url, body, headers...)
	must(t, err)
	return a, text
}

func trySend(method, url string, body io.Reader, headers ...string) (*http.Response, string, error) {
	q, err := http.NewRequest(method, url, body)
	if err != nil {
		return nil, "", err
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		q.Header.Set(name, value)
	}
	// Not DisableKeepAlives: to who announces to close, net/http does so at
	// once, also while a body is still coming.
	transport := &http.Transport{ExpectContinueTimeout: 10 * time.Second}
	defer transport.CloseIdleConnections()
	client := http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	a, err := client.Do(q)
	if err != nil {
		return nil, "", err
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	return a, string(text), err
}

// wantOnDisk compares what is in a folder and below, hidden or not, except for
// the trash.
func wantOnDisk(t testing.TB, dir string, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == ".windowsill-trash" {
			return fs.SkipDir
		}
		if err != nil || d.IsDir() || d.Name() == ".windowsill-visitors" {
			return err
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		got[filepath.ToSlash(name)] = string(b)
		return err
	}))
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("in the folder: %q, want %q", got, want)
	}
}
