package share

import (
	"io/fs"
	"os"
	"syscall"
)

// stampOf takes the file's identity from its info.
func stampOf(_ *os.File, info fs.FileInfo) stamp {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return stamp{}
	}
	return stamp{device: uint64(st.Dev), inode: st.Ino, changed: uint64(st.Ctim.Nano())}
}
