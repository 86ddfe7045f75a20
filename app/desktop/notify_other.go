//go:build !linux

package desktop

import "errors"

// Notify is not supported on this system.
func Notify(title, text, action string, accepted func()) (withdraw func(), err error) {
	return nil, errors.ErrUnsupported
}
