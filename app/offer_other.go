//go:build !linux

package app

import (
	"errors"

	"fyne.io/fyne/v2"
)

// offerOnDesktop cannot ask this system.
func offerOnDesktop(*fyne.Notification, string, func()) (withdraw func(), err error) {
	return nil, errors.ErrUnsupported
}
