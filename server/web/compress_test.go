package web

import (
	"compress/gzip"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestPrefersGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"":                              false,
		"gzip":                          true,
		"GZIP":                          true,
		"x-gzip":                        true,
		"deflate, gzip;q=0.5":           true,
		"gzip;q=0":                      false,
		"gzip; q=0.000":                 false,
		"gzip;q=0.1, identity;q=1":      false,
		"gzip;q=1, identity;q=0.5":      true,
		"gzip;q=0.5, identity;q=0.5":    true,
		"*":                             true,
		"*;q=0":                         false,
		"identity":                      false,
		"identity, *;q=0":               false,
		"gzip;q=0, *":                   false,
		"notgzip, br":                   false,
		"gzip;q=nonsense, identity":     false,
		"br;q=1.0, gzip;q=0.8, *;q=0.1": true,
	} {
		q := httptest.NewRequest("GET", "/", nil)
		q.Header.Set("Accept-Encoding", header)
		if got := prefersGzip(q); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}

// RFC 9110 section 9.3.2: the same fields, but for those that are known only when
// the content is made.
func TestHeadOfACompressedTextTellsTheSameAsGet(t *testing.T) {
	_, url := start(t, tree(t, map[string]string{"a.txt": strings.Repeat("words ", 5000)}), setup{})
	for _, address := range []string{url + "/a.txt", url + ours + "style.css"} {
		whole, _ := get(t, "GET", address, "Accept-Encoding: gzip")
		head, _ := get(t, "HEAD", address, "Accept-Encoding: gzip")
		for _, field := range []string{"Content-Encoding", "Content-Type", "ETag", "Vary", "Cache-Control", "Last-Modified"} {
			if got, want := head.Header.Get(field), whole.Header.Get(field); got != want {
				t.Errorf("%s: %s is %q for HEAD and %q for GET", address, field, got, want)
			}
		}
		if got := head.ContentLength; got >= 0 && got != whole.ContentLength {
			t.Errorf("%s: Content-Length %d for HEAD, %d for GET", address, got, whole.ContentLength)
		}
	}
}

func TestTextIsCompressedAndNothingElse(t *testing.T) {
	_, url := start(t, fileTree(t), setup{})
	for _, c := range []struct {
		name, path string
		headers    []string
		compressed bool
	}{
		{"text", "/long.txt", nil, true},
		{"short text", "/text.txt", nil, false},
		{"picture", "/photo.jpg", nil, false},
		{"part of a text", "/long.txt", []string{"Range: bytes=0-4000"}, false},
		{"text to keep", "/long.txt?download", nil, false},
		{"client that does not ask", "/long.txt", []string{"Accept-Encoding: identity"}, false},
		{"client that refuses", "/long.txt", []string{"Accept-Encoding: gzip;q=0"}, false},
		{"listing", "/", []string{browser}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, got := get(t, "GET", url+c.path, append([]string{"Accept-Encoding: gzip"}, c.headers...)...)
			if is := a.Header.Get("Content-Encoding") == "gzip"; is != c.compressed {
				t.Fatalf("compressed: %v, want %v", is, c.compressed)
			}
			if !c.compressed {
				return
			}
			z, err := gzip.NewReader(strings.NewReader(got))
			must(t, err)
			plain, err := io.ReadAll(z)
			must(t, err)
			if _, want := get(t, "GET", url+c.path, c.headers...); string(plain) != want {
				t.Error("other bytes than without compression")
			}
			if !strings.Contains(strings.Join(a.Header.Values("Vary"), ","), "Accept-Encoding") {
				t.Error("no Vary: Accept-Encoding")
			}
			tag := a.Header.Get("ETag")
			if tag == "" {
				return
			}
			if !strings.HasPrefix(tag, "W/") {
				t.Errorf("ETag %s: compressed and plain bytes share a strong tag", tag)
			}
			if again, _ := get(t, "GET", url+c.path, append([]string{"Accept-Encoding: gzip", "If-None-Match: " + tag}, c.headers...)...); again.StatusCode != 304 {
				t.Errorf("asked again: %s", again.Status)
			}
		})
	}
}
