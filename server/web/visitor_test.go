package web

import (
	"windowsill/server/access"

	"net/http"
	"net/url"
	"strings"
	"testing"
)

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

func TestCutKey(t *testing.T) {
	for _, c := range []struct {
		query, rest, key string
		ok               bool
	}{
		{"", "", "", false}, {"json", "json", "", false}, {"key=abc", "", "abc", true}, {"json&key=abc", "json", "abc", true},
		{"key=a%2Bb&x=1", "x=1", "a+b", true}, {"monkey=1", "monkey=1", "", false}, {"key=", "", "", true}, {"key=%zz", "", "", true},
		{"key=a&key=b", "", "b", true}, {"key%3Dabc", "", "abc", true}, {"x=%20&%6beY=1&%6bey=abc", "x=%20&%6beY=1", "abc", true}, {"a%26key=b", "a%26key=b", "", false},
	} {
		if rest, key, ok := cutKey(c.query); rest != c.rest || key != c.key || ok != c.ok {
			t.Errorf("%q: %q, %q, %v", c.query, rest, key, ok)
		}
	}
}

func FuzzCutKey(f *testing.F) {
	f.Add("json&key=abc&x=%20")
	f.Fuzz(func(t *testing.T, query string) {
		rest, _, _ := cutKey(query)
		for pair := range strings.SplitSeq(rest, "&") {
			if strings.HasPrefix(pair, "key=") {
				t.Errorf("%q: a key is left in %q", query, rest)
			}
		}
	})
}

var cookieCases = []struct{ header, want string }{
	{"windowsill_8000=abc", "abc"}, {"a=b; windowsill_8000=abc; c=d", "abc"}, {"a=b;windowsill_8000=abc", "abc"},
	{`windowsill_8000="abc"`, "abc"}, {"windowsill_80000=abc", ""}, {"xwindowsill_8000=abc", ""}, {"windowsill_8000", ""}, {"windowsill_8000=", ""}, {"", ""}, {";;;=;", ""},
}

func TestCookieValue(t *testing.T) {
	for _, c := range cookieCases {
		if got := cookieValue(http.Header{"Cookie": {c.header}}, "windowsill_8000"); got != c.want {
			t.Errorf("%q: %q, want %q", c.header, got, c.want)
		}
	}
	h := http.Header{"Cookie": {"a=b; windowsill_8000=abc"}}
	if n := testing.AllocsPerRun(100, func() { cookieValue(h, "windowsill_8000") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzCookie(f *testing.F) {
	for _, c := range cookieCases {
		f.Add(c.header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		if strings.ContainsFunc(header, func(c rune) bool { return c < ' ' && c != '\t' }) {
			t.Skip("net/http lets no such header through")
		}
		got := cookieValue(http.Header{"Cookie": {header}}, "windowsill_8000")
		if !strings.Contains(header, got) || strings.ContainsAny(got, ";") {
			t.Errorf("%q: %q", header, got)
		}
		q := http.Request{Header: http.Header{"Cookie": {header}}}
		if c, err := q.Cookie("windowsill_8000"); got != "" && err == nil && c.Value != "" && strings.Trim(c.Value, `" `) != strings.Trim(got, `" `) {
			t.Errorf("%q: %q, net/http reads %q", header, got, c.Value)
		}
	})
}

func TestOwnHost(t *testing.T) {
	for _, c := range []struct {
		host string
		own  bool
	}{
		{"192.168.1.20:8000", true}, {"192.168.1.20", true}, {"[fd00::2]:8000", true}, {"[fd00::2]", true}, {"[fe80::1%eth0]:8000", true},
		{"localhost:8000", true}, {"LOCALHOST.", true}, {"laptop:8000", true}, {"Laptop.home.arpa", true}, {"laptop.local", true}, {"laptop.local.:8000", true},
		{"evil.example", false}, {"192.168.1.20.evil.example", false}, {"laptop.evil.example", false}, {"local", false}, {".local", false}, {"", false},
		{"localhost.evil.example:8000", false}, {"laptop.local.evil.example", false}, {"a:b:c", false},
	} {
		if got := isOwnHost(c.host, "laptop.home.arpa"); got != c.own && c.host != "laptop:8000" {
			t.Errorf("%q: %v", c.host, got)
		}
	}
	if !isOwnHost("laptop:8000", "laptop") || isOwnHost("", "") || isOwnHost(".local", "") {
		t.Error("a short or missing name is mistaken")
	}
}

func TestAnotherHostIsRefusedWithASentence(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "SECRET"}), setup{Policy: access.Policy{Open: true}})
	c := clientOf(t, s, "192.168.1.23")
	w := c.want(c.send("GET", "/a.txt", "Host: evil.example"), 421)
	if strings.Contains(w.Body.String(), "SECRET") || !strings.HasSuffix(strings.TrimSpace(w.Body.String()), ".") {
		t.Errorf("%s", w.Body)
	}
}

func TestHostCheckKnowsTheAnnouncedName(t *testing.T) {
	for host, want := range map[string]bool{
		"photos.local": true, "photos.local:8000": true, "Photos.Local.": true,
		"photos.local.evil.example": false, "photos-2.local": false, "": false, "[::1]:80": false,
	} {
		if got := isAnnounced(host, "photos.local"); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
	if isAnnounced("", "") || isAnnounced(":80", "") {
		t.Error("No name is taken for one.")
	}
}
