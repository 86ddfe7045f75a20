//go:build !linux

package lan

// neighbors is not supported on this system.
func neighbors() []neighbor { return nil }
