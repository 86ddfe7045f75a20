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

// legal reports whether element names one file and does so by its own name.
// Others are ways around the rules for names: "a:b" is a stream of a, "a." and
// "a " are a, "NUL" is a device, and "GIT~1" is the short name of ".git".
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

// absent reports whether err says that no file can be had under that name.
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

// untie returns dir: Windows tells the kinds of entries together with the names.
func untie(dir *os.File) (*os.File, error) { return dir, nil }

// isMount reports false: what is mounted into a folder is a link on Windows.
func isMount(folder, parent fs.FileInfo) bool { return false }

// stampOf asks the handle, since Windows tells its files' identity nowhere else.
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

// lookIn looks at one entry of a folder, not through a link.
func (t *tree) lookIn(_ *os.File, folder, name string) (sight, error) {
	info, err := t.root.Lstat(join(folder, name))
	if err != nil {
		return sight{}, err
	}
	return sightOf(info), nil
}

// inspect opens the file at once: Windows tells neither its times in full nor
// whether it can be read before it is open.
func (t *tree) inspect(_ *os.File, folder, name string) (sight, error) {
	return t.inspectOpen(join(folder, name))
}

// writeReason tells why the system did not write.
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

// flush does nothing: Windows keeps the names in a folder safe by itself.
func flush(*os.File) error { return nil }
