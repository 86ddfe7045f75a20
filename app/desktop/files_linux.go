package desktop

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"
)

// fileManager is the file manager on the session bus
// (https://www.freedesktop.org/wiki/Specifications/file-manager-interface/).
const (
	fileManager     = "org.freedesktop.FileManager1"
	fileManagerPath = "/org/freedesktop/FileManager1"
)

// DriveScheme returns the scheme of addresses with which the person's file manager
// opens a drive of the network (WebDAV); "" if none does.
func DriveScheme(ctx context.Context) string {
	conn, err := SessionBus()
	if err != nil {
		return ""
	}
	defer conn.Close()
	switch {
	case !isOnBus(ctx, conn, fileManager):
		return ""
	case slices.Contains(strings.Split(os.Getenv("XDG_CURRENT_DESKTOP"), ":"), "KDE"):
		return "webdav" // part of KIO
	case hasGVFSDrives():
		return "dav"
	}
	return ""
}

// isOnBus reports whether a service runs, or can be started by a call.
func isOnBus(ctx context.Context, conn *dbus.Conn, name string) bool {
	for _, method := range []string{"org.freedesktop.DBus.ListNames", "org.freedesktop.DBus.ListActivatableNames"} {
		var names []string
		if conn.BusObject().CallWithContext(ctx, method, 0).Store(&names) == nil && slices.Contains(names, name) {
			return true
		}
	}
	return false
}

// hasGVFSDrives reports whether the part of GVfs for WebDAV is installed, which
// distributions package by itself.
func hasGVFSDrives() bool {
	dirs := cmp.Or(os.Getenv("XDG_DATA_DIRS"), "/usr/local/share:/usr/share")
	return slices.ContainsFunc(filepath.SplitList(dirs), func(dir string) bool {
		_, err := os.Stat(filepath.Join(dir, "gvfs/mounts/dav.mount"))
		return err == nil
	})
}

// ShowFolder opens the folder at an address in the person's file manager, which may
// ask for a password.
func ShowFolder(ctx context.Context, address string) error {
	conn, err := SessionBus()
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Object(fileManager, fileManagerPath).CallWithContext(ctx, fileManager+".ShowFolders", 0, []string{address}, "").Err
}
