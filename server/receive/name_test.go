package receive

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"windowsill/server/share"
)

var nameCases = []struct{ in, want string }{
	{"photo.jpg", "photo.jpg"}, {"Ünï cødé 日本.jpg", "Ünï cødé 日本.jpg"}, {"a.tar.gz", "a.tar.gz"}, {"👩‍👩‍👧.png", "👩‍👩‍👧.png"},
	// normal form C
	{"U\u0308.txt", "Ü.txt"}, {"\u212b", "Å"}, {"e\u0000\u0301", "é"},
	// what hides a file, and what Windows does not keep
	{".bashrc", "bashrc"}, {"..", "file"}, {".", "file"}, {"", "file"}, {"...a", "a"}, {"a.", "a"}, {"a. . ", "a"}, {" a ", "a"},
	{"\u00a0a\u3000", "a"}, {".windowsill-trash", "windowsill-trash"},
	// what separates, and what Windows forbids
	{"a/b", "a_b"}, {`..\..\a`, "_.._a"}, {`C:\a`, "C__a"}, {`a:b*c?d"e<f>g|h`, "a_b_c_d_e_f_g_h"}, {"/etc/passwd", "_etc_passwd"},
	// devices of Windows, and names of its past
	{"CON", "_CON"}, {"nul.txt", "_nul.txt"}, {"Aux .tar.gz", "_Aux .tar.gz"}, {"com1", "_com1"}, {"LPT9.x", "_LPT9.x"}, {"COM¹", "_COM¹"},
	{"conin$", "_conin$"}, {"COM", "COM"}, {"COM10", "COM10"}, {"console.log", "console.log"}, {"nul\t.txt", "_nul.txt"},
	{"GIT~1", "GIT_1"}, {"WINDOW~1.TXT", "WINDOW_1.TXT"}, {"backup~.txt", "backup~.txt"},
	// what cannot be seen, or deceives
	{"a\nb\x00c\x7fd\u0085e", "abcde"}, {"gpj.\u202eexe", "gpj.exe"}, {"\ufeffa\u2028b\u2066", "ab"}, {"a\x1b[31m", "a[31m"}, {"pho\u200bto\u00ad.j\u2060pg", "photo.jpg"},
	{"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"}, {"می\u200cخواهم", "می\u200cخواهم"},
	// not UTF-8
	{"a\xffb\xc3", "a_b_"}, {"\xff\xfe", "_"},
	// too long
	{strings.Repeat("x", 300) + ".jpeg", strings.Repeat("x", 235) + ".jpeg"},
	{strings.Repeat("ü", 200), strings.Repeat("ü", 120)},
	{strings.Repeat("ü", 200) + ".md", strings.Repeat("ü", 118) + ".md"},
	{"CON" + strings.Repeat(" ", 300) + "x.txt", "_CON.txt"},
	{"CON." + strings.Repeat("x", 300), "_CON." + strings.Repeat("x", 235)},
	{"a." + strings.Repeat("b", 300), "a." + strings.Repeat("b", 238)},
}

