package share

import (
	"io/fs"
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// hold returns a handle of the file at a name, by which the system tells where it has
// been moved; nil if there is none. It neither reads the file nor keeps others from
// deleting it.
func hold(root *os.Root, name string, info fs.FileInfo) *os.File {
	f, err := root.OpenFile(name, unix.O_PATH|unix.O_NOFOLLOW, 0)
	if err != nil {
		return nil
	}
	if held, err := f.Stat(); err != nil || !os.SameFile(held, info) {
		f.Close()
		return nil
	}
	return f
}

// whereIs returns the path that the system knows a file by, which need not lead to it
// any more.
func whereIs(f *os.File) string {
	path, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(int(f.Fd())))
	if err != nil {
		return ""
	}
	return path
}
