package server

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"

	"windowsill/server/lan"
	"windowsill/server/traffic"
)

// Where says at which of this computer's addresses a share is, and what
// becomes of it when they change. The zero value leaves it to the program.
type Where struct {
	// Prefer is the address to show first: an interface ("wlan0", see
	// [Address.Choice]), a label or an address. "" stands for the one that
	// most likely is right.
	Prefer string
	// Alone says to listen at that address alone, and to let in nobody from
	// beyond its network. It has to be there when the share starts.
	Alone bool
	// Roams says to go on when the computer has left the network on which
	// the share was started for another one. Otherwise the share pauses.
	Roams bool
	// Silent says not to announce a name on the network.
	Silent bool
}

// Network says where a share is at the moment.
type Network struct {
	ID       string    // by which to remember what was chosen here; "" if there is no network
	Formerly string    // what the ID of this very network was until its gateway was known; "" if it was no other
	All      []Address // best first, also those at which nobody listens
	Moves    int       // how often the address that devices know has gone; they have to scan again
	Name     string    // the address with a name in it, "http://holiday.local:8000/"; "" while there is none
	Obstacle Obstacle  // what keeps devices out; the zero value if nothing is known
	TriedTLS bool      // somebody has tried https:// since sharing began, which there is not
	Paused   bool      // the computer is on another network, and nobody new is let in
}

// place is where a run is: at which addresses, and on which networks.
type place struct {
	ask    func() ([]lan.Address, error)
	groups *lan.Groups // are told of what is found
	// certified reports whether devices can trust an address.
	certified func(netip.Addr) bool

	mu     sync.Mutex // guards what follows
	where  Where
	found  []lan.Address // best first
	all    []lan.Address // the same, with what where prefers in front
	chosen bool          // the first of all is what where prefers
	on     identity      // the network that found begins with
	home   []lan.Network // those on which the owner wants to share
	first  netip.Addr    // of the link that is shown first; stays while there is no network
	known  bool          // a device has come in by it since
	moves  int
	paused bool
}

// look asks for this computer's addresses and reports whether anything has
// changed. When the system does not answer, the old ones stay.
func (p *place) look() (changed bool) {
	found, err := p.ask()
	if err != nil {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	before := p.all
	p.update(found)
	return !slices.Equal(before, p.all)
}

// move changes where the owner wants the share to be.
func (p *place) move(to Where) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.where, p.first, p.known = to, netip.Addr{}, false
	p.update(p.found)
}

// adopt makes the networks that the computer is on now those of the share.
func (p *place) adopt() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.home = lan.Networks(p.all)
	p.update(p.found)
}

// update works out what follows from the addresses found. It is called with mu
// held.
func (p *place) update(found []lan.Address) {
	found = p.trusted(found)
	p.found = found
	p.groups.SetOwn(found)
	p.all, p.chosen = lan.First(found, p.where.Prefer)
	p.on.follow(lan.Networks(found))
	on := lan.Networks(p.all)
	if len(p.home) == 0 {
		p.home = on
	}
	atHome := slices.ContainsFunc(on, func(n lan.Network) bool { return slices.ContainsFunc(p.home, n.Same) })
	p.paused = len(on) > 0 && !atHome && !p.where.Roams
	p.keepFirst()
	if p.paused {
		return // Devices know the address at home, which is good again when it is back.
	}
	if at := p.open(); len(at) > 0 && at[0].Addr != p.first && leadsHere(at[0], p.home) {
		if p.first.IsValid() && !slices.ContainsFunc(at, p.isFirst) {
			p.moves++
		}
		p.first, p.known = at[0].Addr, false
	}
}

// trusted puts an address that devices can trust in front of one that they cannot, if
// both are at one interface: beside a public IPv6 address there mostly is a private one.
// IPv6 does not come before IPv4, which more devices can reach.
func (p *place) trusted(found []lan.Address) []lan.Address {
	if len(found) == 0 || p.certified(found[0].Addr) {
		return found
	}
	better := slices.IndexFunc(found, func(a lan.Address) bool {
		return a.Interface == found[0].Interface && (a.Addr.Is4() || found[0].Addr.Is6()) && p.certified(a.Addr)
	})
	if better < 0 {
		return found
	}
	return append([]lan.Address{found[better]}, slices.Delete(slices.Clone(found), better, better+1)...)
}

