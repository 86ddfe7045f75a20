package share

import (
	"bytes"
	"cmp"
	"math/rand/v2"
	"slices"

	"golang.org/x/text/language"
)

// keyed is a name with what it is ordered by. It holds no pointers, because a
// hundred thousand of them are moved about, and scanned by the garbage
// collector.
type keyed struct {
	value    int64  // of Order.Key; 0 without
	name     uint32 // index in List.names
	key, end uint32 // where its sort key is in List.keys
}

// sortKey is what two entries are compared by.
type sortKey struct {
	value int64
	key   []byte // made once for each name: comparing two names takes as long
	name  string
}

func (l *List) sortKey(k keyed) sortKey {
	return sortKey{k.value, l.keys[k.key:k.end], l.names[k.name]}
}

// compare orders two folders, or two files.
func (l *List) compare(a, b sortKey) int {
	if l.order.Key == nil {
		return l.directed(compareNames(a, b))
	}
	if c := cmp.Compare(a.value, b.value); c != 0 {
		return l.directed(c)
	}
	return compareNames(a, b)
}

func compareNames(a, b sortKey) int {
	if c := bytes.Compare(a.key, b.key); c != 0 {
		return c
	}
	return Compare(a.name, b.name)
}

// directed reverses a comparison in a descending order.
func (l *List) directed(c int) int {
	if l.order.Descending {
		return -c
	}
	return c
}

// keyBytes is how long a key is typically.
const keyBytes = 16

// keyMaker returns what appends the sort key of a name in the list's order.
func (l *List) keyMaker() func(to []byte, name string) []byte {
	if l.order.Language == language.Und {
		return appendKey
	}
	return newCollator(l.order.Language).appendKey
}

// makeKeys makes the sort keys of all names.
func (l *List) makeKeys() {
	l.keyed = make([]keyed, len(l.names))
	l.unsorted = []span{{0, l.folders}, {l.folders, len(l.names)}}
	l.keys = make([]byte, 0, keyBytes*len(l.names))
	add := l.keyMaker()
	for i, name := range l.names {
		from := len(l.keys)
		l.keys = add(l.keys, name)
		l.keyed[i] = keyed{name: uint32(i), key: uint32(from), end: uint32(len(l.keys))}
	}
}

// span is a part of a list, half open.
type span struct{ from, to int }

// unordered returns the folders, then the files, each in any order.
func (l *List) unordered() []keyed {
	if l.keyed == nil {
		l.makeKeys()
	}
	return l.keyed
}

// sorted sorts the entries from from to to-1 and returns them.
func (l *List) sorted(from, to int) []keyed {
	all := l.unordered()
	var left []span
	for _, s := range l.unsorted {
		left = l.sortPart(left, s, span{from, to})
	}
	l.unsorted = left
	return all[from:to]
}

// sortPart sorts what is wanted of an unsorted part, by a quicksort that leaves
// out what is not wanted. It appends to left what is still unsorted.
func (l *List) sortPart(left []span, s, wanted span) []span {
	switch {
	case s.to-s.from < 2:
		return left
	case s.to <= wanted.from || s.from >= wanted.to:
		return append(left, s)
	case wanted.from <= s.from && s.to <= wanted.to || s.to-s.from < 32:
		slices.SortFunc(l.keyed[s.from:s.to], func(a, b keyed) int { return l.compare(l.sortKey(a), l.sortKey(b)) })
		return left
	}
	middle := s.from + l.partition(l.keyed[s.from:s.to])
	left = l.sortPart(left, span{s.from, middle}, wanted)
	return l.sortPart(left, span{middle + 1, s.to}, wanted)
}

// partition moves what belongs before a pivot in front of it and the rest
// behind it, and returns the pivot's index. The pivot is random, so that nobody
// can name files in a way that makes sorting quadratic.
func (l *List) partition(some []keyed) int {
	at := rand.IntN(len(some))
	some[0], some[at] = some[at], some[0]
	pivot, i, j := l.sortKey(some[0]), 1, len(some)-1
	for {
		for i <= j && l.compare(l.sortKey(some[i]), pivot) < 0 {
			i++
		}
		for i <= j && l.compare(l.sortKey(some[j]), pivot) > 0 {
			j--
		}
		if i >= j {
			some[0], some[j] = some[j], some[0]
			return j
		}
		some[i], some[j] = some[j], some[i]
		i, j = i+1, j-1
	}
}
