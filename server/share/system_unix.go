//go:build unix

package share

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// openFlags keep Open from waiting for the other end of a pipe, and a terminal
// from becoming ours. They have no effect on regular files.
const openFlags = os.O_RDONLY | unix.O_NONBLOCK | unix.O_NOCTTY

// legal reports whether element is a name by the rules of the system, which has
// none that paths do not have.
func legal(element string) bool { return true }

// concealed reports whether a file is hidden by more than its name.
func concealed(fs.FileInfo) bool { return false }

// absent reports whether err says that there is no such file.
func absent(err syscall.Errno) bool {
	switch err {
	case unix.ENOENT, unix.ENOTDIR, unix.ELOOP, unix.ENAMETOOLONG, unix.EINVAL, unix.EILSEQ, unix.ENXIO, unix.ENODEV, unix.EXDEV:
		return true
	}
	return false
}

// detach returns a second handle of dir and closes the first. For a folder that
// an os.Root opened, ReadDir asks the system about every entry; for this one, it
// takes the kinds from the folder itself.
func detach(dir *os.File) (*os.File, error) {
	defer dir.Close()
	fd, err := unix.FcntlInt(dir.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, &fs.PathError{Op: "dup", Path: dir.Name(), Err: err}
	}
	return os.NewFile(uintptr(fd), dir.Name()), nil
}

// isMount reports whether a folder is on another device than its parent.
func isMount(folder, parent fs.FileInfo) bool {
	a, ok := folder.Sys().(*syscall.Stat_t)
	b, ok2 := parent.Sys().(*syscall.Stat_t)
	return ok && ok2 && a.Dev != b.Dev
}

// lstat returns what the system tells about an entry of an open folder. It does
// not follow links.
func lstat(_ *os.Root, dir *os.File, _, name string) (stat, error) {
	var st unix.Stat_t
	err := unix.Fstatat(int(dir.Fd()), name, &st, unix.AT_SYMLINK_NOFOLLOW)
	runtime.KeepAlive(dir)
	if err != nil {
		return stat{}, err
	}
	return statFrom(&st), nil
}

func statFrom(st *unix.Stat_t) stat {
	s := stat{mode: fs.ModeIrregular, size: st.Size, modified: time.Unix(st.Mtim.Unix())}
	s.perm, s.changed = fs.FileMode(st.Mode)&fs.ModePerm, uint64(st.Ctim.Nano())
	s.device, s.inode = uint64(st.Dev), uint64(st.Ino)
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFREG:
		s.mode = 0
	case unix.S_IFDIR:
		s.mode = fs.ModeDir
	case unix.S_IFLNK:
		s.mode = fs.ModeSymlink
	}
	return s
}

// lstatAccess is lstat, with an error if it is a file that cannot be read.
func (t *tree) lstatAccess(dir *os.File, folder, name string) (stat, error) {
	s, err := lstat(t.root, dir, folder, name)
	if err == nil && s.mode.IsRegular() {
		err = unix.Faccessat(int(dir.Fd()), name, unix.R_OK, 0)
		runtime.KeepAlive(dir)
	}
	return s, err
}

// writeReason returns why the system did not write, or nil.
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
	case errors.Is(err, unix.EBUSY): // of a rename
		return ErrMounted
	case errors.Is(err, unix.EXDEV):
		return ErrElsewhere
	}
	return nil
}

// flush flushes the names in a folder to the disk. Some file systems, such as
// network drives, do that by themselves and refuse.
func flush(dir *os.File) error {
	err := dir.Sync()
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP) || errors.Is(err, unix.EBADF) {
		return nil
	}
	return err
}

// renameCase changes the case of letters. [os.Root.Rename] refuses that for folders
// which [os.SameFile] takes for two, as through FUSE.
func renameCase(t *tree, old, new string) error {
	return withParents(t, old, new, func(from, to *os.File) error {
		err := unix.Renameat(int(from.Fd()), path.Base(old), int(to.Fd()), path.Base(new))
		runtime.KeepAlive(from)
		runtime.KeepAlive(to)
		if err != nil {
			return &os.LinkError{Op: "renameat", Old: old, New: new, Err: err}
		}
		return nil
	})
}

// lockWhileOpen locks a file until it is closed or the program ends, however that
// does, which shows that it is being written. Not every drive can.
func lockWhileOpen(f *os.File) { _ = lockFile(f) }

// isUnlocked reports whether nobody holds the lock of a file.
func isUnlocked(root *os.Root, name string) bool {
	f, err := root.OpenFile(name, openFlags, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	return lockFile(f) == nil
}

func lockFile(f *os.File) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	closed := raw.Control(func(fd uintptr) { err = unix.Flock(int(fd), unix.LOCK_EX|unix.LOCK_NB) })
	return errors.Join(closed, err)
}
