package share

import (
	"bytes"
	"cmp"
	"context"
	"iter"
	"slices"
	"sort"
	"unicode/utf8"

	"golang.org/x/text/collate"
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

// Sort puts the list in another order. Nothing else may use the list
// meanwhile. It needs some 50 bytes for each entry while it lasts, and up to
// 200 where names go by an alphabet. When ctx ends, so does the asking of the
// system, with ctx's error; the list is of no use then.
func (l *List) Sort(ctx context.Context, o Order) error {
	l.order, l.keys = o, nil
	if !slices.ContainsFunc(l.names, foreign) {
		// All alphabets have these letters in the same order.
		l.order.Language = language.Und
	}
	l.sortNames(l.names[:l.folders])
	l.sortNames(l.names[l.folders:])
	if o.Key == nil {
		return ctx.Err()
	}
	keys, err := l.lookUpKeys(ctx)
	if err != nil {
		return err
	}
	l.keys = keys
	l.sortKeys(0, l.folders)
	l.sortKeys(l.folders, len(l.names))
	return nil
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

// sortNames sorts folders, or files, by their names.
func (l *List) sortNames(names []string) {
	if l.order.Language == language.Und {
		slices.SortFunc(names, Compare)
	} else {
		newAlphabet(l.order.Language).sort(names)
	}
	if l.order.Descending && l.order.Key == nil {
		slices.Reverse(names)
	}
}

// lookUpKeys returns the key of each entry, and 0 for those that are gone.
func (l *List) lookUpKeys(ctx context.Context) ([]int64, error) {
	keys := make([]int64, len(l.names))
	for i, name := range l.names {
		if i%batch == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		e, ok := Entry{Name: name, Dir: i < l.folders}, true
		if l.order.Looks {
			e, ok = l.entry(name)
		}
		if ok {
			keys[i] = l.order.Key(e)
		}
	}
	return keys, nil
}

// sortKeys sorts the entries from from to to-1 by their keys. Those with the
// same key stay in the order of their names.
func (l *List) sortKeys(from, to int) {
	type keyed struct {
		key int64
		at  int
	}
	all := make([]keyed, 0, to-from)
	for i := from; i < to; i++ {
		all = append(all, keyed{l.keys[i], i})
	}
	slices.SortFunc(all, func(a, b keyed) int {
		return cmp.Or(l.directed(cmp.Compare(a.key, b.key)), cmp.Compare(a.at, b.at))
	})
	names := slices.Clone(l.names[from:to])
	for i, k := range all {
		l.keys[from+i], l.names[from+i] = k.key, names[k.at-from]
	}
}

// directed turns a comparison round in a descending order.
func (l *List) directed(c int) int {
	if l.order.Descending {
		return -c
	}
	return c
}

// Names goes through the names with the indices from to to-1, as far as there
// are such, and tells which are folders. It asks the system nothing.
func (l *List) Names(from, to int) iter.Seq2[string, bool] {
	from, to = l.within(from, to)
	return func(yield func(string, bool) bool) {
		for i, name := range l.names[from:to] {
			if !yield(name, from+i < l.folders) {
				return
			}
		}
	}
}

// Mark returns the place of the entry with an index, which must be one.
func (l *List) Mark(i int) Mark {
	m := Mark{Name: l.names[i], Dir: i < l.folders}
	if l.keys != nil {
		m.Key = l.keys[i]
	}
	return m
}

// Place returns the index of the entry at a mark, and whether it is there: if
// not, the index is that of the first entry after it.
func (l *List) Place(m Mark) (i int, there bool) {
	compare := Compare
	if l.order.Language != language.Und {
		compare = newAlphabet(l.order.Language).compare
	}
	return sort.Find(len(l.names), func(i int) int {
		at := l.Mark(i)
		switch {
		case m.Dir != at.Dir && m.Dir:
			return -1
		case m.Dir != at.Dir:
			return 1
		case l.keys == nil:
			return l.directed(compare(m.Name, at.Name))
		}
		return cmp.Or(l.directed(cmp.Compare(m.Key, at.Key)), compare(m.Name, at.Name))
	})
}

// alphabet orders names as the people of a language do, numbers by value.
type alphabet struct {
	collator *collate.Collator
	buffer   collate.Buffer
}

func newAlphabet(of language.Tag) *alphabet {
	return &alphabet{collator: collate.New(of, collate.Numeric)}
}

// key returns bytes by which a name is ordered; they last until the next call.
func (a *alphabet) key(name string) []byte {
	a.buffer.Reset()
	return a.collator.KeyFromString(&a.buffer, name)
}

func (a *alphabet) compare(x, y string) int {
	return cmp.Or(bytes.Compare(bytes.Clone(a.key(x)), a.key(y)), Compare(x, y))
}

// sort makes each name's key once: to compare two names takes as long.
func (a *alphabet) sort(names []string) {
	type keyed struct {
		key  []byte
		name string
	}
	all := make([]keyed, len(names))
	for i, name := range names {
		all[i] = keyed{bytes.Clone(a.key(name)), name}
	}
	slices.SortFunc(all, func(x, y keyed) int {
		return cmp.Or(bytes.Compare(x.key, y.key), Compare(x.name, y.name))
	})
	for i := range all {
		names[i] = all[i].name
	}
}
