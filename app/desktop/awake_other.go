//go:build !linux && !windows && !darwin

package desktop

import "errors"

// StayAwake is not supported on this system.
func StayAwake(string) (release func(), err error) { return nil, errors.ErrUnsupported }
