package server

import (
	"os"
	"strings"
	"sync/atomic"

	"windowsill/server/lan"
)

// computer knows the names that this computer has on the network, whether or not
// it announces one.
type computer struct {
	hostname string // in lower case; "" if it has none
	domains  atomic.Pointer[[]string]
}

func newComputer() *computer {
	c := &computer{}
	if name, err := os.Hostname(); err == nil {
		c.hostname = strings.ToLower(strings.TrimSuffix(name, "."))
	}
	c.look()
	return c
}

// look asks the system for the search domains of the networks that it is on by
// now.
func (c *computer) look() {
	domains := lan.SearchDomains()
	c.domains.Store(&domains)
}

// searchDomains returns them; see [lan.SearchDomains].
func (c *computer) searchDomains() []string { return *c.domains.Load() }

// short returns the hostname without a domain.
func (c *computer) short() string {
	short, _, _ := strings.Cut(c.hostname, ".")
	return short
}
