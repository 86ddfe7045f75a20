package app

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/godbus/dbus/v5"

	"windowsill/app/desktop/desktoptest"
)

const fileManager = "org.freedesktop.FileManager1"

// fakeFiles is a file manager on the session bus.
type fakeFiles struct {
	shown chan []string
	fails atomic.Bool
}

// ShowFolders is called over the bus.
func (f *fakeFiles) ShowFolders(addresses []string, _ string) *dbus.Error {
	f.shown <- addresses
	if f.fails.Load() {
		return dbus.MakeFailedError(errors.New("no screen"))
	}
	return nil
}

// startFiles starts one that GVfs is installed beside.
func startFiles(t *testing.T) *fakeFiles {
	desktoptest.StartBus(t)
	data := t.TempDir()
	t.Setenv("XDG_DATA_DIRS", data)
	t.Setenv("XDG_CURRENT_DESKTOP", "GNOME")
	mounts := filepath.Join(data, "gvfs", "mounts")
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	f := &fakeFiles{shown: make(chan []string, 1)}
	_, nameErr := conn.RequestName(fileManager, dbus.NameFlagDoNotQueue)
	if err := errors.Join(nameErr, conn.Export(f, "/org/freedesktop/FileManager1", fileManager), os.MkdirAll(mounts, 0o700), os.WriteFile(filepath.Join(mounts, "dav.mount"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestTheOwnersFilesOpenTheDrive(t *testing.T) {
	files := startFiles(t)
	h := sharingWindow(t)
	h.tap("Other addresses")
	h.choose("Open as a drive…")
	h.until("the button", func() bool { return slices.Contains(h.texts(), "Open in Files") })
	h.tap("Open in Files")
	if got := <-files.shown; len(got) != 1 || got[0] != "dav://localhost:8000/" {
		t.Errorf("It opened %q.", got)
	}
	files.fails.Store(true)
	h.tap("Open in Files")
	<-files.shown
	const text = "The file manager does not open the drive. Type its address into it instead."
	h.until("the error", func() bool { return slices.Contains(h.texts(), text) })
}
