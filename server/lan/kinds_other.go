//go:build !windows

package lan

import "os"

// kinds returns what tells the kind of an interface. Where there is no
// /sys/class/net, it goes by the names alone.
func kinds() func(name string) Kind {
	sys := os.DirFS("/sys/class/net")
	return func(name string) Kind { return kindOf(sys, name) }
}
