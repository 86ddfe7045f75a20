package share

import (
	"errors"
	"os"
	"path"
	"runtime"

	"golang.org/x/sys/unix"
)

// renameInOneStep asks the kernel. Some file systems, such as those of servers,
// do not support it.
func renameInOneStep(t *tree, old, new string) error {
	return withParents(t, old, new, func(from, to *os.File) error {
		err := unix.RenameatxNp(int(from.Fd()), path.Base(old), int(to.Fd()), path.Base(new), unix.RENAME_EXCL)
		runtime.KeepAlive(from)
		runtime.KeepAlive(to)
		switch err {
		case nil:
			return nil
		case unix.EINVAL, unix.ENOTSUP, unix.ENOSYS:
			return errors.ErrUnsupported
		}
		return &os.LinkError{Op: "renameatx_np", Old: old, New: new, Err: err}
	})
}
