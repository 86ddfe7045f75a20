package web

import (
	"mime"
	"strings"
	"testing"
)

func TestAttachment(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"a.txt", `attachment; filename=a.txt`},
		{"a b.txt", `attachment; filename="a b.txt"`},
		{`a"b\c.txt`, `attachment; filename="a_b_c.txt"; filename*=UTF-8''a%22b%5Cc.txt`},
		{"grüße.txt", `attachment; filename="gr__e.txt"; filename*=UTF-8''gr%C3%BC%C3%9Fe.txt`},
		{"100%.txt", `attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt`},
		{"a\nb: c", `attachment; filename="a_b: c"; filename*=UTF-8''a%0Ab%3A%20c`},
	} {
		if got := attachment(c.name); got != c.want {
			t.Errorf("%q: %s, want %s", c.name, got, c.want)
		}
	}
}

func FuzzAttachment(f *testing.F) {
	for _, name := range []string{"a.txt", `"`, "\\", "é", "\xff", "a\r\nSet-Cookie: x", "%", "'", "💥", "\u202egnp.exe"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		value := attachment(name)
		for _, c := range []byte(value) {
			if c < ' ' || c > '~' {
				t.Fatalf("%q: byte %#x in a header", name, c)
			}
		}
		kind, params, err := mime.ParseMediaType(value)
		if err != nil || kind != "attachment" {
			t.Fatalf("%q: %s: %v", name, value, err)
		}
		if want := strings.ToValidUTF8(name, "\uFFFD"); params["filename"] != want {
			t.Fatalf("%q comes back as %q from %s", name, params["filename"], value)
		}
	})
}