func TestSafeName(t *testing.T) {
	for _, c := range nameCases {
		if got := SafeName(c.in, false); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

func TestDotsStayWhereHiddenFilesAreShared(t *testing.T) {
	long := strings.Repeat("x", 300)
	for in, want := range map[string]string{
		".bashrc": ".bashrc", "  .env ": ".env", "\u200b.env": ".env", "..a": ".a", ".a.": ".a", ".git": ".git", "._photo.jpg": "._photo.jpg",
		".con": ".con", ".a:b": ".a_b", ".a\u202eb": ".ab", ".": "file", "..": "file", ". .": "file", "a.txt": "a.txt", "CON": "_CON",
		"." + long + ".jpeg": "." + long[:235] + ".jpeg",
		".windowsill":        "windowsill", ".Windowsill-trash": "Windowsill-trash", ".window\u017fill-a": "window\u017fill-a",
		".win\u200cdowsill-x": "win\u200cdowsill-x", "\u200b.windowsill": "windowsill", "..windowsill": "windowsill",
	} {
		if got := SafeName(in, true); got != want || SafeName(got, true) != got {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	if got, err := SafePath("../.config/./.x/a", true); got != ".config/.x/a" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

// Whatever is sent, nothing gets a name of the product's own.
func FuzzSafeHiddenName(f *testing.F) {
	for _, c := range nameCases {
		f.Add(c.in)
		f.Add("." + c.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got := SafeName(in, true)
		if strings.Trim(got, ".") == "" || share.IsReserved(got) || isReserved(got) || len(got) > maxName+1 || SafeName(got, true) != got {
			t.Errorf("%q: %q, then %q", in, got, SafeName(got, true))
		}
		if share.WindowsName(got, 1) != got || strings.ContainsAny(got, "/\x00") {
			t.Errorf("%q: %q is not kept", in, got)
		}
	})
}

func FuzzSafeName(f *testing.F) {
	for _, c := range nameCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got := SafeName(in, false)
		first, _ := utf8.DecodeRuneInString(got)
		last, _ := utf8.DecodeLastRuneInString(got)
		switch {
		case got == "" || len(got) > maxName || !utf8.ValidString(got) || !norm.NFC.IsNormalString(got):
			t.Errorf("%q: %q is empty, too long or not in normal form", in, got)
		case strings.ContainsAny(got, `/\:*?"<>|`) || strings.ContainsFunc(got, unicode.IsControl) || strings.ContainsFunc(got, isBidi):
			t.Errorf("%q: %q holds a letter that it may not", in, got)
		case first == '.' || last == '.' || unicode.IsSpace(first) || unicode.IsSpace(last) || share.IsDevice(got) || share.WindowsName(got, 1) != got:
			t.Errorf("%q: %q is hidden, reserved or not kept", in, got)
		case SafeName(got, false) != got:
			t.Errorf("%q: %q becomes %q the second time", in, got, SafeName(got, false))
		}
	})
}

func isBidi(c rune) bool { return unicode.Is(unicode.Bidi_Control, c) }

var pathCases = []struct{ in, want string }{
	{"a/b/c.jpg", "a/b/c.jpg"}, {"/a//b/", "a/b"}, {"../../etc/passwd", "etc/passwd"}, {"a/../b/./c", "a/b/c"}, {"...", "file"}, {"", "file"},
	{"/", "file"}, {"a/.git/config", "a/git/config"}, {`a\b/c`, "a_b/c"}, {"NUL/con.txt", "_NUL/_con.txt"}, {"a\x00/b", "a/b"}, {" /b", "file/b"},
}

func TestSafePath(t *testing.T) {
	for _, c := range pathCases {
		if got, err := SafePath(c.in, false); got != c.want || err != nil {
			t.Errorf("%q: %q, %v; want %q", c.in, got, err, c.want)
		}
	}
	for _, deep := range []string{strings.Repeat("a/", 100), strings.Repeat(strings.Repeat("a", 230)+"/", 10)} {
		if got, err := SafePath(deep, false); !errors.Is(err, ErrDeep) {
			t.Errorf("%d bytes of path become %q, %v", len(deep), got, err)
		}
	}
}

func FuzzSafePath(f *testing.F) {
	for _, c := range pathCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := SafePath(in, false)
		if err != nil {
			return
		}
		for element := range strings.SplitSeq(got, "/") {
			if element != SafeName(element, false) {
				t.Errorf("%q: %q holds %q", in, got, element)
			}
		}
	})
}

func TestNumbered(t *testing.T) {
	for _, c := range []struct {
		name string
		n    int
		want string
	}{
		{"a.jpg", 1, "a.jpg"}, {"a.jpg", 2, "a (2).jpg"}, {"in/a.jpg", 12, "in/a (12).jpg"}, {"a", 2, "a (2)"}, {"in.d/a", 2, "in.d/a (2)"},
		{"Dr. Strange", 2, "Dr. Strange (2)"}, {"a.b c", 2, "a.b c (2)"},
	} {
		if got := numbered(c.name, c.n); got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
}
