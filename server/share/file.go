package share

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"io/fs"
	"os"
	"path"
	"time"
)

// File is a regular file or a folder of the share, open for reading. It is used
// by one goroutine at a time, and closed by whoever opened it.
type File struct {
	file *os.File
	info fs.FileInfo // of file itself, when it was opened
	tree *tree       // nil for the share itself, if that consists of roots
	name string
	root string // its name, if it is a root of a share of several
}

// Reopen opens the file again, by its name, for a goroutine of its own. It works
// also after Close. The error satisfies [fs.ErrNotExist] if something else has
// that name by now.
func (f *File) Reopen() (*File, error) {
	again, _, err := f.tree.reach(f.name)
	if err == nil && !os.SameFile(f.info, again.info) {
		again.Close()
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, failure("open", f.name, err)
	}
	return again, nil
}

// Name returns the last element of the name that it was opened by; for the share
// itself that is ".".
func (f *File) Name() string {
	if f.root != "" {
		return f.root
	}
	return path.Base(f.name)
}

// IsDir reports whether it is a folder.
func (f *File) IsDir() bool { return f.info.IsDir() }

// Size returns the length of a file in bytes as it was opened; 0 for a folder.
func (f *File) Size() int64 {
	if f.IsDir() {
		return 0
	}
	return f.info.Size()
}

// ModTime returns when its content last changed, according to the system.
func (f *File) ModTime() time.Time { return f.info.ModTime() }

// Read reads the file's content.
func (f *File) Read(p []byte) (int, error) { return f.file.Read(p) }

// ReadAt reads the file's content from offset off.
func (f *File) ReadAt(p []byte, off int64) (int, error) { return f.file.ReadAt(p, off) }

// Seek sets the offset for the next Read.
func (f *File) Seek(offset int64, whence int) (int64, error) { return f.file.Seek(offset, whence) }

// Content returns the open file itself, since the kernel copies bytes to the
// network only from an *os.File. It is closed with f.
func (f *File) Content() *os.File { return f.file }

// Close closes it.
func (f *File) Close() error {
	if f.file == nil {
		return nil
	}
	return f.file.Close()
}

// ETag returns a strong validator in quotes (RFC 9110 8.8.3). It survives a
// restart, and changes as soon as the system records a change: also within the
// same second, and if the modification time is set back.
func (f *File) ETag() string {
	if f.file == nil {
		return contentID{modified: f.info.ModTime().UnixNano()}.tag()
	}
	return f.contentID().tag()
}

// contentID returns that of an open file.
func (f *File) contentID() contentID {
	return contentID{stampOf(f.file, f.info), f.info.Size(), f.info.ModTime().UnixNano()}
}

// contentID tells a content of a file from all others.
type contentID struct {
	stamp
	size, modified int64 // bytes; nanoseconds since 1970
}

func (i contentID) tag() string {
	var b [8 * 6]byte
	for n, v := range [...]uint64{i.device, i.inode, uint64(i.size), uint64(i.modified), i.changed} {
		binary.LittleEndian.PutUint64(b[8*n:], v)
	}
	sum := sha256.Sum256(b[:])
	var tag [1 + 16 + 1]byte // 12 bytes make 16 characters
	tag[0], tag[len(tag)-1] = '"', '"'
	base64.RawURLEncoding.Encode(tag[1:], sum[:12])
	return string(tag[:])
}

// stamp tells two files, and two contents of one file, apart, together with size
// and modification time. Fields that the system does not have are zero.
type stamp struct {
	device, inode uint64
	changed       uint64 // nanoseconds since 1970, when content or attributes changed
}
