package share

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"
)

// appendCounted appends a name in which each number has lost its leading zeros
// and follows the count of its digits. Compared digit by digit, such numbers are
// in the order of their values.
func appendCounted(to []byte, name string) []byte {
	for len(name) > 0 {
		if c := name[0]; c < utf8.RuneSelf && !isDigit(c) {
			to, name = append(to, c), name[1:]
			continue
		}
		value, size := digit(name)
		if size == 0 {
			_, size = utf8.DecodeRuneInString(name)
			to, name = append(to, name[:size]...), name[size:]
			continue
		}
		from := len(to)
		for size > 0 {
			if value > 0 || len(to) > from {
				to = append(to, '0'+value)
			}
			name = name[size:]
			value, size = digit(name)
		}
		to = insertCount(to, from)
	}
	return to
}

// insertCount inserts the count of the digits after from: one digit up to 8, and
// a 9 before it for each 9 more.
func insertCount(to []byte, from int) []byte {
	count := len(to) - from
	if count < 9 {
		return slices.Insert(to, from, '0'+byte(count))
	}
	prefix := append(bytes.Repeat([]byte{'9'}, count/9), '0'+byte(count%9))
	return slices.Insert(to, from, prefix...)
}

// digit returns the value of the decimal digit that s begins with, in whatever
// script, and its length in bytes; 0 if s begins with something else.
func digit(s string) (value byte, size int) {
	if s == "" {
		return 0, 0
	}
	if c := s[0]; c < utf8.RuneSelf {
		if isDigit(c) {
			return c - '0', 1
		}
		return 0, 0
	}
	r, size := utf8.DecodeRuneInString(s)
	if !unicode.Is(unicode.Nd, r) {
		return 0, 0
	}
	return digitValue(r), size
}

// digitValue relies on the digits of Unicode standing in tens, from 0 to 9.
func digitValue(r rune) byte {
	for _, b := range unicode.Nd.R16 {
		if rune(b.Lo) <= r && r <= rune(b.Hi) {
			return byte((r - rune(b.Lo)) % 10)
		}
	}
	for _, b := range unicode.Nd.R32 {
		if rune(b.Lo) <= r && r <= rune(b.Hi) {
			return byte((r - rune(b.Lo)) % 10)
		}
	}
	return 0
}
