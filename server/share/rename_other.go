//go:build !linux && !darwin

package share

import (
	"errors"
	"os"
)

// renameInOneStep is not supported: on these systems only a link does what
// renameNew promises.
func renameInOneStep(_ *os.Root, _, _ string) error { return errors.ErrUnsupported }
