package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"windowsill/server/lan"
)

// lanAddress makes an address of an adapter, "192.168.1.5/24", behind a gateway.
func lanAddress(name, prefix, gateway string) lan.Address {
	p := netip.MustParsePrefix(prefix)
	a := lan.Address{Addr: p.Addr(), Interface: name, Kind: lan.Ethernet, Label: name, Network: lan.Network{Prefix: p.Masked(), Gateway: gateway}}
	switch {
	case p.Addr().IsLoopback():
		a.Kind = lan.Loopback
	case name == "docker0":
		a.Kind = lan.Virtual
	}
	return a
}

// journey is a place whose addresses a test changes.
type journey struct {
	*place
	has []lan.Address
}

func newJourney(w Where) *journey {
	j := &journey{}
	j.place = &place{where: w, groups: new(lan.Groups), certified: (*credential)(nil).mayHold, ask: func() ([]lan.Address, error) { return j.has, nil }}
	return j
}

// visit lets a device come in.
func (j *journey) visit(from string, at lan.Address) {
	q := httptest.NewRequest(http.MethodGet, "/", nil)
	q.RemoteAddr = netip.AddrPortFrom(netip.MustParseAddr(from), 40000).String()
	local := net.TCPAddrFromAddrPort(netip.AddrPortFrom(at.Addr, 8000))
	j.arrived(q.WithContext(context.WithValue(q.Context(), http.LocalAddrContextKey, net.Addr(local))))
}

// to lets the computer have these addresses from now on.
func (j *journey) to(has ...lan.Address) bool {
	j.has = has
	return j.look()
}

var (
	atHome   = lanAddress("wlan0", "192.168.1.5/24", "aa:aa")
	renewed  = lanAddress("wlan0", "192.168.1.77/24", "aa:aa")
	byCable  = lanAddress("eth0", "192.168.1.6/24", "aa:aa")
	atCafe   = lanAddress("wlan0", "192.168.1.5/24", "bb:bb")
	inTrain  = lanAddress("wlan0", "172.18.3.5/16", "cc:cc")
	inDocker = lanAddress("docker0", "172.17.0.1/16", "")
	itself   = lanAddress("lo", "127.0.0.1/8", "")
)

func TestShareStaysOnItsNetwork(t *testing.T) {
	tests := []struct {
		name   string
		where  Where
		on     [][]lan.Address
		paused bool
		moves  int
	}{
		{"another address there", Where{}, [][]lan.Address{{atHome}, {renewed}}, false, 1},
		{"gone", Where{}, [][]lan.Address{{atHome}, {itself}}, false, 0},
		{"gone and back", Where{}, [][]lan.Address{{atHome}, {itself}, {atHome}}, false, 0},
		{"gone and back elsewhere", Where{}, [][]lan.Address{{atHome}, {itself}, {renewed}}, false, 1},
		{"nothing left but containers", Where{}, [][]lan.Address{{atHome, inDocker}, {inDocker}}, false, 0},
		{"only containers, ever", Where{}, [][]lan.Address{{inDocker}, {lanAddress("docker0", "172.18.0.1/16", "")}}, false, 1},
		{"a better one comes before any device", Where{}, [][]lan.Address{{atHome}, {byCable, atHome}}, false, 0},
		{"the old one goes before the new one comes", Where{}, [][]lan.Address{{atHome, byCable}, {byCable}, {renewed, byCable}}, false, 1},
		{"another network that looks alike", Where{}, [][]lan.Address{{atHome}, {atCafe}}, true, 0},
		{"back from there", Where{}, [][]lan.Address{{atHome}, {atCafe}, {atHome}}, false, 0},
		{"another network, at another address", Where{}, [][]lan.Address{{atHome}, {inTrain}}, true, 0},
		{"back from there, where devices know it", Where{}, [][]lan.Address{{atHome}, {inTrain}, {atHome}}, false, 0},
		{"both, by cable and Wi-Fi", Where{}, [][]lan.Address{{byCable}, {byCable, atCafe}}, false, 0},
		{"begun without a network", Where{}, [][]lan.Address{{itself}, {atCafe}}, false, 0},
		{"it may roam", Where{Roams: true}, [][]lan.Address{{atHome}, {atCafe}}, false, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := newJourney(tt.where)
			for _, has := range tt.on {
				j.to(has...)
			}
			if n := j.network(); n.Paused != tt.paused || n.Moves != tt.moves {
				t.Errorf("paused %v, moved %d times, want %v, %d", n.Paused, n.Moves, tt.paused, tt.moves)
			}
			device := netip.MustParseAddr("192.168.1.9")
			if got := j.admits(device, atHome.Addr); got == tt.paused {
				t.Errorf("lets in: %v", got)
			}
		})
	}
}

