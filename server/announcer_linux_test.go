package server

import (
	"bytes"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"windowsill/server/announce"
)

func TestShareHasANameOnTheNetwork(t *testing.T) {
	if !inNetwork(t) {
		return
	}
	ip(t, "address add 192.168.77.1/24 dev lan0")
	ip(t, "route add default via 192.168.77.254")
	heard := listenForNames(t)
	s, base := start(t, Options{Announce: true}, Share{Folder: tree(t, map[string]string{"a": "x"})})
	name := func() string { return s.Snapshot().Network.Name }
	until(t, "a name", func() bool { return name() != "" })

	u, err := url.Parse(name())
	must(t, err)
	label, _, _ := strings.Cut(u.Hostname(), ".")
	heard(label)
	q, err := http.NewRequest(http.MethodGet, base+"/a", nil)
	must(t, err)
	q.Host = u.Host
	r, err := http.DefaultClient.Do(q)
	must(t, err)
	r.Body.Close()
	if r.StatusCode != http.StatusOK {
		t.Errorf("by its name it answers %s", r.Status)
	}
	must(t, s.SetWhere(Where{Silent: true}))
	if name() != "" {
		t.Errorf("silent, it is called %q", name())
	}
	must(t, s.SetWhere(Where{}))
	until(t, "a name again", func() bool { return name() != "" })
}

// listenForNames joins the group of multicast DNS. The function that it returns
// waits for an answer (RFC 6762, section 18.2) with a label in it.
func listenForNames(t *testing.T) (heard func(label string)) {
	t.Helper()
	card, err := net.InterfaceByName("lan0")
	must(t, err)
	c, err := net.ListenMulticastUDP("udp4", card, &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: 5353})
	must(t, err)
	t.Cleanup(func() { c.Close() })
	return func(label string) {
		t.Helper()
		must(t, c.SetReadDeadline(time.Now().Add(10*time.Second)))
		packet := make([]byte, 9000)
		for {
			n, _, err := c.ReadFromUDP(packet)
			if err != nil {
				t.Fatalf("the network hears nothing of %s: %v", label, err)
			}
			if isAnswer := n > 2 && packet[2]&0x80 != 0; isAnswer && bytes.Contains(packet[:n], []byte(label)) {
				return
			}
		}
	}
}

func TestTwoSharesOfOneNameAreFoundAndOneGoes(t *testing.T) {
	if !inNetwork(t) {
		return
	}
	ip(t, "address add fd77::1/64 dev lan0 nodad")
	ip(t, "address add fd77::2/64 dev lan0 nodad")
	share := func(addr string, port int) *announce.Announcer {
		at := announce.Address{Interface: "lan0", Prefix: netip.MustParsePrefix(addr)}
		a := announce.Start(announce.Service{Name: "Größe", Port: port, Addresses: []announce.Address{at}}, func() {})
		t.Cleanup(a.Close)
		until(t, "a name", func() bool { return a.Host() != "" })
		return a
	}
	first, second := share("fd77::1/64", 8001), share("fd77::2/64", 8002)
	if first.Host() != "grosse.local" || second.Host() != "grosse-2.local" {
		t.Errorf("They are called %s and %s.", first.Host(), second.Host())
	}
	both := map[string]uint16{"Größe._http._tcp.local.": 8001, "Größe (2)._http._tcp.local.": 8002}
	var found map[string]uint16
	until(t, "both", func() bool { found = browse(t); return maps.Equal(found, both) })
	first.Close()
	if found = browse(t); len(found) != 1 || found["Größe (2)._http._tcp.local."] != 8002 {
		t.Errorf("once the first has gone, there are %v", found)
	}
}

// browse asks for web services as a resolver of unicast DNS does, and returns the
// port of each that has answered within a moment.
func browse(t *testing.T) map[string]uint16 {
	t.Helper()
	c, err := net.ListenUDP("udp6", nil)
	must(t, err)
	defer c.Close()
	query := dnsmessage.Message{Questions: []dnsmessage.Question{{
		Name: dnsmessage.MustNewName("_http._tcp.local."), Type: dnsmessage.TypePTR, Class: dnsmessage.ClassINET,
	}}}
	b, err := query.Pack()
	must(t, err)
	_, err = c.WriteTo(b, &net.UDPAddr{IP: net.ParseIP("ff02::fb"), Port: 5353, Zone: "lan0"})
	must(t, err)
	must(t, c.SetReadDeadline(time.Now().Add(300*time.Millisecond)))
	found := map[string]uint16{}
	for packet := make([]byte, 9000); ; {
		n, err := c.Read(packet)
		if err != nil {
			return found
		}
		var m dnsmessage.Message
		must(t, m.Unpack(packet[:n]))
		if len(m.Answers) != 1 || m.Answers[0].Header.Type != dnsmessage.TypePTR {
			t.Errorf("asked for services, it answers %v", m.Answers)
			continue
		}
		name := m.Answers[0].Body.(*dnsmessage.PTRResource).PTR
		at := slices.IndexFunc(m.Additionals, func(r dnsmessage.Resource) bool { return r.Header.Name == name && r.Header.Type == dnsmessage.TypeSRV })
		if at < 0 {
			t.Errorf("it does not say where %s is", name)
			continue
		}
		found[name.String()] = m.Additionals[at].Body.(*dnsmessage.SRVResource).Port
	}
}
