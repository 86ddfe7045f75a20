package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestCookie(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{})
	w := clientOf(t, s, "192.168.1.23").send("GET", "/?key="+s.guard.Key(), browser)
	cookies := w.Result().Cookies()
	if len(cookies) != 1 {
		t.Fatal(cookies)
	}
	c := cookies[0]
	if c.Name != "windowsill_8000" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || len(c.Value) != 43 {
		t.Errorf("%+v", c)
	}
	if w.Header().Get("Referrer-Policy") != "no-referrer" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%v", w.Header())
	}
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
