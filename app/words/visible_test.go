package words

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

var visibleCases = []struct{ name, in, want string }{
	{"nothing", "", ""},
	{"plain", "/Summer 2026/IMG_204.jpg", "/Summer 2026/IMG_204.jpg"},
	{"letters of the world", "/Größe/夏/صيف/קיץ/🌻", "/Größe/夏/صيف/קיץ/🌻"},
	{"combining accent", "e\u0301", "e\u0301"},
	{"newline and tab", "a\nb\tc\rd", `a\nb\tc\rd`},
	{"escape sequence of a terminal", "\x1b[31mred", `\x1b[31mred`},
	{"delete", "\x7f", `\x7f`},
	{"zero", "a\x00b", `a\x00b`},
	{"control of the upper half", "\u0085\u009b", `\u0085\u009b`},
	{"direction override", "a\u202egnp.exe", `a\u202egnp.exe`},
	{"direction embeddings", "\u202a\u202b\u202c\u202d", `\u202a\u202b\u202c\u202d`},
	{"direction isolates", "\u2066\u2067\u2068\u2069", `\u2066\u2067\u2068\u2069`},
	{"direction marks", "\u200e\u200f\u061c", `\u200e\u200f\u061c`},
	{"no width", "\u200b\u200c\u200d\u2060\ufeff\u00ad", `\u200b\u200c\u200d\u2060\ufeff\u00ad`},
	{"line and paragraph separator", "\u2028\u2029", `\u2028\u2029`},
	{"letters without ink", "a\u3164b\uffa0c\u115f\u034f", `a\u3164b\uffa0c\u115f\u034f`},
	{"tags", "\U000e0067", `\U000e0067`},
	{"not UTF-8", "caf\xe9\xff", `caf\xe9\xff`},
	{"half a character", "\xe2\x82", `\xe2\x82`},
	{"surrogate", "\xed\xa0\x80", `\xed\xa0\x80`},
	{"private use", "\ue000\U0010fffd", "\ufffd\ufffd"},
	{"not a character", "\uffff", "\ufffd"},
	{"replacement mark itself", "\ufffd", "\ufffd"},
}

func TestVisible(t *testing.T) {
	for _, c := range visibleCases {
		t.Run(c.name, func(t *testing.T) {
			if got := Visible(c.in); got != c.want {
				t.Errorf("Visible(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

var targetCases = []struct{ name, in, want string }{
	{"plain", "/a/b.txt?download", "/a/b.txt?download"},
	{"space and letters", "/Sommer%20in%20K%C3%B6ln/", "/Sommer in Köln/"},
	{"decoded once only", "/100%2525", "/100%25"},
	{"plus is a plus", "/C++%2B", "/C+++"},
	{"no escape", "/100%/%zz%2", "/100%/%zz%2"},
	{"cut short in an escape", "/a%E4%B", `/a\xe4%B`},
	{"line break", "/a%0D%0Ab", `/a\r\nb`},
	{"direction override", "/a%E2%80%AEgnp.exe", `/a\u202egnp.exe`},
	{"not UTF-8", "/caf%E9", `/caf\xe9`},
	{"upper and lower case digits", "/%4a%4A", "/JJ"},
}

func TestTarget(t *testing.T) {
	for _, c := range targetCases {
		t.Run(c.name, func(t *testing.T) {
			if got := Target(c.in); got != c.want {
				t.Errorf("Target(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func FuzzVisible(f *testing.F) {
	for _, c := range visibleCases {
		f.Add(c.in)
	}
	for _, c := range targetCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, got := range []string{Visible(s), Target(s)} {
			if !utf8.ValidString(got) {
				t.Fatalf("%q became %q, which is not UTF-8", s, got)
			}
			for _, r := range got {
				if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) {
					t.Fatalf("%q became %q, which still holds %U", s, got, r)
				}
			}
			if again := Visible(got); again != got {
				t.Fatalf("%q became %q, and that became %q", s, got, again)
			}
		}
	})
}
