package share

import (
	"io/fs"
	"os"
	"syscall"
)

// origin returns the inode of what is at a name, and when it was made.
func origin(_ *os.Root, _ string, info fs.FileInfo) (inode uint64, born int64) {
	return originOf(nil, info)
}

// originOf is origin for a file that is open. info is nil if that could not be told.
func originOf(_ *os.File, info fs.FileInfo) (inode uint64, born int64) {
	if info == nil {
		return 0, 0
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0
	}
	return st.Ino, st.Birthtimespec.Nano()
}

// stampOf takes the file's identity from its info.
func stampOf(_ *os.File, info fs.FileInfo) stamp {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return stamp{}
	}
	return stamp{device: uint64(st.Dev), inode: st.Ino, changed: uint64(st.Ctimespec.Nano())}
}
