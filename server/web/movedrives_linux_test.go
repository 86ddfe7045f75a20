package web

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"windowsill/server/access"
	"windowsill/server/receive"
)

// openWithStick shares a folder in which another drive is attached as "stick".
func openWithStick(t *testing.T) (s *shared, dir string, files map[string]string) {
	t.Helper()
	files = map[string]string{"a": "a", "in/x": "x"}
	dir = tree(t, files)
	at := filepath.Join(dir, "stick")
	must(t, os.Mkdir(at, 0o777))
	if err := syscall.Mount("tmpfs", at, "tmpfs", 0, "size=1m"); err != nil {
		t.Skip("no drive to test with: ", err)
	}
	t.Cleanup(func() { syscall.Unmount(at, syscall.MNT_DETACH) })
	for name, text := range map[string]string{"stick/a": "stick a", "stick/in/sub/y": "stick y", "stick/kept/y": "y", "stick/kept/.hidden": "h", "stick/big": string(make([]byte, 500<<10))} {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777))
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
		files[name] = text
	}
	s = newShared(t, dir, setup{Policy: access.Policy{Open: true, Allow: access.Change}, Room: receive.Limits{Reserve: -1}})
	return s, dir, files
}

func TestMoveFromOneDriveToAnother(t *testing.T) {
	for _, c := range []struct {
		from, to string
		status   int
		trash    string
	}{
		{"stick/a", "new", 201, ""},
		{"stick/in", "new", 201, ""},
		{"stick/in", "stick/new", 201, ""},
		{"a", "stick/new", 201, "a"},
		{"in", "stick/new", 201, "in"},
		{"stick/a", "a", 204, "a"},
		{"stick/in", "in", 204, "in"},
		{"a", "stick/a", 409, ""}, // the old one could not be brought back
		{"stick", "new", 409, ""},
		{"stick/kept", "new", 409, ""}, // what visitors do not see of it would be lost
		{"stick/kept", "in", 409, ""},
		{"stick/a", "missing/new", 409, ""},
	} {
		s, dir, files := openWithStick(t)
		w := clientOf(t, s, "192.168.1.23").send("MOVE", "/"+c.from, "Destination: /"+c.to)
		if w.Code != c.status || trashed(s) != c.trash {
			t.Errorf("%s to %s: %d, want %d; trash %q, want %q: %s", c.from, c.to, w.Code, c.status, trashed(s), c.trash, w.Body)
		}
		if w.Code < 300 {
			moveNames(files, c.from, c.to)
		}
		wantOnDisk(t, dir, files)
	}
}

func TestAMoveToADriveThatIsFullChangesNothing(t *testing.T) {
	s, dir, files := openWithStick(t)
	must(t, os.WriteFile(filepath.Join(dir, "large"), make([]byte, 2<<20), 0o666))
	files["large"] = string(make([]byte, 2<<20))
	c := clientOf(t, s, "192.168.1.23")
	c.want(c.send("MOVE", "/large", "Destination: /stick/new"), 507)
	wantOnDisk(t, dir, files)
}
