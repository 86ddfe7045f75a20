//go:build linux || darwin || freebsd

package share

import (
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// freeAt asks the file system that a folder is on.
func freeAt(dir *os.File) (int64, error) { return freeAround(dir) }

// freeAround asks the one that a file is on.
func freeAround(f *os.File) (int64, error) {
	var st unix.Statfs_t
	err := unix.Fstatfs(int(f.Fd()), &st)
	runtime.KeepAlive(f)
	if err != nil {
		return 0, err
	}
	return int64(st.Bavail) * int64(st.Bsize), nil
}