func TestNetworkIsKnownAgain(t *testing.T) {
	noGateway := lanAddress("wlan0", "192.168.1.5/24", "")
	elsewhere := lanAddress("eth0", "10.0.0.5/8", "cc:cc")
	tests := []struct {
		name         string
		where        Where
		on           [][]lan.Address
		id, formerly string
	}{
		{"its gateway is known", Where{}, [][]lan.Address{{atHome}}, "aa:aa", ""},
		{"its gateway is unknown", Where{}, [][]lan.Address{{noGateway}}, "192.168.1.0/24", ""},
		{"its gateway becomes known", Where{}, [][]lan.Address{{noGateway}, {atHome}}, "aa:aa", "192.168.1.0/24"},
		{"its gateway is forgotten", Where{}, [][]lan.Address{{atHome}, {noGateway}}, "aa:aa", ""},
		{"one that looks alike", Where{}, [][]lan.Address{{atHome}, {noGateway}, {atCafe}}, "bb:bb", ""},
		{"another one", Where{}, [][]lan.Address{{atHome}, {elsewhere}}, "cc:cc", ""},
		{"none", Where{}, [][]lan.Address{{atHome}, {itself}}, "", ""},
		{"none, and back", Where{}, [][]lan.Address{{atHome}, {itself}, {atHome}}, "aa:aa", ""},
		{"of two, whichever the owner prefers", Where{Prefer: "eth0"}, [][]lan.Address{{atHome, elsewhere}}, "aa:aa", ""},
	}
	for _, tt := range tests {
		j := newJourney(tt.where)
		for _, has := range tt.on {
			j.to(has...)
		}
		if n := j.network(); n.ID != tt.id || n.Formerly != tt.formerly {
			t.Errorf("%s: %q, formerly %q, want %q, %q", tt.name, n.ID, n.Formerly, tt.id, tt.formerly)
		}
	}
}

func TestShareGoesOnWhereTheOwnerSaysSo(t *testing.T) {
	j := newJourney(Where{})
	j.to(atHome)
	j.to(atCafe)
	j.adopt()
	if n := j.network(); n.Paused || n.ID != "bb:bb" {
		t.Errorf("%+v, want it to go on", n)
	}
	j.to(inTrain)
	j.adopt()
	if n := j.network(); n.Moves != 1 {
		t.Errorf("Devices have to scan again %d times", n.Moves)
	}
	j.to(atHome)
	if !j.network().Paused {
		t.Error("it is shared on two networks now")
	}
}

func TestWhatDevicesKnowStaysFirst(t *testing.T) {
	j := newJourney(Where{})
	for _, step := range []struct {
		has    []lan.Address
		from   string // where a device comes in from, to the first of has; "" is none
		want   lan.Address
		reason string
	}{
		{[]lan.Address{inDocker}, "", inDocker, "there is nothing else"},
		{[]lan.Address{atHome, inDocker}, "192.168.1.9", atHome, "there is a network at last"},
		{[]lan.Address{byCable, atHome, inDocker}, "", atHome, "devices need not scan again"},
		{[]lan.Address{inDocker}, "", inDocker, "the network is gone"},
		{[]lan.Address{byCable, atHome, inDocker}, "", atHome, "it is back"},
		{[]lan.Address{byCable, inDocker}, "192.168.1.6", byCable, "the other one is gone"},
		{[]lan.Address{renewed, byCable, inDocker}, "192.168.1.9", renewed, "only this computer itself came by the cable"},
		{[]lan.Address{byCable, renewed, inDocker}, "", renewed, "a device came by it"},
	} {
		j.to(step.has...)
		if step.from != "" {
			j.visit(step.from, step.has[0])
		}
		if got := j.addresses()[0]; got != step.want {
			t.Errorf("%v: first is %v, want %v, because %s", step.has, got.Addr, step.want.Addr, step.reason)
		}
	}
	if moves := j.network().Moves; moves != 1 {
		t.Errorf("It moved %d times, want 1: only once had the one that devices know gone", moves)
	}
}

