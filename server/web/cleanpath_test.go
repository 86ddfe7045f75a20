package web

import (
	"net/url"
	"strings"
	"testing"

	"windowsill/server/access"
)

func TestUncleanPathsAreRedirected(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a b/c%d.txt": "x"}), setup{Policy: access.Policy{Open: true}})
	c := clientOf(t, s, "192.168.1.23")
	for from, to := range map[string]string{
		"//a%20b/": "/a%20b/", "/a%20b//c%25d.txt": "/a%20b/c%25d.txt", "/x/../a%20b/?json": "/a%20b/?json", "/./": "/", "//evil.example/..": "/",
		"//": "/", "///evil.example": "/evil.example", "/a%20b/.": "/a%20b",
	} {
		if w := c.send("GET", from, browser); w.Code != 307 || w.Header().Get("Location") != to {
			t.Errorf("%s: status %d, leads to %q, want %q", from, w.Code, w.Header().Get("Location"), to)
		}
	}
}

var targetCases = []struct{ in, want string }{
	{"/", "/"}, {"", "/"}, {"/a/b?x=1", "/a/b?x=1"}, {"/a b", "/a%20b"}, {"/%2e%2e/", "/%2e%2e/"},
	{"//evil.example/", "/"}, {"///evil.example/", "/"}, {"http://evil.example/", "/"}, {"javascript:alert(1)", "/"},
	{`/\evil.example`, "/%5Cevil.example"}, {`\\evil.example`, "/%5C%5Cevil.example"}, {"/a?key=secret&b=1", "/a?b=1"}, {"/a?q=ü x", "/a?q=%C3%BC%20x"},
	{"/a\r\nX: y", "/"}, {"a", "/a"}, {"?x=1", "/?x=1"}, {"/%", "/"}, {"/a#frag", "/a"},
}

func TestCleanTarget(t *testing.T) {
	for _, c := range targetCases {
		if got := cleanTarget(c.in); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzCleanTarget(f *testing.F) {
	for _, c := range targetCases {
		f.Add(c.in)
	}
	base, err := url.Parse("http://192.168.1.20:8000/dir/")
	must(f, err)
	f.Fuzz(func(t *testing.T, in string) {
		got := cleanTarget(in)
		to, err := base.Parse(got)
		if err != nil || to.Host != base.Host || to.Scheme != "http" || strings.HasPrefix(got, "//") || got[0] != '/' {
			t.Errorf("%q becomes %q, which leads to %v (%v)", in, got, to, err)
		}
		for _, c := range []byte(got) {
			if c <= ' ' || c == '\\' || c >= 0x7f {
				t.Errorf("%q becomes %q", in, got)
			}
		}
	})
}
