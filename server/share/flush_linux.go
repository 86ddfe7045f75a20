package share

import (
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// beginFlush has the content of a file written without waiting for that. By
// itself Linux chooses where the content goes only when it writes it, perhaps
// after the name is on the disk: after a power failure there would be an empty
// file. ext4 does the same for files that replace others (auto_da_alloc).
func beginFlush(f *os.File) error {
	err := unix.SyncFileRange(int(f.Fd()), 0, 0, unix.SYNC_FILE_RANGE_WRITE)
	runtime.KeepAlive(f)
	return err
}