func TestAtOneAddressAlone(t *testing.T) {
	office := lanAddress("eth1", "10.0.0.5/8", "cc:cc")
	j := newJourney(Where{Prefer: "eth1", Alone: true})
	j.to(atHome, office)
	if at, ok := j.listening(); at != office.Addr || !ok {
		t.Errorf("listens at %v, %v", at, ok)
	}
	if open := j.addresses(); len(open) != 1 || open[0] != office {
		t.Errorf("offers %v", open)
	}
	for _, c := range []struct {
		from, at string
		want     bool
		why      string
	}{
		{"10.7.7.7", "10.0.0.5", true, "it is on that network"},
		{"192.168.1.9", "10.0.0.5", false, "it sends to that address from another network"},
		{"192.168.1.9", "192.168.1.5", false, "it is elsewhere"},
	} {
		if got := j.admits(netip.MustParseAddr(c.from), netip.MustParseAddr(c.at)); got != c.want {
			t.Errorf("%s to %s: %v, but %s", c.from, c.at, got, c.why)
		}
	}
	j.to(atHome)
	if at, ok := j.listening(); ok || len(j.addresses()) != 0 {
		t.Errorf("eth1 has gone, but it listens at %v", at)
	}
}

// listensAt returns the address at which a server listens.
func listensAt(s *Server) string {
	host, _, _ := net.SplitHostPort(s.running().endpoint.listener.Addr().String())
	return host
}

func TestConnectionsStayWhenTheListenerMoves(t *testing.T) {
	s, url := start(t, Options{Policy: Policy{Open: true}}, Share{Folder: tree(t, map[string]string{"a": "hello"})})
	r := s.running()
	r.endpoint.place.ask = func() ([]lan.Address, error) { return []lan.Address{itself}, nil }
	old, err := net.Dial("tcp", url[len("http://"):])
	must(t, err)
	defer old.Close()
	fetchOver(t, old)

	r.refresh()
	must(t, s.SetWhere(Where{Alone: true}))
	if at := listensAt(s); at != "127.0.0.1" {
		t.Fatalf("listens at %s", at)
	}
	fetchOver(t, old)
	if links := s.Snapshot().Links; len(links) != 1 || links[0].Address != itself {
		t.Errorf("offers %v", links)
	}
	if c, err := net.Dial("tcp", url[len("http://"):]); err != nil {
		t.Error(err)
	} else {
		fetchOver(t, c)
		c.Close()
	}
	if err := s.SetWhere(Where{Alone: true, Prefer: "eth9"}); !errors.As(err, new(*AddressMissingError)) || listensAt(s) != "127.0.0.1" {
		t.Errorf("%v, and listens at %s", err, listensAt(s))
	}
	must(t, s.SetWhere(Where{}))
	if at := listensAt(s); at != "::" && at != "0.0.0.0" {
		t.Errorf("listens at %s", at)
	}
	fetchOver(t, old)
}

// fetchOver fetches the file "a" over a connection that stays open.
func fetchOver(t *testing.T, c net.Conn) {
	t.Helper()
	if _, err := c.Write([]byte("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	buffer := make([]byte, 4096)
	if n, err := c.Read(buffer); err != nil || n < 15 || string(buffer[:15]) != "HTTP/1.1 200 OK" {
		t.Fatalf("%q, %v", buffer[:n], err)
	}
}

func TestAloneNeedsItsAddress(t *testing.T) {
	s, err := New(Options{})
	must(t, err)
	err = s.Start(Share{Folder: t.TempDir(), Where: Where{Prefer: "nowhere0", Alone: true}})
	var missing *AddressMissingError
	if !errors.As(err, &missing) || missing.Wanted != "nowhere0" || s.Snapshot().State != Failed {
		t.Errorf("%v, %v", err, s.Snapshot().State)
	}
}

func TestAddressesAreLookedAfter(t *testing.T) {
	j := newJourney(Where{})
	if !j.to(atHome) || j.to(atHome) || !j.to(renewed) {
		t.Error("a change is not told, or told without one")
	}
	j.ask = func() ([]lan.Address, error) { return nil, errors.New("not now") }
	if j.look() || len(j.addresses()) != 1 {
		t.Error("the system does not answer, and the address is forgotten")
	}
}

func TestPagesAreToldAFewAddresses(t *testing.T) {
	s, _ := start(t, Options{}, Share{Folder: t.TempDir()})
	r := s.running()
	r.endpoint.place.ask = func() (all []lan.Address, err error) {
		for i := range 200 {
			all = append(all, lanAddress("eth0", fmt.Sprintf("10.0.0.%d/8", i+1), "cc"))
		}
		return all, nil
	}
	r.endpoint.place.look()
	if n := len(r.endpoint.origins()); n != mostOrigins {
		t.Errorf("%d addresses", n)
	}
}
