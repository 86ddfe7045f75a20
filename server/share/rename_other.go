//go:build !linux && !darwin

package share

import "errors"

// renameInOneStep is not supported: on these systems only a link does what
// renameNew promises.
func renameInOneStep(_ *tree, _, _ string) error { return errors.ErrUnsupported }
