package desktop

import (
	"errors"
	"os"
	"path/filepath"
)

// ErrNoDialog says that the desktop has no dialog to choose with.
var ErrNoDialog = errors.New("the desktop has no dialog for this")

// NotLocalError says that what was chosen is on no disk of this computer.
type NotLocalError struct{ URI string }

// Error returns a sentence for a person.
func (e *NotLocalError) Error() string {
	return e.URI + " is not a place on this computer’s disks. Choose another one."
}

// Sentence returns that sentence as a template, and what to put into it.
func (e *NotLocalError) Sentence() (template string, data map[string]any) {
	return "{{.Name}} is not a place on this computer’s disks. Choose another one.", map[string]any{"Name": e.URI}
}

// Dialog is a dialog of the desktop for choosing a folder, files or a new file.
type Dialog struct {
	Parent string // of which window, as XDG portals name it ("x11:…"); "" for none
	Title  string
	Accept string // label of the button that chooses; the desktop may have its own
}

// ExistingFolder returns path if it is a folder, else the nearest folder above it
// that exists, else the home folder.
func ExistingFolder(path string) string {
	for path != "" {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return path
		}
		up := filepath.Dir(path)
		if up == path || up == "." {
			break
		}
		path = up
	}
	return HomeFolder()
}

// HomeFolder returns the person's home folder, or the root if there is none.
func HomeFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return string(filepath.Separator)
	}
	return home
}
