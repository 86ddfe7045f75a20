package share

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// direct reaches what lies deep in the share in one step: the kernel itself
// refuses to follow links and to leave the share (openat2, since Linux 5.6).
// Walking there takes three times as many system calls two folders down.
type direct struct {
	dir  *os.File        // the shared folder
	conn syscall.RawConn // of dir; nil if the kernel cannot do it
}

func newDirect(root *os.Root) direct {
	dir, err := root.Open(".")
	if err != nil {
		return direct{}
	}
	conn, err := dir.SyscallConn()
	if err != nil {
		dir.Close()
		return direct{}
	}
	return direct{dir, conn}
}

func (d direct) close() {
	if d.dir != nil {
		d.dir.Close()
	}
}

// in calls do with the descriptor of the shared folder. That may be closed at any
// time; the descriptor is valid in there only.
func (d direct) in(do func(dir int) error) error {
	if d.conn == nil {
		return errUnreached
	}
	var err error
	if failed := d.conn.Control(func(dir uintptr) { err = do(int(dir)) }); failed != nil {
		return errUnreached
	}
	return err
}

// open opens the regular file or folder at name. The error is [fs.ErrNotExist] if
// there is nothing, or errUnreached.
func (d direct) open(name string) (file *os.File, info fs.FileInfo, err error) {
	fd := -1
	if err := d.in(func(dir int) (err error) { fd, err = openBeneath(dir, name); return err }); err != nil {
		return nil, nil, err
	}
	file = os.NewFile(uintptr(fd), name)
	if info, err = file.Stat(); err != nil {
		file.Close()
		return nil, nil, errUnreached
	}
	return file, info, nil
}

// openBeneath returns a descriptor for reading what is at name below dir. It looks
// before it opens, because opening a device may do something to it. What it looked
// at stays open meanwhile, so that its inode number is given to nothing else.
func openBeneath(dir int, name string) (fd int, err error) {
	place, looked, err := lookBeneath(dir, name)
	if err != nil {
		return -1, err
	}
	defer unix.Close(place)
	if kind := looked.Mode & unix.S_IFMT; kind != unix.S_IFREG && kind != unix.S_IFDIR {
		return -1, errUnreached
	}
	return openSame(dir, name, &looked)
}

// lookBeneath returns a descriptor that holds what is at name below dir, also a
// link, without opening it.
func lookBeneath(dir int, name string) (place int, looked unix.Stat_t, err error) {
	if place, err = openat2(dir, name, unix.O_PATH|unix.O_NOFOLLOW, 0); err != nil {
		return -1, looked, err
	}
	if unix.Fstat(place, &looked) != nil {
		unix.Close(place)
		return -1, looked, errUnreached
	}
	return place, looked, nil
}

// openSame opens what is at name, unless that is something else by now.
func openSame(dir int, name string, looked *unix.Stat_t) (fd int, err error) {
	if fd, err = openat2(dir, name, uint64(openFlags|unix.O_LARGEFILE), 0); err != nil {
		return -1, errUnreached
	}
	var opened unix.Stat_t
	if unix.Fstat(fd, &opened) != nil || looked.Dev != opened.Dev || looked.Ino != opened.Ino {
		unix.Close(fd)
		return -1, errUnreached
	}
	return fd, nil
}

// errLarge says that a file is larger than wanted.
var errLarge = errors.New("too large")

// read returns all of the regular file at name, if that has at most so many bytes. The
// error is as for open, or errLarge.
func (d direct) read(name string, most int64) (content []byte, s stat, err error) {
	err = d.in(func(dir int) error {
		place, looked, err := lookBeneath(dir, name)
		if err != nil {
			return err
		}
		defer unix.Close(place)
		switch {
		case looked.Mode&unix.S_IFMT != unix.S_IFREG:
			return errUnreached
		case looked.Size > most:
			return errLarge
		}
		fd, err := openSame(dir, name, &looked)
		if err != nil {
			return err
		}
		defer unix.Close(fd)
		s, content = statFrom(&looked), make([]byte, looked.Size)
		if n, err := unix.Pread(fd, content, 0); err != nil || int64(n) != looked.Size {
			return errUnreached // it is changing
		}
		return nil
	})
	return content, s, err
}

// look tells what is at name, which may be a link. The error is as for open.
func (d direct) look(name string) (s stat, err error) {
	err = d.in(func(dir int) error {
		place, looked, err := lookBeneath(dir, name)
		if err == nil {
			s = statFrom(&looked)
			unix.Close(place)
		}
		return err
	})
	return s, err
}

// folder opens the folder at name, not to read it, but for what is in it.
func (d direct) folder(name string) (dir *os.File, ok bool) {
	return d.openFile(name, unix.O_PATH|unix.O_DIRECTORY|unix.O_NOFOLLOW, 0)
}

// create makes a file that does not exist yet, to append to it.
func (d direct) create(name string) (file *os.File, ok bool) {
	return d.openFile(name, unix.O_WRONLY|unix.O_APPEND|unix.O_CREAT|unix.O_EXCL|unix.O_LARGEFILE, 0o666)
}

// append opens the file at name, to append to it.
func (d direct) append(name string) (file *os.File, ok bool) {
	return d.openFile(name, unix.O_WRONLY|unix.O_APPEND|unix.O_LARGEFILE, 0)
}

func (d direct) openFile(name string, flags, mode uint64) (file *os.File, ok bool) {
	fd := -1
	if d.in(func(dir int) (err error) { fd, err = openat2(dir, name, flags, mode); return err }) != nil {
		return nil, false
	}
	return os.NewFile(uintptr(fd), name), true
}

// openat2 opens name below dir. The error is as for open.
func openat2(dir int, name string, flags, mode uint64) (fd int, err error) {
	fd, err = unix.Openat2(dir, name, &unix.OpenHow{Flags: flags | unix.O_CLOEXEC, Mode: mode, Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS})
	switch err {
	case nil:
		return fd, nil
	case unix.ENOENT: // a link on the way would be ELOOP
		return -1, fs.ErrNotExist
	}
	return -1, errUnreached
}
