package web

import (
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
