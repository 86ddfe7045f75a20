//go:build !linux

package desktop

import (
	"context"
	"errors"
)

// DriveScheme returns "": here the file manager is not told what to open.
func DriveScheme(context.Context) string { return "" }

// ShowFolder does nothing here.
func ShowFolder(context.Context, string) error { return errors.ErrUnsupported }
