package server

import (
	"errors"
	"os"
)

// leastFiles is how many files and connections must be there to be opened for a
// share: some for itself, and some for its first device.
const leastFiles = 24

// checkFiles returns [ErrFewFiles] if no more than so few can be opened. Without
// it a share would seem to run that answers nobody.
func checkFiles() error {
	var all []*os.File
	defer func() {
		for _, f := range all {
			f.Close()
		}
	}()
	for range leastFiles {
		f, err := os.Open(os.DevNull)
		if errors.Is(err, os.ErrNotExist) { // as in a chroot without /dev
			return nil
		}
		if err != nil {
			return ErrFewFiles
		}
		all = append(all, f)
	}
	return nil
}
