//go:build !linux

package app

import (
	"context"
	"runtime"
)

// watchTray says whether the desktop has a tray: those of Windows and macOS
// always do.
func watchTray(context.Context, func(there bool)) (there bool) {
	return runtime.GOOS == "windows" || runtime.GOOS == "darwin"
}
