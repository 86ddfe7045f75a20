package page

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// hostile are names that a file can have and that something once tripped over.
var hostile = []string{
	"a", "two words.txt", "foo:bar", "javascript:alert(1)", "data:text/html,x", "http:", "//evil.example", `\\evil.example`,
	"\\evil", "..%2f", "%2e%2e", "%", "100%.txt", "%zz", "#?%+&;:", "?download", "a=b&c", "new\nline", "tab\there", "\r\nSet-Cookie: x", " leading", "trailing ", "...", ".hidden", "~", "*", "|",
	"quote\"", "apostrophe'", "`", "{{.}}", "<script>alert(1)</script>", "</title><script>", "</script>", "\"onmouseover=alert(1) x=\"", "'onmouseover='x", "<!--", "-->", "]]>", "&lt;", "&amp;", "&#x3c;",
	"emoji 🏖️.jpg", "👩‍👩‍👧.png", "日本.txt", "תמונה.jpg", "evil\u202egpj.exe", "\u2066x\u2069", "\ufeffbom", "\u2028line", "\x7f\x1b[31m", "\u0085",
	"not\xffutf8", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", strings.Repeat("x", 255), strings.Repeat("\xfe", 255), strings.Repeat("é", 127),
}

var plainHref = regexp.MustCompile(`^([A-Za-z0-9\-._~]|%[0-9A-F]{2})+/?$`)

// checkHref follows a link as a browser does.
func checkHref(t *testing.T, name string, dir bool) {
	t.Helper()
	href := Href(name, dir)
	if !plainHref.MatchString(href) {
		t.Errorf("Href(%q) = %q holds more than it may", name, href)
	}
	base := &url.URL{Scheme: "http", Host: "h", Path: "/dir/"}
	to, err := url.Parse(href)
	if err != nil {
		t.Fatalf("Href(%q) = %q: %v", name, href, err)
	}
	to = base.ResolveReference(to)
	want := "/dir/" + name
	if dir {
		want += "/"
	}
	if to.Path != want {
		t.Errorf("Href(%q) = %q leads to %q", name, href, to.Path)
	}
	if to.Scheme != "http" || to.Host != "h" || to.RawQuery != "" || to.Fragment != "" {
		t.Errorf("Href(%q) = %q leads to %v", name, href, to)
	}
}

func TestHrefLeadsToExactlyThatName(t *testing.T) {
	for _, name := range hostile {
		if !strings.Contains(name, "/") {
			checkHref(t, name, false)
			checkHref(t, name, true)
		}
	}
}

// No entry's name has a slash; should one ever, the link stays on this host.
func TestHrefOfASlashStaysHere(t *testing.T) {
	if got, want := Href("//evil.example", false), "%2F%2Fevil.example"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzHref(f *testing.F) {
	for _, name := range hostile {
		f.Add(name, false)
		f.Add(name, true)
	}
	f.Fuzz(func(t *testing.T, name string, dir bool) {
		switch name {
		case "", ".", "..":
			t.Skip("not the name of an entry")
		}
		if strings.Contains(name, "/") {
			t.Skip("not the name of an entry")
		}
		checkHref(t, name, dir)
	})
}
