package share

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

const openFlags = os.O_RDONLY

// legal reports whether element is the name of a file, and not a second name
// that would get around the rules: "a:b" is a stream of a, "a." and "a " are a,
// "NUL" is a device, and "GIT~1" is the short name of ".git".
func legal(element string) bool {
	for i := range len(element) {
		if c := element[i]; c < ' ' || strings.IndexByte(`\/:*?"<>|`, c) >= 0 {
			return false
		}
	}
	return !strings.HasSuffix(element, ".") && !strings.HasSuffix(element, " ") &&
		filepath.IsLocal(element) && !ShortName(element)
}

// concealed reports whether a file is hidden by its attributes.
func concealed(info fs.FileInfo) bool {
	data, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return ok && data.FileAttributes&(windows.FILE_ATTRIBUTE_HIDDEN|windows.FILE_ATTRIBUTE_SYSTEM) != 0
}

// absent reports whether err says that there is no such file.
func absent(err syscall.Errno) bool {
	switch err {
	case windows.ERROR_FILE_NOT_FOUND, windows.ERROR_PATH_NOT_FOUND, windows.ERROR_INVALID_NAME,
		windows.ERROR_BAD_PATHNAME, windows.ERROR_DIRECTORY, windows.ERROR_FILENAME_EXCED_RANGE,
		windows.ERROR_CANT_ACCESS_FILE, windows.ERROR_STOPPED_ON_SYMLINK,
		syscall.ELOOP, syscall.ENAMETOOLONG, syscall.EINVAL:
		return true
	}
	return false
}

// detach returns dir: Windows returns the kinds of entries together with names.
func detach(dir *os.File) (*os.File, error) { return dir, nil }

// isMount returns false: on Windows, what is mounted into a folder is a link.
func isMount(folder, parent fs.FileInfo) bool { return false }

// origin returns the number of the file at a name, which no later file gets. When
// it was made is of no use: for some seconds, a new file inherits that from one of
// the same name.
func origin(root *os.Root, name string, _ fs.FileInfo) (number uint64, born int64) {
	f, err := root.Open(name)
	if err != nil {
		return 0, 0
	}
	defer f.Close()
	return originOf(f, nil)
}

// originOf is origin for a file that is open.
func originOf(f *os.File, info fs.FileInfo) (number uint64, born int64) {
	return stampOf(f, info).inode, 0
}

// stampOf asks the handle, which alone knows the identity of a file on Windows.
func stampOf(f *os.File, _ fs.FileInfo) stamp {
	var s stamp
	h := windows.Handle(f.Fd())
	var id windows.ByHandleFileInformation
	if windows.GetFileInformationByHandle(h, &id) == nil {
		s.device = uint64(id.VolumeSerialNumber)
		s.inode = uint64(id.FileIndexHigh)<<32 | uint64(id.FileIndexLow)
	}
	s.changed = changeTime(h)
	runtime.KeepAlive(f)
	return s
}

// changeTime returns when content or attributes changed, in units of 100 ns.
func changeTime(h windows.Handle) uint64 {
	var basic struct { // FILE_BASIC_INFO
		creation, access, write, change int64
		attributes, _                   uint32
	}
	size := uint32(unsafe.Sizeof(basic))
	if windows.GetFileInformationByHandleEx(h, windows.FileBasicInfo, (*byte)(unsafe.Pointer(&basic)), size) != nil {
		return 0
	}
	return uint64(basic.change)
}

// lstat returns what the system tells about an entry of a folder. It does not
// follow links.
func lstat(root *os.Root, _ *os.File, folder, name string) (stat, error) {
	info, err := root.Lstat(join(folder, name))
	if err != nil {
		return stat{}, err
	}
	return statOf(info), nil
}

// lstatAccess opens the file: Windows tells neither all its times nor whether it
// can be read before that.
func (t *tree) lstatAccess(_ *os.File, folder, name string) (stat, error) {
	return t.statOpened(join(folder, name))
}

// writeReason returns why the system did not write, or nil.
func writeReason(err error) error {
	switch {
	case errors.Is(err, windows.ERROR_DISK_FULL), errors.Is(err, windows.ERROR_HANDLE_DISK_FULL), errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED):
		return ErrFull
	case errors.Is(err, windows.ERROR_WRITE_PROTECT):
		return ErrNotWritable
	case errors.Is(err, windows.ERROR_FILE_TOO_LARGE):
		return ErrTooLarge
	case errors.Is(err, windows.ERROR_FILENAME_EXCED_RANGE):
		return ErrLongName
	case errors.Is(err, windows.ERROR_NOT_SAME_DEVICE):
		return ErrElsewhere
	}
	return nil
}

// flush does nothing: Windows flushes the names in a folder by itself.
func flush(*os.File) error { return nil }

// renameCase changes the case of letters.
func renameCase(t *tree, old, new string) error { return t.root.Rename(old, new) }

// lockWhileOpen does nothing: nobody asks.
func lockWhileOpen(*os.File) {}

// isUnlocked returns false, as that is not known.
func isUnlocked(*os.Root, string) bool { return false }
