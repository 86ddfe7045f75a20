package server

import (
	"log/slog"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"windowsill/server/announce"
	"windowsill/server/conns"
	"windowsill/server/lan"
	"windowsill/server/reach"
)

// endpoint is where devices reach a run: it listens, and has its name, where
// the place says.
type endpoint struct {
	name       string // of the share
	blind      bool   // devices only send files there
	computer   *computer
	place      *place
	listener   *conns.Listener
	triedTLS   *atomic.Bool // somebody has tried https://
	announcer  *announcer   // nil if shares get no names
	credential *credential  // nil if the share is not encrypted
	firewall   *firewallMonitor
}

// openEndpoint finds out where to listen for a share, and does.
func openEndpoint(sh Share, c runConfig) (*endpoint, error) {
	o, tried, computer := c.options, new(atomic.Bool), newComputer()
	id, err := openCredential(sh.TLS, o, computer.hostname)
	if err != nil {
		return nil, err
	}
	p := &place{ask: c.ask, groups: new(lan.Groups), where: sh.Where, certified: id.mayHold}
	p.look()
	at, ok := p.listening()
	if !ok {
		return nil, p.missing()
	}
	if err := id.isFor(p.addresses(), computer.short()); err != nil {
		return nil, err
	}
	onTLS := func() {
		if !tried.Swap(true) {
			c.changed()
		}
	}
	config := conns.Config{
		At: at, Port: sh.Port, Exact: sh.ExactPort,
		Max: c.bounds.connections(o), MaxPerAddress: o.MaxPerAddress, Group: p.groups.Of, Admits: p.admits, OnTLS: onTLS,
		IdleTimeout: o.Timeouts.Idle, HandshakeTimeout: o.Timeouts.Header,
	}
	if id != nil {
		config.TLS = id.config
	}
	var l *conns.Listener
	err = patiently(func() (err error) {
		l, err = conns.Listen(config)
		return err
	})
	if conns.IsAddressMissing(err) {
		return nil, p.missing()
	}
	if err != nil {
		return nil, err
	}
	e := &endpoint{name: sh.Name(), blind: sh.isBlind(), computer: computer, place: p, listener: l, triedTLS: tried, credential: id, firewall: newFirewallMonitor(nil)}
	if o.Announce {
		e.announcer = &announcer{changed: func() { e.renew(); c.changed() }} // there is a name now, or no more
	}
	if e.renew(); id != nil && id.current.Load() == nil {
		l.Close()
		return nil, ErrNoAuthority
	}
	if o.Examine {
		e.firewall = newFirewallMonitor(reach.Look)
	}
	return e, nil
}

// refresh looks where this computer is by now, and reports whether that has
// changed.
func (e *endpoint) refresh() (changed bool) {
	changed = e.place.look()
	e.computer.look()
	e.follow()
	if changed {
		e.firewall.checkSoon()
	}
	return e.renew() || changed
}

// follow listens and announces where the place says. An address that cannot be
// had yet is tried again at the next call.
func (e *endpoint) follow() {
	if err := e.listen(); err != nil {
		slog.Debug("not listening at the new address yet", "error", err)
	}
	e.announce()
}

// move listens elsewhere, and cuts who came in from where nobody may come in any
// more. If it cannot, it goes back to what held before.
func (e *endpoint) move(to, before Where) error {
	e.place.move(to)
	if _, ok := e.place.listening(); !ok {
		missing := e.place.missing()
		e.place.move(before)
		return missing
	}
	if err := patiently(e.listen); err != nil {
		missing := e.place.missing()
		e.place.move(before)
		if conns.IsAddressMissing(err) {
			return missing
		}
		return &PortUnusableError{Port: e.listener.Port(), Err: err}
	}
	e.listener.CloseUnwanted()
	e.announce()
	return nil
}

// patience is how long the owner waits for an address that this computer has
// but may not use yet; see [conns.IsAddressMissing].
const patience = 3 * time.Second

// patiently listens as soon as the address may be used.
func patiently(listen func() error) error {
	for end := time.Now().Add(patience); ; time.Sleep(patience / 30) {
		err := listen()
		if !conns.IsAddressMissing(err) || time.Now().After(end) {
			return err
		}
	}
}

// listen listens where the place says.
func (e *endpoint) listen() error {
	to, ok := e.place.listening()
	if !ok {
		return nil // The address may come back.
	}
	return e.listener.Move(to)
}

// announce lets the network know where the run is, if that is wanted.
func (e *endpoint) announce() {
	if e.announcer == nil {
		return
	}
	var at []lan.Address
	if n := e.place.network(); !n.Paused && !e.place.silent() {
		at = outside(e.place.addresses())
	}
	e.announcer.update(announce.Service{
		Name: e.name, Computer: e.computer.short(), Port: e.listener.Port(), TLS: e.credential != nil, NoDrive: e.blind,
	}, at)
}

// close stops listening. Connections with a request stay.
func (e *endpoint) close() {
	if e.announcer != nil {
		e.announcer.close()
	}
	e.listener.Close()
	e.listener.CloseIdle()
}

// host returns the name of this computer by which the run is found, "" while
// there is none.
func (e *endpoint) host() string {
	if e.announcer == nil {
		return ""
	}
	return e.announcer.host()
}

// url returns the address with that name in it, "" while there is none, or none
// that the certificate is good for.
func (e *endpoint) url() string {
	host := e.host()
	if host == "" || e.credential != nil && !e.credential.covers(host) {
		return ""
	}
	return lan.URL(e.scheme(), host, e.listener.Port())
}

// network says where the run is.
func (e *endpoint) network() Network {
	n := e.place.network()
	n.Name, n.Obstacle, n.TriedTLS = e.url(), e.firewall.obstacle(), e.triedTLS.Load()
	return n
}

// links returns the addresses that open the share, with a query for those that
// let in.
func (e *endpoint) links(query string) []Link {
	found := e.place.addresses()
	links := make([]Link, 0, len(found))
	for _, a := range found {
		if e.credential.isOwn() || e.credential.covers(a.Addr.String()) {
			plain := a.URL(e.scheme(), e.listener.Port())
			links = append(links, Link{URL: plain + query, Plain: plain, Address: a})
		}
	}
	if len(links) == 0 {
		return e.named(found, query)
	}
	return links
}

// mostOrigins is how many addresses a page is told: they are in a header of
// every page, and some computers have hundreds.
const mostOrigins = 8

// origins returns where the run can be reached, best first.
func (e *endpoint) origins() []string {
	var all []string
	links := e.links("")
	for _, l := range links[:min(len(links), mostOrigins)] {
		all = append(all, strings.TrimSuffix(l.Plain, "/"))
	}
	if u, err := url.Parse(e.url()); err == nil && u.Host != "" {
		all = append(all, e.scheme()+"://"+u.Host)
	}
	return all
}

// toReach is what devices have to reach: the first of the links, if it leads
// anywhere.
func (e *endpoint) toReach() reach.Port {
	at := e.place.addresses()
	if len(at) == 0 || at[0].Kind == lan.Loopback {
		return reach.Port{}
	}
	return reach.Port{Number: e.listener.Port(), Addr: at[0].Addr, Interface: at[0].Interface}
}
