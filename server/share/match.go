package share

import (
	"bytes"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/search"
	"golang.org/x/text/unicode/norm"
)

// loose matches as people expect of a search: "strasse" finds "Straße", and
// "cafe" finds "CAFÉ", however the accent is encoded.
var loose = search.New(language.Und, search.Loose)

// word is one of those that a name must contain.
type word struct {
	ascii   []byte // in lower case; nil if there are other characters
	pattern *search.Pattern
}

func compileWord(s string) word {
	s = spellAlike(s)
	ascii, _ := appendLowerASCII(nil, s)
	return word{ascii: ascii, pattern: loose.CompileString(s)}
}

// contains reports whether a name contains all words, regardless of case,
// accents and ways to write the same.
func contains(name string, words []word) bool {
	var buf [256]byte
	lower, isASCII := appendLowerASCII(buf[:0], name)
	if !isASCII {
		name = spellAlike(name)
	}
	for _, w := range words {
		if isASCII && w.ascii != nil {
			// What pattern would find, in a tenth of the time.
			if !bytes.Contains(lower, w.ascii) {
				return false
			}
		} else if at, _ := w.pattern.IndexString(name); at < 0 {
			return false
		}
	}
	return true
}

// lowerCase has the printable characters of ASCII in lower case, and 0 for all
// else.
var lowerCase = func() (table [256]byte) {
	for c := byte(' '); c <= '~'; c++ {
		table[c] = c
	}
	for c := byte('A'); c <= 'Z'; c++ {
		table[c] += 'a' - 'A'
	}
	return table
}()

// appendLowerASCII appends s in lower case. It returns nil and false if anything
// in s is not a printable character of ASCII.
func appendLowerASCII(to []byte, s string) ([]byte, bool) {
	from := len(to)
	to = append(to, s...)
	for i, c := range to[from:] {
		c = lowerCase[c]
		if c == 0 {
			return nil, false
		}
		to[from+i] = c
	}
	return to, true
}

// spellAlike composes what Macs decompose, since loose tells Hangul in the two
// forms apart, and replaces characters for which people type others.
func spellAlike(s string) string { return typed.Replace(norm.NFC.String(s)) }

// typed is what people type for characters that loose takes for different ones.
var typed = strings.NewReplacer(replacements(map[string]string{
	"'": "‘’‚‛′ʹʻʼʽʾʿ´＇",
	`"`: "“”„‟″«»＂",
	"-": "‐‑‒–—―−－",
	"i": "ı",
	"ا": "أإآٱ",
	"ي": "ىی",
	"ه": "ةھہ",
	"ك": "ک",
})...)

// replacements returns pairs for [strings.NewReplacer], which replace each
// character of a value by its key.
func replacements(of map[string]string) []string {
	var pairs []string
	for to, all := range of {
		for _, from := range all {
			pairs = append(pairs, string(from), to)
		}
	}
	return pairs
}
