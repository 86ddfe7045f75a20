package share

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// collator orders names by the alphabet of a language, and numbers in them by
// their value. How it orders two names depends on no other name.
type collator struct {
	rules  *collate.Collator
	buffer collate.Buffer
	text   []byte
	ascii  *asciiWeights // nil if they do not tell the order
}

// newCollator does without [collate.Numeric], which sorts "00 a" after "10 a".
func newCollator(of language.Tag) *collator {
	c := &collator{rules: collate.New(of)}
	c.ascii = newASCIIWeights(c)
	return c
}

// appendKey appends a sort key: bytes.Compare orders the keys of two names as
// the names are ordered, and may find the keys of different names equal.
func (c *collator) appendKey(to []byte, name string) []byte {
	// Macs decompose names, and collate puts decomposed Hangul elsewhere.
	c.text = appendCounted(c.text[:0], norm.NFC.String(name))
	if c.ascii != nil && !hasNonASCII(c.text) {
		return c.ascii.appendKey(to, c.text)
	}
	return append(to, c.key(c.text)...)
}

// key returns the key of a text by collate. It is valid until the next call.
func (c *collator) key(text []byte) []byte {
	c.buffer.Reset()
	return c.rules.Key(&c.buffer, text)
}

// asciiWeights makes keys of ASCII text, several times as fast as collate and
// half as long. They fit among collate's keys of other text: those are the
// primary weights, which tell characters; then the secondary ones, which tell
// accents; then the tertiary ones, which tell capital letters.
type asciiWeights struct {
	primary  [utf8.RuneSelf]uint16 // 0 for control characters
	tertiary [utf8.RuneSelf]byte
}

// newASCIIWeights returns nil for languages in which some characters of ASCII
// together are a letter of its own, like Czech "ch", or in which accents come
// before none, as in Chinese.
func newASCIIWeights(c *collator) *asciiWeights {
	if a := bytes.Clone(c.key([]byte("a"))); bytes.Compare(c.key([]byte("á")), a) < 0 {
		return nil
	}
	var w asciiWeights
	for i := range w.primary {
		switch key := c.key([]byte{byte(i)}); len(key) {
		case len(levelEnd) + len(levelEnd): // no weights at all
		case 2 + len(levelEnd) + 2 + len(levelEnd) + 1:
			w.primary[i], w.tertiary[i] = binary.BigEndian.Uint16(key), key[len(key)-1]
		default:
			return nil
		}
	}
	var pairs []byte // all of them
	for a := byte('a'); a <= 'z'; a++ {
		for b := a + 1; b <= 'z'; b++ {
			pairs = append(pairs, a, b)
		}
		pairs = append(pairs, a, a)
	}
	if !bytes.HasPrefix(c.key(pairs), append(w.appendPrimary(nil, pairs), levelEnd...)) {
		return nil
	}
	return &w
}

const levelEnd = "\x00\x00"

func (w *asciiWeights) appendPrimary(to, text []byte) []byte {
	for _, c := range text {
		if p := w.primary[c]; p != 0 {
			to = append(to, byte(p>>8), byte(p))
		}
	}
	return to
}

// appendKey leaves out the secondary weights, which are the least there are, and
// the tertiary ones after the last capital letter.
func (w *asciiWeights) appendKey(to, text []byte) []byte {
	to = append(w.appendPrimary(to, text), levelEnd+levelEnd...)
	end := len(text)
	for end > 0 && w.tertiary[text[end-1]] <= w.tertiary['a'] {
		end--
	}
	for _, c := range text[:end] {
		if w.primary[c] != 0 {
			to = append(to, w.tertiary[c])
		}
	}
	return to
}
