package share

import "strings"

// ShortName reports whether a name has the form of those that Windows makes
// up for programs of the 1980s, like "WINDOW~1.TXT": at most eight characters
// that end in a tilde and a number, then at most three.
func ShortName(name string) bool {
	base, ext, _ := strings.Cut(name, ".")
	if len(base) > 8 || len(ext) > 3 {
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
