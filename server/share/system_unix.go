//go:build unix

package share

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// openFlags keep a pipe from holding up whoever opens it, and a terminal from
// becoming ours. They mean nothing to regular files.
const openFlags = os.O_RDONLY | unix.O_NONBLOCK | unix.O_NOCTTY

// legal reports whether the system takes element as a name: all are legal but
// those that no path can hold.
func legal(element string) bool { return true }

// concealed reports whether a file is hidden by more than its name.
func concealed(fs.FileInfo) bool { return false }

// absent reports whether err says that no file can be had under that name.
func absent(err syscall.Errno) bool {
	switch err {
	case unix.ENOENT, unix.ENOTDIR, unix.ELOOP, unix.ENAMETOOLONG, unix.EINVAL, unix.EILSEQ, unix.ENXIO, unix.ENODEV, unix.EXDEV:
		return true
	}
	return false
}

// untie returns a second handle of dir and closes the first. Of a folder that
// an os.Root opened, ReadDir asks the system about each single entry; of this
// one it takes the kinds from the folder itself.
func untie(dir *os.File) (*os.File, error) {
	defer dir.Close()
	fd, err := unix.FcntlInt(dir.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, &fs.PathError{Op: "dup", Path: dir.Name(), Err: err}
	}
	return os.NewFile(uintptr(fd), dir.Name()), nil
}

// isMount reports whether the folder lies on another device than its parent.
func isMount(folder, parent fs.FileInfo) bool {
	a, ok := folder.Sys().(*syscall.Stat_t)
	b, ok2 := parent.Sys().(*syscall.Stat_t)
	return ok && ok2 && a.Dev != b.Dev
}

// lookIn looks at one entry of an open folder, not through a link.
func (t *tree) lookIn(dir *os.File, _, name string) (sight, error) {
	var st unix.Stat_t
	err := unix.Fstatat(int(dir.Fd()), name, &st, unix.AT_SYMLINK_NOFOLLOW)
	runtime.KeepAlive(dir)
	if err != nil {
		return sight{}, err
	}
	s := sight{mode: fs.ModeIrregular, size: st.Size, modified: time.Unix(st.Mtim.Unix())}
	s.perm, s.changed = fs.FileMode(st.Mode)&fs.ModePerm, uint64(st.Ctim.Nano())
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFREG:
		s.mode = 0
	case unix.S_IFDIR:
		s.mode = fs.ModeDir
	case unix.S_IFLNK:
		s.mode = fs.ModeSymlink
	}
	return s, nil
}

// inspect looks at one entry of an open folder, not through a link, and asks
// whether it can be read if it is a file.
func (t *tree) inspect(dir *os.File, folder, name string) (sight, error) {
	s, err := t.lookIn(dir, folder, name)
	if err == nil && s.mode.IsRegular() {
		err = unix.Faccessat(int(dir.Fd()), name, unix.R_OK, 0)
		runtime.KeepAlive(dir)
	}
	return s, err
}

// writeReason tells why the system did not write.
func writeReason(err error) error {
	switch {
	case errors.Is(err, unix.ENOSPC), errors.Is(err, unix.EDQUOT):
		return ErrFull
	case errors.Is(err, unix.EROFS):
		return ErrNotWritable
	case errors.Is(err, unix.EFBIG):
		return ErrTooLarge
	case errors.Is(err, unix.ENAMETOOLONG):
		return ErrLongName
	case errors.Is(err, unix.EXDEV):
		return ErrElsewhere
	}
	return nil
}

// flush makes the names in a folder last. Some file systems, such as those of
// other computers, see to that themselves and refuse.
func flush(dir *os.File) error {
	err := dir.Sync()
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP) || errors.Is(err, unix.EBADF) {
		return nil
	}
	return err
}
