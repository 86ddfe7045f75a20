package words

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible returns s so that it can be drawn without deceiving anyone. Line
// breaks, characters that change the direction of reading or take no room, and
// bytes that are not UTF-8 become escapes such as `\n`, `\u202e` and `\xff`.
// Characters that no font can have become U+FFFD.
func Visible(s string) string {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, misleading) {
		return escaped(s)
	}
	return s
}

// misleading reports whether r does not look like what it is. Among the graphic
// characters these are the fillers, which are letters without ink.
func misleading(r rune) bool {
	return !unicode.IsGraphic(r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

func escaped(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case !misleading(r):
			b.WriteRune(r)
		default:
			b.WriteString(escape(r))
		}
		s = s[n:]
	}
	return b.String()
}

// escape returns a misleading character as an escape.
func escape(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case unicode.In(r, unicode.Co, unicode.Cn):
		return "\ufffd" // private use or unassigned
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// Target returns a request target in readable form: percent-decoded once, then
// made [Visible]. A percent sign that begins no escape stays.
func Target(target string) string {
	if strings.IndexByte(target, '%') >= 0 {
		target = percentDecoded(target)
	}
	return Visible(target)
}

func percentDecoded(s string) string {
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

// nibble returns the value of a hexadecimal digit, or -1.
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
