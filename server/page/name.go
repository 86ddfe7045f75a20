package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible returns a name as a person may safely see it: what would move,
// hide or turn around the text next to it becomes a mark of its own.
func visible(name string) string {
	if utf8.ValidString(name) && strings.IndexFunc(name, invisible) < 0 {
		return name
	}
	return strings.Map(mark, name) // which makes U+FFFD of what is not UTF-8
}

// invisible reports control characters, line and paragraph separators, and
// the controls of writing direction, by which "evil<RLO>gpj.exe" looks like a
// picture. Joiners stay: emoji and Persian need them.
func invisible(c rune) bool {
	return unicode.In(c, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}

func mark(c rune) rune {
	switch {
	case c < ' ':
		return '␀' + c // U+2400 and following are pictures of these
	case c == 0x7f:
		return '␡'
	case invisible(c):
		return utf8.RuneError
	}
	return c
}

// longestExtension is how many bytes an ending may have, with its dot, to be
// taken for a file's extension: ".webmanifest" is, a sentence is not.
const longestExtension = 12

// cutExtension parts a name before its extension, which a page must not
// break apart. The extension is "" if there is none.
func cutExtension(name string) (stem, extension string) {
	i := strings.LastIndexByte(name, '.')
	if i <= 0 || len(name)-i > longestExtension || strings.ContainsRune(name[i:], ' ') {
		return name, ""
	}
	return name[:i], name[i:]
}
