package share

import (
	"io/fs"
	"os"
	"path"
	"runtime"
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
	return originAt(dir, path.Base(name), unix.AT_SYMLINK_NOFOLLOW)
}

// originOf is origin for a file that is open.
func originOf(f *os.File, _ fs.FileInfo) (inode uint64, born int64) {
	return originAt(f, "", unix.AT_EMPTY_PATH)
}

func originAt(f *os.File, name string, flags int) (inode uint64, born int64) {
	var st unix.Statx_t
	err := unix.Statx(int(f.Fd()), name, flags, unix.STATX_INO|unix.STATX_BTIME, &st)
	runtime.KeepAlive(f)
	if err != nil {
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
