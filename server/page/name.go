package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible makes a name safe to show: characters that would move, hide or reverse
// the text next to them are replaced by visible ones.
func visible(name string) string {
	if utf8.ValidString(name) && strings.IndexFunc(name, invisible) < 0 {
		return name
	}
	return strings.Map(mark, name) // Map replaces invalid UTF-8 by U+FFFD
}

// invisible reports whether c is a control character, a line or paragraph
// separator, or a control of the writing direction, with which "evil<RLO>gpj.exe"
// looks like a picture. Joiners are not: emoji and Persian need them.
func invisible(c rune) bool {
	return unicode.In(c, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}

func mark(c rune) rune {
	switch {
	case c < ' ':
		return '␀' + c // U+2400 and the following are symbols for these
	case c == 0x7f:
		return '␡'
	case invisible(c):
		return utf8.RuneError
	}
	return c
}

// maxExtension is how many bytes an extension may have with its dot, as
// ".webmanifest" has.
const maxExtension = 12

// cutExtension splits a name before its extension, which is not to be broken
// across lines. The extension is "" if there is none.
func cutExtension(name string) (stem, extension string) {
	i := strings.LastIndexByte(name, '.')
	if i <= 0 || len(name)-i > maxExtension || strings.ContainsRune(name[i:], ' ') {
		return name, ""
	}
	return name[:i], name[i:]
}
