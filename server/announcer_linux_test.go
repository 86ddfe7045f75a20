package server

import (
	"bytes"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
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
