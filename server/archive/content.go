package archive

import (
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"time"

	"windowsill/server/share"
)

// ErrChanged says that a file has changed since the archive was laid out.
var ErrChanged = errors.New("the file has changed meanwhile")

// FileError says which file an archive failed at.
type FileError struct {
	Name string // in the share
	Err  error  // ErrChanged, or why it could not be read
}

// Error names the file and the reason.
func (e *FileError) Error() string { return e.Name + ": " + e.Err.Error() }

// Unwrap returns the reason.
func (e *FileError) Unwrap() error { return e.Err }

// content is an open file of an archive.
type content struct {
	file  *share.File
	name  string // in the share
	entry int
	size  int64
	read  int64 // bytes that sum covers, from the first one on
	sum   uint32
	kept  []byte // all of it, if it was small and read for its checksum

	growing bool // it may be
	grown   bool // since the archive was laid out
}

// openEntry opens the file of an entry, if it is still as the layout says.
func (p *Packer) openEntry(l *layout, i int) (*content, error) {
	name := l.source(i)
	f, err := l.usage.share.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrChanged
	}
	if err != nil {
		return nil, &FileError{name, err}
	}
	e := &l.entries[i]
	c := &content{file: f, name: name, entry: i, size: e.size, growing: e.inode != 0, grown: e.hasGrown(f)}
	if f.IsDir() || f.Version() != e.version() && !c.grown {
		f.Close()
		return nil, c.changed()
	}
	return c, nil
}

// growsFor is how long after it was last written to a file still counts as one
// that grows, such as a log.
const growsFor = 10 * time.Minute

// hasGrown reports whether f is the entry's file, and longer by now. A file that
// grows is archived as far as its length was promised. One that had been left
// alone for a while has rather been replaced by something longer.
func (e *entry) hasGrown(f *share.File) bool {
	return e.inode != 0 && f.Inode() == e.inode && f.Size() > e.size
}

func (c *content) changed() error { return &FileError{c.name, ErrChanged} }

// ReadAt fills p, which must not reach beyond the size in the layout. With the
// last bytes, it makes sure that the file has not changed. What is read in order
// from the first byte goes into the checksum.
func (c *content) ReadAt(p []byte, off int64) error {
	if c.kept != nil {
		copy(p, c.kept[off:])
		return nil
	}
	switch n, err := c.file.ReadAt(p, off); {
	case n == len(p): // err may be io.EOF
	case err == io.EOF:
		return c.changed()
	default:
		return &FileError{c.name, err}
	}
	if off == c.read {
		c.sum = crc32.Update(c.sum, crc32.IEEETable, p)
		c.read += int64(len(p))
	}
	return c.check(off + int64(len(p)))
}

// check makes sure, once the last byte was read, that the file has not changed,
// but for having grown.
func (c *content) check(upTo int64) error {
	if upTo < c.size || c.file.Unchanged() {
		return nil
	}
	if c.growing && c.file.HasGrown() {
		c.grown = true
		return nil
	}
	return c.changed()
}

// complete reports whether the checksum covers the whole file.
func (c *content) complete() bool { return c.read == c.size }
