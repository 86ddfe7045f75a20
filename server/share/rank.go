package share

import (
	"bytes"
	"cmp"
	"math/rand/v2"
	"slices"

	"golang.org/x/text/language"
)

// ranked is a name with all that it is ordered by. It holds no pointers: a
// hundred thousand of them are moved about, and looked through for garbage.
type ranked struct {
	value    int64  // what goes before the name; 0 in orders without
	name     uint32 // its index in List.names
	key, end uint32 // where its key is in List.keys
}

// standing is where a name stands in an order.
type standing struct {
	value int64
	key   []byte // of the name: made once, for to compare two names takes as long
	name  string
}

func (l *List) standing(r ranked) standing {
	return standing{r.value, l.keys[r.key:r.end], l.names[r.name]}
}

// compare orders what a list holds, folders and files each among themselves.
func (l *List) compare(a, b standing) int {
	if l.order.Key == nil {
		return l.directed(compareNames(a, b))
	}
	if c := cmp.Compare(a.value, b.value); c != 0 {
		return l.directed(c)
	}
	return compareNames(a, b)
}

func compareNames(a, b standing) int {
	if c := bytes.Compare(a.key, b.key); c != 0 {
		return c
	}
	return Compare(a.name, b.name)
}

// directed turns a comparison round in a descending order.
func (l *List) directed(c int) int {
	if l.order.Descending {
		return -c
	}
	return c
}

// typical is how long a key is, in bytes.
const typical = 16

// keyMaker returns what appends the key of a name in the list's order.
func (l *List) keyMaker() func(to []byte, name string) []byte {
	if l.order.Language == language.Und {
		return appendKey
	}
	return newAlphabet(l.order.Language).appendKey
}

// rank prepares the names to be put in order.
func (l *List) rank() {
	l.ranked = make([]ranked, len(l.names))
	l.unsorted = []span{{0, l.folders}, {l.folders, len(l.names)}}
	l.keys = make([]byte, 0, typical*len(l.names))
	add := l.keyMaker()
	for i, name := range l.names {
		from := len(l.keys)
		l.keys = add(l.keys, name)
		l.ranked[i] = ranked{name: uint32(i), key: uint32(from), end: uint32(len(l.keys))}
	}
}

// span is a part of a list, half open.
type span struct{ from, to int }

// inNoOrder returns folders, then files, each as they happen to lie.
func (l *List) inNoOrder() []ranked {
	if l.ranked == nil {
		l.rank()
	}
	return l.ranked
}

// settled puts in order what a list has from from to to-1, and returns it.
func (l *List) settled(from, to int) []ranked {
	all := l.inNoOrder()
	var left []span
	for _, s := range l.unsorted {
		left = l.settle(left, s, span{from, to})
	}
	l.unsorted = left
	return all[from:to]
}

// settle puts in order what is wanted of an unsorted part, by Quicksort that
// leaves alone what is not wanted. It appends to left what is still unsorted.
func (l *List) settle(left []span, s, wanted span) []span {
	switch {
	case s.to-s.from < 2:
		return left
	case s.to <= wanted.from || s.from >= wanted.to:
		return append(left, s)
	case wanted.from <= s.from && s.to <= wanted.to || s.to-s.from < 32:
		slices.SortFunc(l.ranked[s.from:s.to], func(a, b ranked) int { return l.compare(l.standing(a), l.standing(b)) })
		return left
	}
	middle := s.from + l.part(l.ranked[s.from:s.to])
	left = l.settle(left, span{s.from, middle}, wanted)
	return l.settle(left, span{middle + 1, s.to}, wanted)
}

// part puts before one of some entries those that belong before it, and the
// others behind it, and returns where it has come to. It takes any, so that
// nobody can give files such names that it takes ages.
func (l *List) part(some []ranked) int {
	at := rand.IntN(len(some))
	some[0], some[at] = some[at], some[0]
	first, i, j := l.standing(some[0]), 1, len(some)-1
	for {
		for i <= j && l.compare(l.standing(some[i]), first) < 0 {
			i++
		}
		for i <= j && l.compare(l.standing(some[j]), first) > 0 {
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
