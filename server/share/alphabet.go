package share

import (
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// alphabet orders names as the people of a language do, numbers by value.
type alphabet struct {
	collator *collate.Collator
	buffer   collate.Buffer
}

func newAlphabet(of language.Tag) *alphabet {
	return &alphabet{collator: collate.New(of, collate.Numeric)}
}

// appendKey appends bytes that are in the order of names, or the same for some.
func (a *alphabet) appendKey(to []byte, name string) []byte {
	a.buffer.Reset()
	return append(to, a.collator.KeyFromString(&a.buffer, name)...)
}
