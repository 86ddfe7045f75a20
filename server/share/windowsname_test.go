package share

import (
	"strings"
	"testing"
	"unicode/utf16"
)

var windowsNames = []struct {
	in   string
	n    int
	want string
}{
	{"photo.jpg", 1, "photo.jpg"}, {".bashrc", 1, ".bashrc"}, {"Größe 日本.jpg", 1, "Größe 日本.jpg"}, {" a", 1, " a"}, {"GIT~1", 1, "GIT~1"},
	{`a:b*c?d"e<f>g|h\i/j`, 1, "a_b_c_d_e_f_g_h_i_j"}, {"a\nb\x1f", 1, "a_b_"}, {"a\x7f", 1, "a\x7f"},
	{"a.", 1, "a"}, {"a. . ", 1, "a"}, {"a.txt ", 1, "a.txt"}, {"...", 1, "_"}, {" ", 1, "_"}, {"", 1, "_"}, {"?", 1, "_"},
	{"aux.txt", 1, "_aux.txt"}, {"NUL", 1, "_NUL"}, {"con .a.b", 1, "_con .a.b"}, {"Com1", 1, "_Com1"}, {"LPT³.x", 1, "_LPT³.x"}, {"COM10", 1, "COM10"},
	{"aux. ", 1, "_aux"}, {"console", 1, "console"},
	{"photo.jpg", 2, "photo (2).jpg"}, {"a", 12, "a (12)"}, {"a.b c", 2, "a.b c (2)"}, {".bashrc", 2, ".bashrc (2)"}, {"aux.txt", 2, "_aux (2).txt"},
	{strings.Repeat("日", 255), 1, strings.Repeat("日", 255)},
	{strings.Repeat("日", 256) + ".jpg", 1, strings.Repeat("日", 251) + ".jpg"},
	{strings.Repeat("😀", 128), 1, strings.Repeat("😀", 127)},
	{strings.Repeat("x", 255), 2, strings.Repeat("x", 251) + " (2)"},
	{strings.Repeat("x", 250) + ".jpeg", 10, strings.Repeat("x", 245) + " (10).jpeg"},
	{strings.Repeat("x", 254) + ".y", 1, strings.Repeat("x", 253) + ".y"},
	{strings.Repeat("x", 254) + ". " + strings.Repeat("y", 30), 1, strings.Repeat("x", 254)},
}

func TestWindowsName(t *testing.T) {
	for _, c := range windowsNames {
		if got := WindowsName(c.in, c.n); got != c.want {
			t.Errorf("%q, %d: %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func FuzzWindowsName(f *testing.F) {
	for _, c := range windowsNames {
		f.Add(c.in, c.n)
	}
	f.Fuzz(func(t *testing.T, in string, n int) {
		in = strings.ToValidUTF8(in, "_")
		got := WindowsName(in, n)
		switch {
		case got == "" || len(utf16.Encode([]rune(got))) > 255:
			t.Errorf("%q: %q is empty or too long", in, got)
		case strings.ContainsAny(got, "\x00\x01\n\x1f/\\:*?\"<>|") || IsDevice(got) || strings.HasSuffix(got, ".") || strings.HasSuffix(got, " "):
			t.Errorf("%q: Windows does not take %q", in, got)
		case WindowsName(got, 1) != got:
			t.Errorf("%q: %q becomes %q the second time", in, got, WindowsName(got, 1))
		case n > 1 && n < 1e6 && WindowsName(in, n-1) == got:
			t.Errorf("%q: %q is the name of two", in, got)
		}
	})
}
