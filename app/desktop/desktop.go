// Package desktop is what Windowsill puts down outside its own files, for one
// person and only when that person says so: that it starts with the computer,
// and on Windows its entry in the menu of folders. It knows no window and
// shares nothing.
package desktop

import "os"

// id names the program's entries everywhere.
const id = "net.windowsill.Windowsill"

// program returns the path by which this program is started again. In an
// AppImage the program itself lies in a place that is gone afterwards.
func program() (string, error) {
	if image := os.Getenv("APPIMAGE"); image != "" {
		return image, nil
	}
	return os.Executable()
}
