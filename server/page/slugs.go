package page

import (
	"strconv"
	"strings"
	"unicode"
)

// slugs makes the anchors of a document's headings as GitHub does, so that a table
// of contents written for GitHub works here. It holds the last number that was
// appended to each anchor.
type slugs map[string]int

// next returns the anchor of the next heading. No two are the same.
func (s slugs) next(heading string) string {
	slug := slugOf(heading)
	n, taken := s[slug]
	unique := slug
	for taken {
		n++
		unique = slug + "-" + strconv.Itoa(n)
		_, taken = s[unique]
	}
	s[slug] = n // the next one continues here
	if unique != slug {
		s[unique] = 0
	}
	return unique
}

// slugOf keeps letters and digits of any script, and replaces spaces by hyphens.
func slugOf(heading string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ':
			return '-'
		case c == '-', unicode.In(c, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc):
			return unicode.ToLower(c)
		}
		return -1
	}, heading)
}
