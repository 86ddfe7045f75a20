package share

import (
	"strings"
	"unicode/utf8"
)

// ShortName reports whether a name has the form of the second names that Windows
// gives files, like "WINDOW~1.TXT": at most eight characters that end in a tilde
// and a number, then at most three. Letters such as Ä count
// as one: Windows keeps those of its code page.
func ShortName(name string) bool {
	base, ext, _ := strings.Cut(name, ".")
	if utf8.RuneCountInString(base) > 8 || utf8.RuneCountInString(ext) > 3 {
		return false
	}
	stem, number, ok := cutLast(base, '~')
	return ok && stem != "" && number != "" && strings.Trim(number, "0123456789") == ""
}

func cutLast(s string, sep byte) (before, after string, ok bool) {
	if i := strings.LastIndexByte(s, sep); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}
