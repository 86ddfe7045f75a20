//go:build !linux

package desktop

import (
	"context"
	"runtime"
)

// WatchTray reports whether the desktop has a tray: those of Windows and macOS always
// do.
func WatchTray(ctx context.Context, changed func(shown bool)) (shown bool) {
	return runtime.GOOS == "windows" || runtime.GOOS == "darwin"
}
