package share

import (
	"encoding/binary"
	"io/fs"
	"iter"
	"os"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/sys/unix"
)

// direntBuffers hold what the system returns at a time of a folder's entries.
var direntBuffers = sync.Pool{New: func() any { return new([32 << 10]byte) }}

// entries yields what is in a folder, in the system's order. An error comes
// last. An entry is valid until the next one comes. Its name is part of a string
// with some hundred others, so whoever keeps few of them should clone them.
//
// It does what os.File.ReadDir does, without two allocations for each entry and
// without asking about each of them in a folder that an os.Root has opened.
func entries(dir *os.File) iter.Seq2[*entry, error] {
	return func(yield func(*entry, error) bool) {
		buf := direntBuffers.Get().(*[32 << 10]byte)
		defer direntBuffers.Put(buf)
		var e entry
		for {
			n, err := readEntries(dir, buf[:])
			if err != nil {
				yield(nil, err)
			}
			if n <= 0 {
				return
			}
			for raw, text := buf[:n], string(buf[:n]); len(raw) > 0; {
				// A linux_dirent64: number, offset, its own length, type, name.
				length := int(binary.NativeEndian.Uint16(raw[16:]))
				e.name, _, _ = strings.Cut(text[19:length], "\x00")
				known := e.setMode(dir, raw[18])
				raw, text = raw[length:], text[length:]
				if known && e.name != "." && e.name != ".." && !yield(&e, nil) {
					return
				}
			}
		}
	}
}

func readEntries(dir *os.File, buf []byte) (n int, err error) {
	for {
		n, err = unix.Getdents(int(dir.Fd()), buf)
		runtime.KeepAlive(dir)
		if err != unix.EINTR {
			return n, os.NewSyscallError("getdents64", err)
		}
	}
}

// setMode sets the mode of an entry by its type, and reports whether it still
// exists. Some file systems do not return types together with names.
func (e *entry) setMode(dir *os.File, direntType byte) bool {
	switch direntType {
	case unix.DT_REG:
		e.mode = 0
	case unix.DT_DIR:
		e.mode = fs.ModeDir
	case unix.DT_LNK:
		e.mode = fs.ModeSymlink
	case unix.DT_UNKNOWN:
		s, err := lstat(nil, dir, "", e.name)
		e.mode = s.mode
		return err == nil
	default:
		e.mode = fs.ModeIrregular
	}
	return true
}
