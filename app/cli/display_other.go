//go:build !linux

package cli

// CheckDisplay returns nil: where this system runs, there is a display.
func CheckDisplay() error { return nil }
