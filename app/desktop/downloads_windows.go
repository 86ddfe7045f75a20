package desktop

import "golang.org/x/sys/windows"

// downloads returns the folder for downloads, which people can move to another
// drive; "" if the system does not tell.
func downloads() string {
	path, err := windows.KnownFolderPath(windows.FOLDERID_Downloads, 0)
	if err != nil {
		return ""
	}
	return path
}
