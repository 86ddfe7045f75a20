package share

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// freeAt asks the file system that a folder is on.
func freeAt(dir *os.File) (int64, error) { return freeIn(dir.Name()) }

// freeAround asks the one that a file is on.
func freeAround(f *os.File) (int64, error) { return freeIn(filepath.Dir(f.Name())) }

func freeIn(dir string) (int64, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, nil, nil); err != nil {
		return 0, err
	}
	return int64(min(free, 1<<62)), nil
}
