package app

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible returns s as it can be drawn without deceiving anybody: what would
// break the line, turn the direction of reading, take no room at all or is
// not UTF-8 is written out, as in `\n`, `\u202e` and `\xff`. What no font can
// have a picture of becomes U+FFFD.
func visible(s string) string {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, misleading) {
		return writtenOut(s)
	}
	return s
}

// misleading says whether r does not show what it is. Among the graphic
// characters that holds for the fillers, which are letters without ink.
func misleading(r rune) bool {
	return !unicode.IsGraphic(r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

func writtenOut(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case !misleading(r):
			b.WriteRune(r)
		default:
			b.WriteString(named(r))
		}
		s = s[n:]
	}
	return b.String()
}

// named writes out a misleading character.
func named(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case unicode.In(r, unicode.Co, unicode.Cn):
		return "\ufffd" // for private use, or not assigned
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// readableTarget returns a request target for reading: percent-decoded once,
// then made [visible]. An escape that is none stays as it is.
func readableTarget(target string) string {
	if strings.IndexByte(target, '%') >= 0 {
		target = unescaped(target)
	}
	return visible(target)
}

func unescaped(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			high, low := nibble(s[i+1]), nibble(s[i+2])
			if high >= 0 && low >= 0 {
				b = append(b, byte(high<<4|low))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

// nibble returns the value of a hexadecimal digit, -1 if c is none.
func nibble(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
