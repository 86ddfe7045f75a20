//go:build !linux

package share

import (
	"errors"
	"os"
)

// beginFlush is for Linux only.
func beginFlush(*os.File) error { return errors.ErrUnsupported }
