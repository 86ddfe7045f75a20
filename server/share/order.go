package share

import (
	"context"
	"iter"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Order is an order of a [List]. Folders come first in each. The zero value is
// the order that a list has from the start.
type Order struct {
	Language   language.Tag      // by whose alphabet names go
	Key        func(Entry) int64 // what goes before the name; nil if nothing does
	Looks      bool              // Key needs more than Name and Dir: the system is asked about each entry
	Descending bool              // by Key, or by the name if there is no key
}

// Mark is the place of an entry in an order. It holds even when that entry is
// gone, or has changed.
type Mark struct {
	Name string
	Dir  bool
	Key  int64 // 0 in orders without
}

// Sort puts the list in another order. It needs some 100 bytes for each entry
// while the list lasts, and up to 200 where names go by an alphabet. When ctx
// ends, so does the asking of the system, with ctx's error; the list is of no
// use then.
func (l *List) Sort(ctx context.Context, o Order) error {
	l.order = o
	if !slices.ContainsFunc(l.names, foreign) {
		// All alphabets have these letters in the same order.
		l.order.Language = language.Und
	}
	l.rank()
	if o.Key == nil {
		return ctx.Err()
	}
	return l.lookUpValues(ctx)
}

// foreign reports whether a name has letters that not all alphabets have, or
// not in the same place.
func foreign(name string) bool {
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// lookUpValues gives each entry what goes before its name in the order, and 0
// to those that are gone.
func (l *List) lookUpValues(ctx context.Context) error {
	for i := range l.ranked {
		if i%batch == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		r := &l.ranked[i]
		e, ok := Entry{Name: l.names[r.name], Dir: i < l.folders}, true
		if l.order.Looks {
			e, ok = l.entry(e.Name)
		}
		if ok {
			r.value = l.order.Key(e)
		}
	}
	return nil
}

// Names goes through the names with the indices from to to-1, as far as there
// are such, and tells which are folders. It asks the system nothing.
func (l *List) Names(from, to int) iter.Seq2[string, bool] {
	from, to = l.within(from, to)
	return func(yield func(string, bool) bool) {
		for i, r := range l.settled(from, to) {
			if !yield(l.names[r.name], from+i < l.folders) {
				return
			}
		}
	}
}

// Sample goes through about as many names as are asked for, from all over the
// list and in no order, and tells which are folders. It spares one to put the
// list in order.
func (l *List) Sample(size int) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		for i := 0; i < len(l.names); i += max(1, len(l.names)/size) {
			if !yield(l.names[i], i < l.folders) {
				return
			}
		}
	}
}

// Mark returns the place of the entry with an index, which must be one.
func (l *List) Mark(i int) Mark {
	r := l.settled(i, i+1)[0]
	return Mark{Name: l.names[r.name], Dir: i < l.folders, Key: r.value}
}

// Place returns the index of the entry at a mark, and whether it is there: if
// not, the index is that of the first entry after it.
func (l *List) Place(m Mark) (i int, there bool) {
	all := l.inNoOrder()
	marked := standing{m.Key, l.keyMaker()(nil, m.Name), m.Name}
	if m.Dir {
		all = all[:l.folders]
	} else {
		i, all = l.folders, all[l.folders:]
	}
	for _, r := range all {
		switch c := l.compare(l.standing(r), marked); {
		case c < 0:
			i++
		case c == 0:
			there = true
		}
	}
	return i, there
}
