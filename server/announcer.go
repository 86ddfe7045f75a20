package server

import (
	"net/netip"
	"reflect"
	"sync"

	"windowsill/server/announce"
	"windowsill/server/lan"
)

// announcer gives a run a name on the network, at the addresses where it is at
// the moment.
type announcer struct {
	changed func()

	mu      sync.Mutex // guards what follows
	closed  bool
	service announce.Service    // that is announced
	current *announce.Announcer // nil while there is nothing to announce
}

// update announces a share at these addresses, unless that is what it does.
func (a *announcer) update(s announce.Service, at []lan.Address) {
	for _, addr := range at {
		if addr.Kind != lan.Loopback {
			s.Addresses = append(s.Addresses, announce.Address{Interface: addr.Interface, Prefix: prefixOf(addr)})
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed || reflect.DeepEqual(s, a.service) {
		return
	}
	a.stop()
	a.service = s
	if len(s.Addresses) > 0 {
		a.current = announce.Start(s, a.changed)
	}
}

// prefixOf is an address, and how much of it is its network's.
func prefixOf(a lan.Address) netip.Prefix {
	return netip.PrefixFrom(a.Addr, max(a.Network.Prefix.Bits(), 0))
}

// stop says goodbye. It is called with mu held.
func (a *announcer) stop() {
	if a.current != nil {
		a.current.Close()
		a.current = nil
	}
	a.service = announce.Service{}
}

// close says goodbye, for good.
func (a *announcer) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
	a.stop()
}

// host returns the name of this computer under which the run is found, "" while
// there is none.
func (a *announcer) host() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.current == nil {
		return ""
	}
	return a.current.Host()
}

// outside returns the addresses that are on a network outside of this computer,
// or all if none is: a computer may be in a container as a whole.
func outside(all []lan.Address) []lan.Address {
	var found []lan.Address
	for _, a := range all {
		if len(lan.Networks([]lan.Address{a})) > 0 {
			found = append(found, a)
		}
	}
	if len(found) == 0 {
		return all
	}
	return found
}
