package share

import "testing"

func TestNamesThatWindowsReadsAsOthers(t *testing.T) {
	for _, name := range []string{
		`a\b`, `..\a`, "C:", "a:b", "a.txt::$DATA", "a.", "a ", "...", "a. .", "NUL", "nul", "CON.txt ", "COM1", "COM¹",
		"LPT9", "CONIN$", "a?b", "a*", "a<b", "a|b", `a"b`, "a\x1fb", "GIT~1", "WINDOW~1",
	} {
		if legal(name) {
			t.Errorf("%q is taken for a name", name)
		}
	}
	for _, name := range []string{"a", "a.b", ".a", " a", "a b.txt", "CONTACT", "NULL", "COM10", "ä", "日本語", "a~", "$a", "a;b", "#"} {
		if !legal(name) {
			t.Errorf("%q is refused", name)
		}
	}
}
