//go:build linux || darwin || freebsd

package share

import (
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// freeAt asks the file system that a folder is on.
func freeAt(dir *os.File) (int64, error) {
	var st unix.Statfs_t
	err := unix.Fstatfs(int(dir.Fd()), &st)
	runtime.KeepAlive(dir)
	if err != nil {
		return 0, err
	}
	return int64(st.Bavail) * int64(st.Bsize), nil
}
