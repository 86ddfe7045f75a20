package share

import (
	"path"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	maxWindowsName = 255 // UTF-16 code units
	longestKept    = 20  // bytes with its dot; a longer one is part of the name
)

// WindowsName makes a name, without a path, fit for Windows: without characters
// that it forbids, without dots and spaces at the end, not that of a device like
// NUL, and at most 255 UTF-16 code units long, with the extension kept. It is
// idempotent. n tells apart names that have become the same: from 2 on, it is part
// of the name, as in "photo (2).jpg".
func WindowsName(name string, n int) string {
	stem, ext := SplitExt(trimEnd(strings.Map(replaceForbidden, name)))
	if IsDevice(stem + ext) {
		stem = "_" + stem
	}
	number := ""
	if n > 1 {
		number = " (" + strconv.Itoa(n) + ")"
	}
	stem = shortenUTF16(stem, maxWindowsName-utf16Len(number+ext)) + number
	if ext == "" {
		stem = trimEnd(stem)
	}
	if stem+ext == "" {
		return "_"
	}
	return stem + ext
}

// replaceForbidden replaces characters that Windows does not allow in names.
func replaceForbidden(c rune) rune {
	if c < ' ' || strings.ContainsRune(`/\:*?"<>|`, c) {
		return '_'
	}
	return c
}

// trimEnd removes what Windows drops at the end of a name.
func trimEnd(name string) string { return strings.TrimRight(name, ". ") }

// SplitExt splits a name into its stem and its extension with the dot, which is ""
// if the name begins with its only dot.
func SplitExt(name string) (stem, ext string) {
	ext = path.Ext(name)
	if len(ext) > longestKept || len(ext) == len(name) || strings.ContainsRune(ext, ' ') {
		ext = ""
	}
	return name[:len(name)-len(ext)], ext
}

// IsDevice reports whether Windows takes a name for that of a device like NUL,
// whatever the extension.
func IsDevice(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$":
		return true
	}
	number, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		number, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && utf8.RuneCountInString(number) == 1 && strings.Contains("0123456789¹²³", number)
}

// shortenUTF16 cuts a text to so many UTF-16 code units, between characters.
func shortenUTF16(text string, units int) string {
	for i, c := range text {
		if units -= utf16.RuneLen(c); units < 0 {
			return text[:i]
		}
	}
	return text
}

func utf16Len(text string) (units int) {
	for _, c := range text {
		units += utf16.RuneLen(c)
	}
	return units
}
