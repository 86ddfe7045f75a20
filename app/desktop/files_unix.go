//go:build unix

package desktop

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// HasMenu says whether [SetMenu] can add an entry to the menu of folders. Here the
// packages bring it.
const HasMenu = false

// Menu reports whether the menu of folders has the entry.
func Menu() bool { return false }

// SetMenu does nothing here.
func SetMenu(bool, string) error { return nil }

// Starts reports whether the program starts when the person logs in.
func Starts() bool {
	path, err := startFile()
	if err != nil {
		return false
	}
	_, err = os.Stat(path)
	return err == nil
}

// SetStarts says whether the program starts when the person logs in. The error is a
// sentence for a person.
func SetStarts(on bool) error {
	path, err := startFile()
	if err != nil {
		return err
	}
	return entryError(path, writeStartFile(path, on))
}

func writeStartFile(path string, on bool) error {
	if !on {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	exe, err := executable()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(startEntry(exe)), 0o644)
}

// executable returns what starts the program again. The one in an AppImage is in a
// folder that exists only while it runs.
func executable() (string, error) {
	if image := os.Getenv("APPIMAGE"); image != "" {
		return image, nil
	}
	return os.Executable()
}
