//go:build !windows

package lan

import "os"

// SearchDomains returns the domains that the system appends to short names, in
// lower case. Mostly a router has told them, which then knows this computer by
// its name in them.
func SearchDomains() []string { return resolverDomains(os.DirFS("/")) }
