package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// against returns what speaks against an encoding in the words that a text would
// have in it, 0 to 100.
func against(text []byte, n Name) int {
	decoded, err := n.Encoding().NewDecoder().Bytes(text)
	if err != nil {
		return 100
	}
	var w words
	for _, c := range string(decoded) {
		w.add(c)
	}
	points := 100 * w.odd / max(1, w.letters+w.odd)
	if 2*w.capitals > w.letters { // KOI8 and Windows have small and capital letters the other way round
		points += 10
	}
	return min(100, points)
}

// words counts what is odd in the words of a text.
type words struct {
	letters  int // that are not ASCII
	capitals int // of these
	odd      int
	before   rune // a letter; 0 if there was none
	latin    int  // Latin letters in a row that are not ASCII
}

func (w *words) add(c rune) {
	switch {
	case c == utf8.RuneError, c >= 0x80 && c < 0xa0: // not in this encoding
		w.odd += 3
	case unicode.IsLetter(c):
		w.addLetter(c)
		return
	case c > 0x7f && !unicode.In(c, unicode.P, unicode.M, unicode.Zs) && !strings.ContainsRune("°€£©®™±²³½×µ", c):
		w.odd++
	}
	w.before, w.latin = 0, 0
}

func (w *words) addLetter(c rune) {
	if c <= 0x7f {
		w.latin = 0
	} else {
		w.letters++
		if unicode.IsUpper(c) {
			w.capitals++
		}
		if unicode.Is(unicode.Latin, c) {
			w.latin++
		}
	}
	if w.latin > 2 {
		w.odd++ // words have three of them in a row rarely
	}
	if w.before != 0 && (c > 0x7f || w.before > 0x7f) {
		if scriptOf(c) != scriptOf(w.before) || unicode.IsLower(w.before) && unicode.IsUpper(c) {
			w.odd++
		}
	}
	w.before = c
}

// scriptOf returns the alphabet of a letter, nil if it is of another script:
// Japanese mixes several.
func scriptOf(c rune) *unicode.RangeTable {
	for _, t := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Arabic, unicode.Thai} {
		if unicode.Is(t, c) {
			return t
		}
	}
	return nil
}
