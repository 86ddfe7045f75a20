package archive

import (
	"errors"
	"hash/crc32"
	"io"
	"io/fs"

	"windowsill/server/share"
)

// ErrChanged says that a file is no longer what it was when the archive was
// laid out.
var ErrChanged = errors.New("the file has changed meanwhile")

// FileError says which file keeps an archive from being made.
type FileError struct {
	Name string // in the share
	Err  error  // ErrChanged, or why it could not be read
}

// Error names the file and the reason.
func (e *FileError) Error() string { return e.Name + ": " + e.Err.Error() }

// Unwrap returns the reason.
func (e *FileError) Unwrap() error { return e.Err }

// content is a file on its way into an archive.
type content struct {
	file  *share.File
	name  string // in the share
	entry int
	size  int64
	read  int64 // bytes that sum covers, from the first one on; no more once a part was left out
	sum   uint32
}

// open opens the file of an entry, if it is what the layout says.
func (p *Packer) open(l *layout, i int) (*content, error) {
	name := l.source(i)
	f, err := p.share.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrChanged
	}
	if err != nil {
		return nil, &FileError{name, err}
	}
	c := &content{file: f, name: name, entry: i, size: l.entries[i].size}
	if f.IsDir() || f.Version() != l.entries[i].version() {
		f.Close()
		return nil, c.changed()
	}
	return c, nil
}

func (c *content) changed() error { return &FileError{c.name, ErrChanged} }

// ReadAt reads all of p, none of which lies beyond the size in the layout.
// Before it gives the last bytes, it makes sure that the file is still the
// same. What is read from the first byte on goes into the checksum.
func (c *content) ReadAt(p []byte, off int64) error {
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

// check makes sure that the file is still the same, once all up to its end is
// read.
func (c *content) check(upTo int64) error {
	if upTo == c.size && !c.file.Unchanged() {
		return c.changed()
	}
	return nil
}

// complete reports whether the checksum is that of the whole.
func (c *content) complete() bool { return c.read == c.size }
