package share

import (
	"bytes"
	"cmp"
	"math/rand/v2"
	"slices"

	"golang.org/x/text/language"
)

// sorter sorts the names of a list, as far as they are looked at.
type sorter struct {
	names    []string // folders first, otherwise as the system listed them
	folders  int      // how many of the names are folders
	order    Order
	keyed    []keyed // the names in order, except in unsorted; nil until needed
	keys     []byte  // sort keys of the names, one after the other
	unsorted []span  // parts of keyed that hold the right names in any order; ascending
}

// keyed is a name with what it is ordered by. It holds no pointers, because a
// hundred thousand of them are moved about, and scanned by the garbage
// collector.
type keyed struct {
	value    int64  // of Order.Key; 0 without
	name     uint32 // index in sorter.names
	key, end uint32 // where its sort key is in sorter.keys
}

// sortKey is what two entries are compared by.
type sortKey struct {
	value int64
	key   []byte // made once for each name: comparing two names takes as long
	name  string
}

func (s *sorter) sortKey(k keyed) sortKey {
	return sortKey{k.value, s.keys[k.key:k.end], s.names[k.name]}
}

// compare orders two folders, or two files.
func (s *sorter) compare(a, b sortKey) int {
	if s.order.Key == nil {
		return s.directed(compareNames(a, b))
	}
	if c := cmp.Compare(a.value, b.value); c != 0 {
		return s.directed(c)
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
func (s *sorter) directed(c int) int {
	if s.order.Descending {
		return -c
	}
	return c
}

// keyBytes is how long a key is typically.
const keyBytes = 40

// keyMaker returns what appends the sort key of a name in the list's order.
func (s *sorter) keyMaker() func(to []byte, name string) []byte {
	if s.order.Language == language.Und {
		return appendKey
	}
	return newCollator(s.order.Language).appendKey
}

// manyKeys is how many sort keys are worth a second goroutine. Making them takes half
// as long as the system takes to read the folder.
const manyKeys = 4096

// makeKeys makes the sort keys of all names.
func (s *sorter) makeKeys() {
	all := len(s.names)
	s.keyed = make([]keyed, all)
	s.unsorted = []span{{0, s.folders}, {s.folders, all}}
	s.keys = make([]byte, 0, keyBytes*all)
	if all < manyKeys {
		s.keys = s.appendKeys(s.keys, span{0, all})
		return
	}
	middle, second := all/2, make(chan []byte)
	go func() { second <- s.appendKeys(make([]byte, 0, keyBytes*(all-middle)), span{middle, all}) }()
	s.keys = s.appendKeys(s.keys, span{0, middle})
	keys, before := <-second, uint32(len(s.keys))
	s.keys = append(s.keys, keys...)
	for i := range s.keyed[middle:] {
		k := &s.keyed[middle+i]
		k.key, k.end = k.key+before, k.end+before
	}
}

// appendKeys appends the sort keys of some names, and notes where they are.
func (s *sorter) appendKeys(to []byte, some span) []byte {
	add := s.keyMaker()
	for i := some.from; i < some.to; i++ {
		from := len(to)
		to = add(to, s.names[i])
		s.keyed[i] = keyed{name: uint32(i), key: uint32(from), end: uint32(len(to))}
	}
	return to
}

// span is a part of a list, half open.
type span struct{ from, to int }

// unordered returns the folders, then the files, each in any order.
func (s *sorter) unordered() []keyed {
	if s.keyed == nil {
		s.makeKeys()
	}
	return s.keyed
}

// sorted sorts the entries from from to to-1 and returns them.
func (s *sorter) sorted(from, to int) []keyed {
	all := s.unordered()
	var left []span
	for _, part := range s.unsorted {
		left = s.sortPart(left, part, span{from, to})
	}
	s.unsorted = left
	return all[from:to]
}

// sortPart sorts what is wanted of an unsorted part, by a quicksort that leaves
// out what is not wanted. It appends to left what is still unsorted.
func (s *sorter) sortPart(left []span, part, wanted span) []span {
	switch {
	case part.to-part.from < 2:
		return left
	case part.to <= wanted.from || part.from >= wanted.to:
		return append(left, part)
	case wanted.from <= part.from && part.to <= wanted.to || part.to-part.from < 32:
		slices.SortFunc(s.keyed[part.from:part.to], func(a, b keyed) int { return s.compare(s.sortKey(a), s.sortKey(b)) })
		return left
	}
	middle := part.from + s.partition(s.keyed[part.from:part.to])
	left = s.sortPart(left, span{part.from, middle}, wanted)
	return s.sortPart(left, span{middle + 1, part.to}, wanted)
}

// partition moves what belongs before a pivot in front of it and the rest
// behind it, and returns the pivot's index. The pivot is random, so that nobody
// can name files in a way that makes sorting quadratic.
func (s *sorter) partition(some []keyed) int {
	at := rand.IntN(len(some))
	some[0], some[at] = some[at], some[0]
	pivot, i, j := s.sortKey(some[0]), 1, len(some)-1
	for {
		for i <= j && s.compare(s.sortKey(some[i]), pivot) < 0 {
			i++
		}
		for i <= j && s.compare(s.sortKey(some[j]), pivot) > 0 {
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
