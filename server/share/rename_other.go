//go:build !linux && !darwin

package share

import (
	"errors"
	"os"
)

// renameInOneStep says that only a link does on these systems what renameNew
// promises.
func renameInOneStep(_ *os.Root, _, _ string) error { return errors.ErrUnsupported }
