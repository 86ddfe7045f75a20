package share

import (
	"iter"
	"time"
)

// Entry is a file or folder in a folder.
type Entry struct {
	Name     string // without a path; any bytes
	Dir      bool
	Size     int64 // bytes; 0 for folders
	Modified time.Time
	Err      error // why a root cannot be had: [ErrGone], [ErrNotReadable] or [ErrNotAnswering]; nil for all else
}

// List is what can be seen in a folder: folders first, then files, each in
// natural order unless [List.Sort] chooses another. It holds only names, so that
// a folder of 100,000 files takes little memory, and sorts only those parts that
// are looked at. It is used by one goroutine at a time.
type List struct {
	source   source
	modified time.Time // see Modified
	sorter   sorter
}

// source is what a list asks about its entries: a folder, or the roots of a share.
type source interface {
	// entry describes an entry; ok is false if it can no longer be seen. It may be
	// called from several goroutines at once.
	entry(name string) (e Entry, ok bool)
	close() error
}

// largeFolder is how many batches of names make a folder large.
const largeFolder = 20

// listInTurn is [Folder.ListInTurn] in one tree.
func (r reader) listInTurn(name string, wait func() error) (*List, error) {
	d, err := r.tree.openDir(name)
	if err != nil {
		return nil, failure("list", name, err)
	}
	var refused error
	folders, files, err := d.readNames(inTurn(wait, &refused))
	if err != nil {
		d.close()
		if refused != nil {
			return nil, refused
		}
		return nil, failure("list", name, err)
	}
	return &List{source: d, modified: d.modified, sorter: sorter{names: append(folders, files...), folders: len(folders)}}, nil
}

// inTurn returns what is called after each batch of names: wait, unless nil, once
// there are many. Its error is kept, and ends the reading.
func inTurn(wait func() error, refused *error) func() error {
	batches := 0
	return func() error {
		if batches++; batches == largeFolder && wait != nil {
			*refused = wait()
		}
		return *refused
	}
}

// Close closes the folder.
func (l *List) Close() error { return l.source.close() }

// Modified returns when a name was last added, changed or removed, as of just
// before the folder was read.
func (l *List) Modified() time.Time { return l.modified }

// Len returns how many names there are.
func (l *List) Len() int { return len(l.sorter.names) }

// Entries yields the entries with the indices from to to-1, as far as they
// exist. It asks the system about each in its turn, and leaves out those that
// have gone meanwhile. Of a long range it asks ahead of what is yielded, which
// takes about half the time where there is a second core. The list must not be
// used before the iteration ends.
func (l *List) Entries(from, to int) iter.Seq[Entry] {
	from, to = l.clamp(from, to)
	return ahead(to-from, func(i, end int) []Entry {
		names := make([]string, 0, end-i)
		for _, k := range l.sorter.sorted(from+i, from+end) {
			names = append(names, l.sorter.names[k.name])
		}
		return together(names, l.source.entry)
	})
}

// All yields all entries in no order, as [List.Entries] does. It does not sort the
// list.
func (l *List) All() iter.Seq[Entry] {
	return ahead(l.Len(), func(i, end int) []Entry { return together(l.sorter.names[i:end], l.source.entry) })
}

// clamp returns the part of a range of indices that exists.
func (l *List) clamp(from, to int) (int, int) {
	to = max(0, min(to, l.Len()))
	return max(0, min(from, to)), to
}
