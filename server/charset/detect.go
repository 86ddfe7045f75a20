package charset

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/language"
)

// Detect returns the encoding that a text most likely has, given the languages
// that whoever reads it understands, best first.
func (s *Sample) Detect(languages []language.Tag) Name {
	if n := marked(s.head); n != "" {
		return n
	}
	if n := wide(s.head); n != "" {
		return n
	}
	text := s.foreign()
	switch {
	case isASCII(text) && switchesToJapanese(text):
		return ISO2022JP
	case isMostlyUTF8(text):
		return UTF8
	}
	return guess(text, languages)
}

// marked returns the encoding that a byte order mark tells.
func marked(text []byte) Name {
	for _, m := range []struct {
		mark string
		name Name
	}{{"\xef\xbb\xbf", UTF8}, {"\xff\xfe\x00\x00", UTF32LE}, {"\x00\x00\xfe\xff", UTF32BE}, {"\xff\xfe", UTF16LE}, {"\xfe\xff", UTF16BE}} {
		if bytes.HasPrefix(text, []byte(m.mark)) {
			return m.name
		}
	}
	return ""
}

// wide recognizes UTF-16 and UTF-32 without a mark: the text has bytes that no
// other text has, and makes usual characters.
func wide(text []byte) Name {
	if bytes.IndexFunc(text, func(c rune) bool { return c < ' ' && !strings.ContainsRune("\t\n\f\r\b\x1a\x1b", c) }) < 0 {
		return ""
	}
	best, most := Name(""), 0.8
	for _, n := range []Name{UTF32LE, UTF32BE, UTF16LE, UTF16BE} {
		if part := usualPart(text, n); part > most {
			best, most = n, part
		}
	}
	return best
}

// usualPart returns how many of the characters are usual ones, as a fraction.
func usualPart(text []byte, n Name) float64 {
	if len(text)%n.Unit() != 0 {
		return 0
	}
	decoded, _ := n.Encoding().NewDecoder().Bytes(text)
	found, all := 0, 0
	for _, c := range string(decoded) {
		all++
		if unicode.Is(usual, c) {
			found++
		}
	}
	return float64(found) / float64(max(1, all))
}

// usual holds the characters that texts consist of, in the scripts of the
// languages that files without a mark occur in.
var usual = &unicode.RangeTable{
	R16: []unicode.Range16{
		{'\t', '\n', 1}, {'\r', '\r', 1}, {0x20, 0x7e, 1}, {0xa0, 0x17f, 1}, {0x386, 0x3ce, 1}, {0x400, 0x491, 1},
		{0x5b0, 0x5f4, 1}, {0x60c, 0x6d5, 1}, {0x900, 0x97f, 1}, {0xe00, 0xe5b, 1}, {0x1ea0, 0x1ef9, 1},
		{0x2010, 0x203a, 1}, {0x20ac, 0x20ac, 1}, {0x3000, 0x3011, 1}, {0x3041, 0x30ff, 1}, {0x4e00, 0x9fa5, 1}, {0xac00, 0xd7a3, 1}, {0xff01, 0xff5e, 1},
	},
	R32:         []unicode.Range32{{0x1f300, 0x1f6ff, 1}},
	LatinOffset: 3,
}

// switchesToJapanese reports whether an ASCII text has the escape sequences of
// ISO-2022-JP (RFC 1468).
func switchesToJapanese(text []byte) bool {
	return bytes.Contains(text, []byte("\x1b$B")) || bytes.Contains(text, []byte("\x1b$@"))
}

// isMostlyUTF8 reports whether a text is UTF-8 but for a few bytes. Texts in other
// encodings have hardly a character that is one in UTF-8.
func isMostlyUTF8(text []byte) bool {
	good, bad := 0, 0
	for len(text) > 0 && utf8.FullRune(text) {
		c, n := utf8.DecodeRune(text)
		if c == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			good++
		}
		text = text[n:]
	}
	if len(text) > 0 && good == 0 { // otherwise a character is cut
		bad++
	}
	return bad == 0 || good >= 2*bad || good == 1 && bad == 1
}

// What speaks for an encoding, in the detector's percent.
const (
	forNothing = 4  // it is there at least
	forHint    = 15 // a language of the reader has it, and the detector does not mention it
	forUnknown = 25 // the same, and the detector does not know it
	forWestern = 10 // the reader's first language has none but Western
	forFirst   = 25 // more for the usual encoding of the reader's first language
	lessPerTag = 8  // for each language before
	lessUsual  = 3  // for each more usual encoding
)

// enough is how many bytes beyond ASCII the detector needs. Of fewer it is too
// sure.
const enough = 8

// guess returns what is most likely of a text that shows nothing by itself.
func guess(text []byte, languages []language.Tag) Name {
	points := map[Name]int{Western: forNothing + 1, "ibm866": forNothing, "windows-874": forNothing, "windows-1255": forNothing - 1}
	for n, confidence := range detected(text) {
		points[n] = max(points[n], confidence)
	}
	if len(languages) == 0 || usualIn(languages[0]) == nil {
		points[Western] += forWestern
	}
	for i, tag := range languages {
		for j, n := range usualIn(tag) {
			points[n] = max(points[n], base(n)) + max(0, forFirst-lessPerTag*i-lessUsual*j)
		}
	}
	best, most := Western, -200
	for _, c := range Choices() { // in an order that does not change
		if p, ok := points[c.Name]; ok {
			if p -= against(text, c.Name); p > most {
				best, most = c.Name, p
			}
		}
	}
	return best
}

// detected returns how sure the detector is of which encoding, in percent.
func detected(text []byte) map[Name]int {
	foreign := 0
	for _, c := range text {
		if c > 0x7f {
			foreign++
		}
	}
	sure := map[Name]int{}
	found, _ := chardet.NewTextDetector().DetectAll(text) // an error says that there is nothing
	for _, f := range found {
		name := strings.ToLower(f.Charset)
		n, ok := aliases[name]
		if !ok {
			n, ok = Find(name)
		}
		if ok && n.Unit() == 1 && n != UTF8 {
			sure[n] = max(sure[n], f.Confidence*min(foreign, enough)/enough)
		}
	}
	return sure
}

// base returns what a hint is worth.
func base(n Name) int {
	switch n {
	case "koi8-u", "windows-874", "windows-1257", "windows-1258":
		return forUnknown
	}
	return forHint
}
