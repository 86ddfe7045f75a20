package web

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"windowsill/server/access"
)

// Several ask for pieces of one file at once, each of which may get a file that
// another has left open.
func TestPiecesOfOneFile(t *testing.T) {
	var content strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&content, "%06d\n", i)
	}
	dir := tree(t, map[string]string{"below/film.mp4": content.String()})
	s, url := start(t, dir, setup{Policy: access.Policy{Open: true}})
	url += "/below/film.mp4"
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 25 {
				from := rand.IntN(content.Len() - 1)
				to := min(from+rand.IntN(100_000), content.Len()-1)
				a, text, err := trySend("GET", url, nil, fmt.Sprintf("Range: bytes=%d-%d", from, to))
				if err != nil || a.StatusCode != http.StatusPartialContent || text != content.String()[from:to+1] {
					t.Errorf("%d-%d: %v, %d bytes", from, to, err, len(text))
				}
			}
		})
	}
	all.Wait()
	a, text, err := trySend("GET", url, nil)
	if err != nil || a.StatusCode != http.StatusOK || text != content.String() {
		t.Errorf("all of it: %v, %d bytes", err, len(text))
	}
	must(t, os.Remove(filepath.Join(dir, "below", "film.mp4")))
	if s.folder.Again("below/film.mp4") != nil {
		t.Error("a deleted file is open")
	}
	if a, _, err := trySend("GET", url, nil, "Range: bytes=0-9"); err != nil || a.StatusCode != http.StatusNotFound {
		t.Errorf("deleted: %v, %v", err, a)
	}
}
