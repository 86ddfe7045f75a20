//go:build !windows

package lan

import "os"

// kinds returns a function that tells the kind of an interface: by its name alone
// if there is no /sys/class/net.
func kinds() func(name string) Kind {
	sys := os.DirFS("/sys/class/net")
	return func(name string) Kind { return kindOf(sys, name) }
}
