package share

import (
	"cmp"
	"context"
	"iter"
	"path"
	"strings"
)

// Member is a file or folder in a folder.
type Member struct {
	Entry
	ETag  string // as [File.ETag]; "" where that would take opening the file
	Inode uint64 // as [File.Inode]; 0 where that would
	Noted bool   // it has properties, see [Folder.Properties]
}

// members is [Folder.Members] in one tree.
func (r reader) members(ctx context.Context, name string, wait func() error) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		d, err := r.tree.openDir(name)
		if err != nil {
			yield(Member{}, failure("list", name, err))
			return
		}
		defer d.close()
		names, noted, err := d.readNoted(ctx, wait)
		if err != nil {
			yield(Member{}, err)
			return
		}
		for i, name := range names {
			if i%batch == 0 && ctx.Err() != nil {
				yield(Member{}, ctx.Err())
				return
			}
			m, ok := d.member(name)
			m.Noted = len(noted) > 0 && noted[propsName(name)]
			if ok && !yield(m, nil) {
				return
			}
		}
	}
}

// readNoted returns the names of what can be seen in the folder, and those of
// its files with properties.
func (d *openDir) readNoted(ctx context.Context, wait func() error) (names []string, noted map[string]bool, err error) {
	noted = map[string]bool{}
	var refused error
	next, seen := inTurn(wait, &refused), 0
	for e, err := range entries(d.file) {
		if seen++; err == nil && seen%batch == 0 {
			err = cmp.Or(ctx.Err(), next())
		}
		if err != nil {
			return nil, nil, err
		}
		if d.kind(e) != noKind {
			names = append(names, e.name)
		} else if strings.HasPrefix(e.name, propsPrefix) {
			d.tree.noted.Store(true)
			noted[e.name] = true
		}
	}
	return names, noted, nil
}

// member asks about one entry; ok is false if it can no longer be seen.
func (d *openDir) member(name string) (m Member, ok bool) {
	s, err := lstat(d.tree.root, d.file, d.path, name)
	if err != nil || kindOf(s.mode) == noKind {
		m.Entry, ok = d.entry(name) // a link
		return m, ok
	}
	return s.member(name), true
}

func (s stat) member(name string) Member {
	m := Member{Entry: Entry{Name: name, Dir: s.mode.IsDir(), Modified: s.modified}, Inode: s.inode}
	if m.Dir {
		return m
	}
	m.Size = s.size
	if s.inode != 0 {
		m.ETag = s.contentID().tag()
	}
	return m
}

// member is [Folder.Member] in one tree, without opening anything. It is not ok if
// that does not do.
func (r reader) member(name string) (m Member, ok bool) {
	if !wellFormed(name) || !r.tree.options.allowsAll(name) || r.tree.only != nil {
		return Member{}, false
	}
	s, err := r.tree.direct.look(name)
	if err != nil || kindOf(s.mode) == noKind {
		return Member{}, false
	}
	m = s.member(path.Base(name))
	m.Noted = true // only reading them tells
	return m, true
}

// Member describes what was opened.
func (f *File) Member() Member {
	m := Member{Entry: Entry{Name: f.Name(), Dir: f.IsDir(), Size: f.Size(), Modified: f.ModTime()}, Inode: f.Inode()}
	if !m.Dir {
		m.ETag = f.ETag()
	}
	m.Noted = true // a link may have led there, so only reading them tells
	return m
}