// keepFirst leaves the address in front by which devices have come, as long as
// it is good, even if a better one is there: they need not scan again. It is
// called with mu held.
func (p *place) keepFirst() {
	good := slices.ContainsFunc(p.all, func(a lan.Address) bool { return p.isFirst(a) && leadsHere(a, p.home) })
	if p.known && good && !p.chosen {
		p.all, _ = lan.First(p.all, p.first.String())
	}
}

// isFirst is called with mu held.
func (p *place) isFirst(a lan.Address) bool { return a.Addr == p.first }

// arrived notes by which address somebody has come in, this computer itself
// aside.
func (p *place) arrived(q *http.Request) {
	local, ok := q.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if !ok {
		return
	}
	at := local.AddrPort().Addr().Unmap().WithZone("")
	p.mu.Lock()
	defer p.mu.Unlock()
	if at == p.first && at != traffic.AddrOf(q) {
		p.known = true
	}
}

// leadsHere reports whether a device can have scanned an address: while there
// is no network, what is inside of this computer leads nowhere.
func leadsHere(a lan.Address, home []lan.Network) bool {
	return a.Kind != lan.Loopback && (len(home) == 0 || len(lan.Networks([]lan.Address{a})) > 0)
}

// open returns the addresses at which devices may come in, best first. It is
// called with mu held.
func (p *place) open() []lan.Address {
	switch {
	case !p.where.Alone:
		return p.all
	case p.chosen || p.where.Prefer == "" && len(p.all) > 0:
		return p.all[:1]
	}
	return nil
}

// addresses returns those at which devices may come in, best first.
func (p *place) addresses() []lan.Address {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open()
}

// listening returns the address to listen at, the zero Addr for all of them.
// It is not ok if that address is not there at the moment.
func (p *place) listening() (at netip.Addr, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.where.Alone {
		return netip.Addr{}, true
	}
	if open := p.open(); len(open) > 0 {
		return open[0].Addr, true
	}
	return netip.Addr{}, false
}

// missing says that the address at which alone to listen is not there, or is not
// to be used.
func (p *place) missing() *AddressMissingError {
	p.mu.Lock()
	defer p.mu.Unlock()
	wanted, unusable := p.where.Prefer, len(p.open())
	if wanted == "" && unusable > 0 {
		wanted = p.all[0].Choice()
	}
	return &AddressMissingError{Wanted: wanted, Has: slices.Clone(p.all[unusable:])}
}

// silent reports whether the owner wants no name.
func (p *place) silent() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.where.Silent
}

// admits reports whether a device may come in from an address at one of this
// computer's. A computer takes what is for one of its addresses from all of
// its networks: where it listens is not enough.
func (p *place) admits(from, at netip.Addr) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.paused {
		return false
	}
	if !p.where.Alone {
		return true
	}
	open := p.open()
	return len(open) > 0 && open[0].Addr == at.WithZone("") && open[0].Network.Prefix.Contains(from.WithZone(""))
}

// network says where the run is.
func (p *place) network() Network {
	p.mu.Lock()
	defer p.mu.Unlock()
	return Network{ID: p.on.id, Formerly: p.on.formerly, All: p.all, Moves: p.moves, Paused: p.paused}
}

// identity is by which a network is known. The hardware address of its gateway
// tells most, and may be known a moment later than the network.
type identity struct {
	latest       lan.Network
	id, formerly string // see Network
}

// follow takes the first of these networks. While its gateway is unknown it is
// the one before that may be the same.
func (i *identity) follow(on []lan.Network) {
	if len(on) == 0 {
		i.id, i.formerly = "", ""
		return
	}
	now := on[0]
	if now.Gateway == "" && now.Same(i.latest) {
		now = i.latest
	}
	if id := now.String(); id != i.id {
		i.formerly = ""
		if now.Same(i.latest) {
			i.formerly = i.id
		}
		i.id = id
	}
	i.latest = now
}

func networkID(addresses []lan.Address) string {
	if on := lan.Networks(addresses); len(on) > 0 {
		return on[0].String()
	}
	return ""
}
