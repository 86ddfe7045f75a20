//go:build !linux && !windows && !darwin

package app

import "errors"

// stayAwake cannot ask this system.
func stayAwake(string) (release func(), err error) { return nil, errors.ErrUnsupported }
