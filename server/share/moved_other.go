//go:build !linux

package share

import (
	"io/fs"
	"os"
)

// hold returns nil: macOS tells where an open file is only while it can be read, and
// Windows keeps a folder from being moved while a file in it is open.
func hold(*os.Root, string, fs.FileInfo) *os.File { return nil }

func whereIs(*os.File) string { return "" }
