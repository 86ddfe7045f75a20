package desktop

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/godbus/dbus/v5"

	"windowsill/app/desktop/desktoptest"
)

// fakeFiles is a file manager.
type fakeFiles chan []string

// ShowFolders is called over the bus.
func (f fakeFiles) ShowFolders(addresses []string, _ string) *dbus.Error {
	f <- addresses
	return nil
}

func TestTheFileManagerShowsADrive(t *testing.T) {
	desktoptest.StartBus(t)
	data := t.TempDir()
	t.Setenv("XDG_DATA_DIRS", data)
	t.Setenv("XDG_CURRENT_DESKTOP", "GNOME")
	want := func(scheme, when string) {
		t.Helper()
		if got := DriveScheme(t.Context()); got != scheme {
			t.Errorf("%s: %q, want %q", when, got, scheme)
		}
	}
	gvfs := filepath.Join(data, "gvfs", "mounts", "dav.mount")
	if err := os.MkdirAll(filepath.Dir(gvfs), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(gvfs, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	files := make(fakeFiles, 1)
	if err := conn.Export(files, fileManagerPath, fileManager); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName(fileManager, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	if isOnBus(t.Context(), conn, "org.example.Files") {
		t.Error("a service is there that nobody has installed")
	}
	want("dav", "GNOME")
	t.Setenv("XDG_CURRENT_DESKTOP", "ubuntu:KDE")
	want("webdav", "KDE")
	t.Setenv("XDG_CURRENT_DESKTOP", "XFCE")
	if err := os.Remove(gvfs); err != nil {
		t.Fatal(err)
	}
	want("", "without GVfs's WebDAV")
	if err := ShowFolder(t.Context(), "dav://localhost:8000/"); err != nil {
		t.Error(err)
	}
	if got := <-files; len(got) != 1 || got[0] != "dav://localhost:8000/" {
		t.Errorf("%q", got)
	}
}
