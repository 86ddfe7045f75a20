package server

import (
	"net/netip"
	"os"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"windowsill/server/announce"
	"windowsill/server/lan"
)

// herald announces a run on the network, always where it is at the moment.
type herald struct {
	changed func()

	mu      sync.Mutex // guards what follows
	service announce.Service
	voice   *announce.Announcer // nil while there is nothing to announce
}

// tell announces a share at these addresses, unless that is what it does.
func (h *herald) tell(s announce.Service, at []lan.Address) {
	for _, a := range at {
		if a.Kind != lan.Loopback {
			s.At = append(s.At, announce.Place{Interface: a.Interface, At: prefixOf(a)})
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if reflect.DeepEqual(s, h.service) {
		return
	}
	h.service = s
	h.stop()
	if len(s.At) > 0 {
		h.voice = announce.Start(s, h.changed)
	}
}

// prefixOf is an address, and how much of it is its network's.
func prefixOf(a lan.Address) netip.Prefix {
	return netip.PrefixFrom(a.Addr, max(a.Network.Prefix.Bits(), 0))
}

// stop says goodbye. It is called with mu held.
func (h *herald) stop() {
	if h.voice != nil {
		h.voice.Close()
		h.voice = nil
	}
}

// close ends it.
func (h *herald) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.service = announce.Service{}
	h.stop()
}

// host returns the name under which the run is found, "" while there is none.
func (h *herald) host() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.voice == nil {
		return ""
	}
	return h.voice.Host()
}

// url returns the address with the name in it, "" while there is none.
func (h *herald) url(port int) string {
	host := h.host()
	switch {
	case host == "":
		return ""
	case port == 80:
		return "http://" + host + "/"
	}
	return "http://" + host + ":" + strconv.Itoa(port) + "/"
}

// announce lets the network know where the run is, if that is wanted.
func (r *run) announce() {
	if !r.mayAnnounce {
		return
	}
	var at []lan.Address
	if n := r.place.network(); !n.Paused && !r.place.silent() {
		at = outside(r.place.addresses())
	}
	computer, _, _ := strings.Cut(hostname(), ".")
	r.herald.tell(announce.Service{Name: shareName(r.folder.Path()), Computer: computer, Port: r.port}, at)
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

// hostname returns this computer's name in lower case, "" if it has none.
func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return ""
	}
	return strings.ToLower(strings.TrimSuffix(name, "."))
}
