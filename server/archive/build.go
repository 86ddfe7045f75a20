package archive

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io/fs"
	"math"
	"sync/atomic"
	"time"
	"unsafe"

	"windowsill/server/share"
)

// ErrCrowded says that all memory for layouts is in use. Downloads that end give
// some back.
var ErrCrowded = errors.New("too many archives at once")

// ErrTooLarge says that there are too many files for one archive.
var ErrTooLarge = errors.New("too many files for one archive")

// memoryStep is how many bytes of memory a builder takes at a time.
const memoryStep = 1 << 20

// builder builds a layout.
type builder struct {
	layout  *layout
	take    func(bytes int64) error // takes memory, which then counts in layout.usage.cost
	left    int64                   // bytes of it that are still unused
	folders []int32                 // the entries of the folders that the next item is in
	windows bool                    // names are for Windows
	omitted omitted
	renamed list
	path    []byte // of the current entry in the archive
}

// build walks the folder and lays out the archive.
func (b *builder) build(ctx context.Context, f *share.Folder, w Selection) error {
	for item, err := range f.Walk(ctx, w.Folder, w.Names) {
		if err == nil {
			err = b.item(w, item)
		}
		if err != nil {
			return err
		}
	}
	if w.Names != nil && b.isEmpty() && b.omitted.onlyMissing() {
		return fs.ErrNotExist
	}
	b.dateFolders()
	if err := b.rename(); err != nil {
		return err
	}
	if err := b.addNote(); err != nil {
		return err
	}
	b.setOffsets()
	return nil
}

// isEmpty reports whether there is nothing but the folder itself.
func (b *builder) isEmpty() bool {
	n := len(b.layout.entries)
	return n == 0 || n == 1 && !b.layout.bare
}

// item adds an item of the walk.
func (b *builder) item(w Selection, i share.Item) error {
	l := b.layout
	if l.bare && i.Depth == 0 {
		return i.Err
	}
	if l.bare {
		i.Depth--
	}
	isTop := i.Depth == 0 && !l.bare
	switch {
	case isTop:
		i.Name = w.Title
	case i.Depth > len(b.folders):
		return nil // its folder was left out
	}
	b.folders = b.folders[:i.Depth]
	b.path = b.path[:0]
	for _, up := range b.folders {
		b.path = append(l.format.path(b.path, l.name(int(up))), '/')
	}
	b.path = l.format.path(b.path, []byte(i.Name))
	switch {
	case i.Err != nil && isTop:
		return i.Err
	case i.Err != nil:
		b.omitted.add(b.path, i.Err)
		return nil
	case len(b.path)+len(b.folders)*b.renameRoom() >= math.MaxUint16:
		b.omitted.add(b.path, errLongPath)
		return nil
	}
	e := entry{
		size: i.Size, modified: i.Modified.UnixNano(), changed: i.Version.Changed,
		mode: uint16(i.Perm), parent: -1, inBlocks: !i.Dir && l.format.inBlocks(i.Size),
	}
	if time.Since(i.Modified) < growsFor {
		e.inode = i.Inode
	}
	if n := len(b.folders); n > 0 {
		e.parent = b.folders[n-1]
	}
	if i.Dir {
		e.kind = folder
		b.folders = append(b.folders, int32(len(l.entries)))
	}
	return b.add(e, i.Name)
}

// add adds an entry.
func (b *builder) add(e entry, name string) error {
	l := b.layout
	cost := int64(unsafe.Sizeof(e)) + sumEntry + int64(len(name))
	cost += cost / 2 // slices grow in steps
	if b.windows {
		cost += claimCost
	}
	if err := b.charge(cost); err != nil {
		return err
	}
	l.names = append(l.names, name...)
	e.nameEnd = uint32(len(l.names))
	l.entries = append(l.entries, e)
	return nil
}

// charge counts bytes of memory as the layout's.
func (b *builder) charge(cost int64) error {
	if b.left -= cost; b.left < 0 {
		if err := b.take(memoryStep); err != nil {
			return err
		}
		b.layout.usage.cost += memoryStep
		b.left += memoryStep
	}
	return nil
}

// dateFolders gives each folder the modification time of the newest file below
// it, if there is one. The folder's own also changes with hidden files, such as
// uploads in progress, and then a download could not be resumed.
func (b *builder) dateFolders() {
	l := b.layout
	const dated = 1 << 15 // set in entry.mode meanwhile
	for i := len(l.entries) - 1; i >= 0; i-- {
		e := &l.entries[i]
		if e.kind == folder && e.mode&dated == 0 {
			continue // no files below it
		}
		e.mode &^= dated
		if e.parent < 0 {
			continue
		}
		if up := &l.entries[e.parent]; up.mode&dated == 0 || up.modified < e.modified {
			up.modified = e.modified
			up.mode |= dated
		}
	}
}

// setOffsets computes where everything is, and the tag.
func (b *builder) setOffsets() {
	l := b.layout
	tag := sha256.New()
	var buf []byte
	at := int64(0)
	b.eachPath(func(e *entry, path []byte) {
		e.offset = at
		buf = l.format.header(buf[:0], path, e, 0)
		e.headerSize = uint32(len(buf))
		if e.kind == file {
			buf = le.AppendUint64(buf, uint64(e.modified))
			buf = le.AppendUint64(buf, e.changed)
		}
		buf = le.AppendUint64(buf, uint64(e.size))
		tag.Write(buf)
		at = e.trailerAt() + int64(len(l.format.trailer(buf[:0], e, 0)))
	})
	l.records = at
	b.eachPath(func(e *entry, path []byte) {
		e.record = at
		buf = l.format.record(buf[:0], path, e, 0)
		tag.Write(buf)
		at += int64(len(buf))
	})
	l.end = at
	l.size = at + int64(len(l.format.end(nil, l)))
	tag.Write(l.note)
	l.tag = `"` + base64.RawURLEncoding.EncodeToString(tag.Sum(nil)[:15]) + `"`
	if l.format.hasSums() {
		l.sums = make([]atomic.Uint64, len(l.entries))
	}
}

// eachPath calls do with each entry and its path in the archive.
func (b *builder) eachPath(do func(e *entry, path []byte)) {
	l := b.layout
	for i := range l.entries {
		b.path = l.archivePath(b.path[:0], i)
		do(&l.entries[i], b.path)
	}
}

// appendName appends the last element of an entry's path in the archive.
func (l *layout) appendName(b []byte, i int) []byte {
	if name, ok := l.renamed[int32(i)]; ok {
		return append(b, name...)
	}
	return l.format.path(b, l.name(i))
}

// archivePath appends the path of an entry as the format writes it, with a slash
// at the end if it is a folder.
func (l *layout) archivePath(b []byte, i int) []byte {
	e := &l.entries[i]
	if e.parent >= 0 {
		b = l.archivePath(b, int(e.parent))
	}
	b = l.appendName(b, i)
	if e.kind == folder {
		b = append(b, '/')
	}
	return b
}
