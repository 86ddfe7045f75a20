package desktop

import (
	"os"
	"path/filepath"
)

// ReceivedFolder returns the folder for what devices send, unless the person chooses
// another one: "Received" below the one for downloads. It need not exist.
func ReceivedFolder() (string, error) {
	if folder := downloads(); folder != "" {
		return filepath.Join(folder, "Received"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, "Downloads", "Received"), nil
}
