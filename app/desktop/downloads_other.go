//go:build !linux && !windows

package desktop

// downloads returns "": the folder always has the same name.
func downloads() string { return "" }
