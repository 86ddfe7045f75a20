package share

import (
	"cmp"
	"context"
	"iter"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Order is an order of a [List]. Folders always come first. The zero value is
// natural order, see [Compare].
type Order struct {
	Language   language.Tag      // whose alphabet orders names; Und for natural order
	Key        func(Entry) int64 // what counts before the name, called by two goroutines; nil if nothing does
	Stat       bool              // Key needs more than Name and Dir, so the system is asked about each entry
	Descending bool              // by Key, or by the name if there is no Key
}

// Mark is a position in an order, of an entry that may have gone or changed
// since.
type Mark struct {
	Name string
	Dir  bool
	Key  int64 // 0 in orders without
}

// Sort chooses another order. It takes some 100 bytes for each entry while the
// list lasts, and up to 200 with a language. If ctx ends while the system is
// asked, Sort returns ctx's error and the list can no longer be used.
func (l *List) Sort(ctx context.Context, o Order) error {
	l.sorter.order = o
	l.sorter.makeKeys()
	if o.Key == nil {
		return ctx.Err()
	}
	return l.makeValues(ctx)
}

func hasNonASCII(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// makeValues sets the value of each entry by the order's Key. It is 0 for those
// that have gone.
func (l *List) makeValues(ctx context.Context) error {
	s := &l.sorter
	if len(s.keyed) < manyKeys {
		return l.makeSomeValues(ctx, 0, len(s.keyed))
	}
	middle, second := len(s.keyed)/2, make(chan error, 1)
	go func() { second <- l.makeSomeValues(ctx, middle, len(s.keyed)) }()
	return cmp.Or(l.makeSomeValues(ctx, 0, middle), <-second)
}

func (l *List) makeSomeValues(ctx context.Context, from, to int) error {
	s := &l.sorter
	for i := from; i < to; i++ {
		if i%batch == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		k := &s.keyed[i]
		e, ok := Entry{Name: s.names[k.name], Dir: i < s.folders}, true
		if s.order.Stat {
			e, ok = l.source.entry(e.Name)
		}
		if ok {
			k.value = s.order.Key(e)
		}
	}
	return nil
}

// Names yields the names with the indices from to to-1, as far as they exist,
// and whether each is a folder's. It asks the system nothing.
func (l *List) Names(from, to int) iter.Seq2[string, bool] {
	from, to = l.clamp(from, to)
	return func(yield func(string, bool) bool) {
		for i, k := range l.sorter.sorted(from, to) {
			if !yield(l.sorter.names[k.name], from+i < l.sorter.folders) {
				return
			}
		}
	}
}

// Files returns those of the files that are to be kept, in the list's order, as a
// list of their own. It does not sort the list. It is valid until the list is closed,
// and need not be closed itself.
func (l *List) Files(keep func(name string) bool) *List {
	s := &l.sorter
	all := s.unordered()
	few := sorter{order: s.order, keys: s.keys}
	for _, k := range all[s.folders:] {
		if name := s.names[k.name]; keep(name) {
			k.name = uint32(len(few.names))
			few.names, few.keyed = append(few.names, name), append(few.keyed, k)
		}
	}
	few.unsorted = []span{{0, len(few.names)}}
	return &List{source: l.source, modified: l.modified, sorter: few}
}

// Sample yields about size names from all over the list, in no order, and
// whether each is a folder's. It does not sort the list.
func (l *List) Sample(size int) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		for i := 0; i < len(l.sorter.names); i += max(1, len(l.sorter.names)/size) {
			if !yield(l.sorter.names[i], i < l.sorter.folders) {
				return
			}
		}
	}
}

// Mark returns the position of the entry at index i, which must exist.
func (l *List) Mark(i int) Mark {
	k := l.sorter.sorted(i, i+1)[0]
	return Mark{Name: l.sorter.names[k.name], Dir: i < l.sorter.folders, Key: k.value}
}

// Index returns the index of the entry at a mark, and whether it exists. If it
// does not, the index is that of the first entry after it.
func (l *List) Index(m Mark) (i int, exists bool) {
	s := &l.sorter
	all := s.unordered()
	marked := sortKey{m.Key, s.keyMaker()(nil, m.Name), m.Name}
	if m.Dir {
		all = all[:s.folders]
	} else {
		i, all = s.folders, all[s.folders:]
	}
	for _, k := range all {
		switch c := s.compare(s.sortKey(k), marked); {
		case c < 0:
			i++
		case c == 0:
			exists = true
		}
	}
	return i, exists
}

// IndexOf returns the index of the file of a name; -1 if there is none. It does not
// sort the list.
func (l *List) IndexOf(name string) int {
	s := &l.sorter
	for _, k := range s.unordered()[s.folders:] {
		if s.names[k.name] == name {
			i, _ := l.Index(Mark{Name: name, Key: k.value})
			return i
		}
	}
	return -1
}
