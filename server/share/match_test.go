package share

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// containsSlowly is contains without the short way for ASCII.
func containsSlowly(name string, words []word) bool {
	return !slices.ContainsFunc(words, func(w word) bool {
		at, _ := w.pattern.IndexString(spellAlike(name))
		return at < 0
	})
}

func TestShortWayForASCIIFindsTheSame(t *testing.T) {
	for range 20_000 {
		name, part := make([]byte, rand.IntN(12)), make([]byte, 1+rand.IntN(3))
		for i := range name {
			name[i] = byte(' ' + rand.IntN('~'-' '+1))
		}
		for i := range part {
			part[i] = byte(' ' + rand.IntN('~'-' '+1))
		}
		if at := rand.IntN(len(name) + 1); rand.IntN(2) == 0 && at < len(name) {
			part = slices.Clone(name[at:])
			part[0] ^= 'a' - 'A' // the other case, if it is a letter
		}
		words := []word{compileWord(string(part))}
		if short, full := contains(string(name), words), containsSlowly(string(name), words); short != full {
			t.Fatalf("%q in %q: %v, the long way %v", part, name, short, full)
		}
	}
}

func FuzzShortWayFindsTheSame(f *testing.F) {
	for _, c := range matching {
		f.Add(c.query, c.name)
	}
	f.Fuzz(func(t *testing.T, query, name string) {
		words := []word{compileWord(query)}
		if short, full := contains(name, words), containsSlowly(name, words); short != full {
			t.Errorf("%q in %q: %v, the long way %v", query, name, short, full)
		}
	})
}
