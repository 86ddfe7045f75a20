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

// listings are buffers for what the system tells about a folder at a time.
var listings = sync.Pool{New: func() any { return new([32 << 10]byte) }}

// entries goes through what is in a folder, in the system's order. An error
// comes last. An entry is good until the next one comes. Its name is part of a
// text with some hundred others: who keeps few of them keeps copies.
//
// It does what os.File.ReadDir does, but without two allocations for each
// entry, and without a look at each in a folder that an os.Root has opened.
func entries(dir *os.File) iter.Seq2[*entry, error] {
	return func(yield func(*entry, error) bool) {
		buf := listings.Get().(*[32 << 10]byte)
		defer listings.Put(buf)
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
				known := e.tell(dir, raw[18])
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

// tell takes in the type of an entry, and reports whether it is one at all.
// Some file systems do not tell types together with names.
func (e *entry) tell(dir *os.File, as byte) bool {
	switch as {
	case unix.DT_REG:
		e.mode = 0
	case unix.DT_DIR:
		e.mode = fs.ModeDir
	case unix.DT_LNK:
		e.mode = fs.ModeSymlink
	case unix.DT_UNKNOWN:
		s, err := (*tree)(nil).lookIn(dir, "", e.name)
		e.mode = s.mode
		return err == nil
	default:
		e.mode = fs.ModeIrregular
	}
	return true
}
