package archive

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io/fs"
	"math"
	"sync/atomic"
	"unsafe"

	"windowsill/server/share"
)

// ErrCrowded says that all the memory for layouts is in use. It is given back
// when downloads end.
var ErrCrowded = errors.New("too many archives at once")

// ErrTooLarge says that there are more files than one archive may have.
var ErrTooLarge = errors.New("too many files for one archive")

// quantum is how much memory a builder takes at a time, in bytes.
const quantum = 1 << 20

// builder makes a layout.
type builder struct {
	*layout
	take    func(bytes int64) error // asks for memory, which stands in layout.cost
	left    int64                   // bytes of it that are not used yet
	folders []int32                 // the folders that lead to what comes next
	omitted omitted
	path    []byte // of the entry in hand, as the archive has it
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
	if w.Names != nil && len(b.entries) == 1 && b.omitted.onlyMissing() {
		return fs.ErrNotExist
	}
	b.dateFolders()
	if err := b.addNote(); err != nil {
		return err
	}
	b.place()
	return nil
}

// item adds what the walk came to.
func (b *builder) item(w Selection, i share.Item) error {
	switch {
	case i.Depth == 0:
		i.Name = w.Title
	case i.Depth > len(b.folders):
		return nil // its folder was left out
	}
	b.folders = b.folders[:i.Depth]
	b.path = b.path[:0]
	for _, up := range b.folders {
		b.path = append(b.format.path(b.path, b.name(int(up))), '/')
	}
	b.path = b.format.path(b.path, []byte(i.Name))
	switch {
	case i.Err != nil && i.Depth == 0:
		return i.Err
	case i.Err != nil:
		b.omitted.add(b.path, i.Err)
		return nil
	case len(b.path) >= math.MaxUint16:
		b.omitted.add(b.path, errLongPath)
		return nil
	}
	e := entry{size: i.Size, modified: i.Modified.UnixNano(), changed: i.Version.Changed, mode: uint16(i.Perm), parent: -1}
	if n := len(b.folders); n > 0 {
		e.parent = b.folders[n-1]
	}
	if i.Dir {
		e.kind = folder
		b.folders = append(b.folders, int32(len(b.entries)))
	}
	return b.add(e, i.Name)
}

// add adds an entry, if there is memory for it.
func (b *builder) add(e entry, name string) error {
	cost := int64(unsafe.Sizeof(e)) + sumEntry + int64(len(name))
	cost += cost / 2 // slices grow by leaps
	if b.left -= cost; b.left < 0 {
		if err := b.take(quantum); err != nil {
			return err
		}
		b.cost += quantum
		b.left += quantum
	}
	b.names = append(b.names, name...)
	e.nameEnd = uint32(len(b.names))
	b.entries = append(b.entries, e)
	return nil
}

// dateFolders gives each folder the time of the newest file below it, if there
// is one. Its own changes also with hidden files, and with what is just coming
// in under another name, and then a download could not be resumed.
func (b *builder) dateFolders() {
	const dated = 1 << 15 // in entry.mode, meanwhile
	for i := len(b.entries) - 1; i > 0; i-- {
		e := &b.entries[i]
		if e.kind == folder && e.mode&dated == 0 {
			continue // it has no files
		}
		e.mode &^= dated
		if up := &b.entries[e.parent]; up.mode&dated == 0 || up.modified < e.modified {
			up.modified = e.modified
			up.mode |= dated
		}
	}
	b.entries[0].mode &^= dated
}

// addNote adds the note that says what was left out.
func (b *builder) addNote() error {
	text := b.omitted.text()
	if text == "" {
		return nil
	}
	name := "NOT INCLUDED.txt"
	if string(b.name(0)) == name {
		name = "NOT INCLUDED 2.txt"
	}
	b.note = []byte(text)
	return b.add(entry{kind: note, parent: -1, size: int64(len(text)), modified: b.entries[0].modified, mode: 0o644}, name)
}

// place finds out where everything stands, and makes the validator of it all.
func (b *builder) place() {
	tag := sha256.New()
	var buf []byte
	at := int64(0)
	b.eachPath(func(e *entry, path []byte) {
		e.offset = at
		buf = b.format.head(buf[:0], path, e)
		e.head = uint32(len(buf))
		if e.kind == file {
			buf = le.AppendUint64(buf, uint64(e.modified))
			buf = le.AppendUint64(buf, e.changed)
		}
		buf = le.AppendUint64(buf, uint64(e.size))
		tag.Write(buf)
		at = e.tailAt() + int64(len(b.format.tail(buf[:0], e, 0)))
	})
	b.records = at
	b.eachPath(func(e *entry, path []byte) {
		e.record = at
		buf = b.format.record(buf[:0], path, e, 0)
		tag.Write(buf)
		at += int64(len(buf))
	})
	b.end = at
	b.size = at + int64(len(b.format.end(nil, b.layout)))
	tag.Write(b.note)
	b.tag = `"` + base64.RawURLEncoding.EncodeToString(tag.Sum(nil)[:15]) + `"`
	if b.format.sums() {
		b.sums = make([]atomic.Uint64, len(b.entries))
	}
}

// eachPath goes through the entries with their paths as the archive has them.
func (b *builder) eachPath(do func(e *entry, path []byte)) {
	for i := range b.entries {
		b.path = b.archivePath(b.path[:0], i)
		do(&b.entries[i], b.path)
	}
}

// archivePath appends the path of an entry as the format writes it, with a
// slash at the end if it is a folder.
func (l *layout) archivePath(b []byte, i int) []byte {
	e := &l.entries[i]
	if e.parent >= 0 {
		b = l.archivePath(b, int(e.parent))
	}
	b = l.format.path(b, l.name(i))
	if e.kind == folder {
		b = append(b, '/')
	}
	return b
}
