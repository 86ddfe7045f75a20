package share

import (
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// direct opens what lies deep in the share in one step: the kernel itself
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

// open opens the regular file or folder at name. If ok is false, only a walk
// can tell why, or whether links lead there.
func (d direct) open(name string) (file *os.File, info fs.FileInfo, ok bool) {
	if d.conn == nil {
		return nil, nil, false
	}
	fd := -1
	// The folder may be closed at any time; its descriptor is valid in there only.
	if err := d.conn.Control(func(dir uintptr) { fd = openBeneath(int(dir), name) }); err != nil || fd < 0 {
		return nil, nil, false
	}
	file = os.NewFile(uintptr(fd), name)
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, nil, false
	}
	return file, info, true
}

// openBeneath returns a descriptor for reading what is at name below dir, or
// -1. It looks before it opens, because opening a device may do something to
// it. What it looked at stays open meanwhile, so that its inode number is given
// to nothing else.
func openBeneath(dir int, name string) int {
	place, err := openat2(dir, name, unix.O_PATH)
	if err != nil {
		return -1
	}
	defer unix.Close(place)
	var looked unix.Stat_t
	if unix.Fstat(place, &looked) != nil {
		return -1
	}
	if kind := looked.Mode & unix.S_IFMT; kind != unix.S_IFREG && kind != unix.S_IFDIR {
		return -1
	}
	return openSame(dir, name, &looked)
}

// openSame opens what is at name, unless that is something else by now.
func openSame(dir int, name string, looked *unix.Stat_t) int {
	fd, err := openat2(dir, name, uint64(openFlags|unix.O_LARGEFILE))
	if err != nil {
		return -1
	}
	var opened unix.Stat_t
	if unix.Fstat(fd, &opened) != nil || looked.Dev != opened.Dev || looked.Ino != opened.Ino {
		unix.Close(fd)
		return -1
	}
	return fd
}

func openat2(dir int, name string, flags uint64) (fd int, err error) {
	return unix.Openat2(dir, name, &unix.OpenHow{Flags: flags | unix.O_CLOEXEC, Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS})
}
