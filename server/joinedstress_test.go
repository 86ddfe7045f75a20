package server

import (
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Thousands of changes break nothing but what they take away.
func TestThingsComeAndGoUnderLoad(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "hello", "in/sub/b.txt": "inside", "in/c.txt": "c", "two/in/x": "x", "secret.txt": "CANARY"})
	s, url := start(t, Options{Policy: Policy{Open: true, Allow: Change}, Room: Limits{Reserve: -1}}, Share{Folder: filepath.Join(dir, "in")})
	var all sync.WaitGroup
	var over atomic.Bool
	all.Go(func() {
		defer over.Store(true)
		for i := range 3000 {
			sets := [][]string{{"in", "a.txt"}, {"a.txt"}, {"two/in", "in", "a.txt"}, {"in"}, {"two/in", "two", "a.txt", "a.txt"}}
			if err := s.SetItems(itemsIn(dir, sets[i%len(sets)]...)); err != nil {
				t.Error(err)
			}
		}
	})
	for _, path := range []string{"/", "/a.txt", "/in/c.txt", "/c.txt", "/?zip", "/?json", "/in/?q=b", "/secret.txt", "/in (2)/x", "/in/sub/?count"} {
		all.Go(func() {
			for !over.Load() {
				a, err := http.Get(url + strings.ReplaceAll(path, " ", "%20"))
				if err != nil { // an archive that was taken away before its first byte
					continue
				}
				b, _ := io.ReadAll(a.Body)
				a.Body.Close()
				if strings.Contains(string(b), "CANARY") || a.StatusCode >= 500 && a.StatusCode != 503 {
					t.Errorf("%s: %s %.200s", path, a.Status, b)
				}
			}
		})
	}
	for _, path := range []string{"/in/up.bin", "/in/sub/up.bin"} {
		all.Go(func() {
			for !over.Load() {
				q, _ := http.NewRequest("PUT", url+path, strings.NewReader(strings.Repeat("x", 100_000)))
				a, err := http.DefaultClient.Do(q)
				if err != nil {
					continue
				}
				b, _ := io.ReadAll(a.Body)
				a.Body.Close()
				if a.StatusCode >= 500 && a.StatusCode != 503 {
					t.Errorf("%s: %s %.200s", path, a.Status, b)
				}
			}
		})
	}
	all.Wait()
}
