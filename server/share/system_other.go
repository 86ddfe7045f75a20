//go:build unix && !linux && !darwin

package share

import (
	"io/fs"
	"os"
)

// origin returns nothing, like stampOf.
func origin(*os.Root, string, fs.FileInfo) (inode uint64, born int64) { return 0, 0 }

// originOf returns nothing either.
func originOf(*os.File, fs.FileInfo) (inode uint64, born int64) { return 0, 0 }

// stampOf returns nothing: on these systems size and modification time must do.
func stampOf(*os.File, fs.FileInfo) stamp { return stamp{} }
