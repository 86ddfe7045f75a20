package share

import (
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collator orders names by the alphabet of a language, and numbers in them by
// their value.
type collator struct {
	rules  *collate.Collator
	buffer collate.Buffer
}

func newCollator(of language.Tag) *collator {
	return &collator{rules: collate.New(of, collate.Numeric)}
}

// appendKey appends a sort key: bytes.Compare orders the keys of two names as
// the names are ordered, and may find the keys of different names equal.
func (c *collator) appendKey(to []byte, name string) []byte {
	c.buffer.Reset()
	return append(to, c.rules.KeyFromString(&c.buffer, name)...)
}
