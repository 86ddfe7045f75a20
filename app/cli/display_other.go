//go:build !linux

package cli

// hasDisplay returns true: where this system runs, there is a display.
func hasDisplay() bool { return true }
