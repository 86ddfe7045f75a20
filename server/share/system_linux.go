package share

import (
	"io/fs"
	"os"
	"path"
	"syscall"

	"golang.org/x/sys/unix"
)

// origin returns the inode of what is at a name, and when it was made.
func origin(root *os.Root, name string, _ fs.FileInfo) (inode uint64, born int64) {
	dir, err := root.OpenFile(parent(name), openFlags, 0)
	if err != nil {
		return 0, 0
	}
	defer dir.Close()
	var st unix.Statx_t
	if unix.Statx(int(dir.Fd()), path.Base(name), unix.AT_SYMLINK_NOFOLLOW, unix.STATX_INO|unix.STATX_BTIME, &st) != nil {
		return 0, 0
	}
	return st.Ino, st.Btime.Sec*1e9 + int64(st.Btime.Nsec)
}

// stampOf takes the file's identity from its info.
func stampOf(_ *os.File, info fs.FileInfo) stamp {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return stamp{}
	}
	return stamp{device: uint64(st.Dev), inode: st.Ino, changed: uint64(st.Ctim.Nano())}
}
