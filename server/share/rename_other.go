//go:build !linux && !darwin

package share

import "errors"

// renameInOneStep says that only a link does on these systems what renameNew
// promises.
func (f *Folder) renameInOneStep(_, _ string) error { return errors.ErrUnsupported }
