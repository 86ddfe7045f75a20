package share

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Compare orders names as people do: "2.jpg" before "10.jpg", regardless of
// case. Only equal names compare as 0.
func Compare(a, b string) int {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		if isDigit(a[i]) && isDigit(b[j]) {
			m, n := i+digits(a[i:]), j+digits(b[j:])
			if c := compareNumbers(a[i:m], b[j:n]); c != 0 {
				return c
			}
			i, j = m, n
			continue
		}
		r, m := fold(a[i:])
		s, n := fold(b[j:])
		if r != s {
			return cmp.Compare(r, s)
		}
		i, j = i+m, j+n
	}
	if c := cmp.Compare(len(a)-i, len(b)-j); i == len(a) != (j == len(b)) {
		return c
	}
	return strings.Compare(a, b)
}

// compareNumbers compares strings of digits of any length by their value.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if c := cmp.Compare(len(a), len(b)); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

// appendKey appends a sort key: bytes.Compare orders the keys of two names as
// [Compare] orders the names, or finds them equal.
func appendKey(to []byte, name string) []byte {
	for len(name) > 0 {
		if n := digits(name); n > 0 {
			to, name = appendNumber(to, name[:n]), name[n:]
			continue
		}
		r, n := fold(name)
		to, name = utf8.AppendRune(to, r), name[n:]
	}
	return to
}

// appendNumber appends a byte that puts numbers before or after other
// characters, the number of digits without leading zeros, and these digits.
func appendNumber(to []byte, digits string) []byte {
	digits = strings.TrimLeft(digits, "0")
	n := len(digits)
	for to = append(to, '0'); n >= 255; n -= 255 {
		to = append(to, 255)
	}
	return append(append(to, byte(n)), digits...)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// digits returns the number of digits that s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// fold returns the first character of s in lower case, and its length in bytes.
func fold(s string) (rune, int) {
	if c := s[0]; c < utf8.RuneSelf {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		return rune(c), 1
	}
	r, n := utf8.DecodeRuneInString(s)
	return unicode.ToLower(r), n
}
