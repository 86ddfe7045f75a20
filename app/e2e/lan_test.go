//go:build linux

package e2e

import (
	"context"
	"image"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/dns/dnsmessage"
)

// The colours of what has to be known, and of a button that does not press.
var (
	caution = near(0xfff3d6)
	quiet   = exactly(0xe8eaf3)
)

// links returns the addresses that a program has printed last, best first.
func (p *program) links() (all []string) {
	for line := range strings.Lines(p.stdout.String()) {
		switch {
		case strings.HasPrefix(line, "Sharing "):
			all = nil
		case strings.HasPrefix(line, "  http://"):
			all = append(all, strings.Fields(line)[0])
		}
	}
	return all
}

func TestAddressThatPhonesCanReachComesFirst(t *testing.T) {
	o := newOtherComputer(t)
	for _, step := range [][]string{
		{"link", "add", "docker0", "type", "bridge"}, {"addr", "add", "172.17.0.1/16", "dev", "docker0"}, {"link", "set", "docker0", "up"},
		{"link", "add", "tun0", "type", "veth", "peer", "name", "far0"}, {"link", "set", "far0", "up"}, {"addr", "add", "10.8.0.6/24", "dev", "tun0"}, {"link", "set", "tun0", "up"},
		{"link", "add", "eth1", "type", "veth", "peer", "name", "far1"}, {"addr", "add", "169.254.7.7/16", "dev", "eth1"}, {"link", "set", "eth1", "up"},
		{"route", "add", "default", "dev", "tun0"}, // the VPN takes it all
	} {
		o.ip(t, step...)
	}
	p := start(t, nil, o.command(built, "-no-window", "-open", "-port", "8000", t.TempDir())...)
	p.untilSharing(t)
	want := []string{"http://" + o.addr + ":8000/", "http://10.8.0.6:8000/", "http://172.17.0.1:8000/", "http://169.254.7.7:8000/"}
	got := slices.DeleteFunc(p.links(), func(l string) bool { return strings.Contains(l, "[") })
	if !slices.Equal(got, want) {
		t.Errorf("The links are %q, want %q", got, want)
	}

	o.ip(t, "addr", "flush", "dev", "eth0")
	o.ip(t, "addr", "add", "fd77::2/64", "dev", "eth0", "nodad")
	eventually(t, "the only address outside, of IPv6, is first", func() bool {
		links := p.links()
		return len(links) > 0 && links[0] == "http://[fd77::2]:8000/"
	})
}

func TestAddressChangesUnderADownload(t *testing.T) {
	o := newOtherComputer(t)
	o.addHere(t, 177)
	o.ip(t, "addr", "add", o.at(177, 3, "/24"), "dev", "eth0")
	dir := t.TempDir()
	const size = 64 << 20
	if err := os.WriteFile(filepath.Join(dir, "film.mp4"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(dir, "film.mp4"), size); err != nil {
		t.Fatal(err)
	}
	s := newScreen(t)
	s.run(t, o.command(built, "-port", "8000", "-open", dir)...)
	if link := s.scan(t); link != "http://"+o.addr+":8000/" {
		t.Fatalf("The code says %s", link)
	}
	download, err := http.Get("http://" + o.at(177, 3, "") + ":8000/film.mp4")
	if err != nil {
		t.Fatal(err)
	}
	defer download.Body.Close()
	first, err := io.CopyN(io.Discard, download.Body, 1<<20)
	if err != nil {
		t.Fatal(err)
	}

	// As when a Wi-Fi changes: for a while there is only the other address.
	o.ip(t, "addr", "del", o.addr+"/24", "dev", "eth0")
	meanwhile := "http://" + o.at(177, 3, "") + ":8000/"
	eventually(t, "the code says "+meanwhile, func() bool { return readCode(s.shot(t)) == meanwhile })
	o.ip(t, "addr", "add", o.at(77, 5, "/24"), "dev", "eth0")
	changed := time.Now()
	now := "http://" + o.at(77, 5, "") + ":8000/"
	eventually(t, "the code says "+now, func() bool { return readCode(s.shot(t)) == now })
	t.Logf("The code followed after %v.", time.Since(changed))
	if r, err := http.Get(now); err != nil || r.StatusCode != http.StatusOK {
		t.Errorf("GET %s: %v", now, err)
	} else {
		r.Body.Close()
	}
	if rest, err := io.Copy(io.Discard, download.Body); err != nil || first+rest != size {
		t.Errorf("The download over the other address gives %d bytes, %v", first+rest, err)
	}
}

func TestShareWaitsUntilTheOwnerWantsItElsewhere(t *testing.T) {
	o := newOtherComputer(t)
	o.addHere(t, 99)
	s := newScreen(t)
	s.run(t, o.command(built, "-port", "8000", "-open", folderWith(t, map[string]string{"x.txt": "here"}))...)
	s.scan(t)
	o.ip(t, "addr", "del", o.addr+"/24", "dev", "eth0")
	o.ip(t, "addr", "add", o.at(99, 2, "/24"), "dev", "eth0")
	here := "http://" + o.at(99, 2, "") + ":8000/x.txt"
	notice := s.find(t, "the notice that it has paused", caution, func(a image.Rectangle) bool { return a.Dx() > 200 && a.Dy() > 90 }) // the one before, of no network, is lower
	if r, err := http.Get(here); err == nil {
		r.Body.Close()
		t.Error("It lets in who is on another network.")
	}
	s.click(t, s.find(t, "the button to share here too", quiet, func(a image.Rectangle) bool {
		return a.In(notice) && a.Dx() > 60 && a.Dy() > 20
	}))
	eventually(t, "it shares here", func() bool {
		r, err := http.Get(here)
		if err != nil {
			return false
		}
		r.Body.Close()
		return r.StatusCode == http.StatusOK
	})
}

func TestNameIsAnnouncedAndTakenBack(t *testing.T) {
	o := newOtherComputer(t)
	ifi, err := net.InterfaceByName(o.here)
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.ListenMulticastUDP("udp4", ifi, &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: 5353})
	if err != nil {
		t.Skip("Nobody can listen to multicast DNS here: ", err)
	}
	defer c.Close()
	dir := filepath.Join(t.TempDir(), "Bücher")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	p := start(t, nil, o.command(built, "-no-window", "-open", "-port", "8000", dir)...)
	p.untilSharing(t)
	said := hearService(t, c, "Bücher._http._tcp.local.")
	if said.addr != o.addr || said.port != 8000 || said.host != "bucher.local." || said.ttl == 0 {
		t.Errorf("It announces %+v", said)
	}
	eventually(t, "the name is printed", func() bool {
		return strings.Contains(p.stdout.String(), "On this network it also is http://bucher.local:8000/")
	})
	p.signal(t, syscall.SIGTERM)
	for said.ttl != 0 {
		said = hearService(t, c, "Bücher._http._tcp.local.")
	}
}

// announced is what was heard of a service.
type announced struct {
	host, addr string
	port       uint16
	ttl        uint32
}

// hearService waits for an answer about a service.
func hearService(t *testing.T, c *net.UDPConn, name string) (a announced) {
	t.Helper()
	c.SetReadDeadline(time.Now().Add(patience))
	buffer := make([]byte, 9000)
	for {
		n, err := c.Read(buffer)
		if err != nil {
			t.Fatalf("Nothing is heard of %s: %v", name, err)
		}
		var m dnsmessage.Message
		if m.Unpack(buffer[:n]) != nil || !m.Response {
			continue
		}
		for _, r := range m.Answers {
			switch b := r.Body.(type) {
			case *dnsmessage.SRVResource:
				if r.Header.Name.String() == name {
					a.host, a.port, a.ttl = b.Target.String(), b.Port, r.Header.TTL
				}
			case *dnsmessage.AResource:
				a.addr = net.IP(b.A[:]).String()
			}
		}
		if a.host != "" {
			return a
		}
	}
}

func TestFirewallThatDropsThePortIsNamed(t *testing.T) {
	nft := need(t, "nft")
	o := newOtherComputer(t)
	rules := exec.Command("ip", "netns", "exec", o.name, nft, "-f", "-")
	rules.Stdin = strings.NewReader("table inet guard {\n chain input {\n  type filter hook input priority 0; policy drop;\n  iifname lo accept\n  ct state established,related accept\n }\n}\n")
	if out, err := rules.CombinedOutput(); err != nil {
		t.Skip("This machine does not let nft make rules: ", string(out))
	}
	p := start(t, nil, o.command(built, "-no-window", "-open", "-port", "8000", t.TempDir())...)
	p.untilSharing(t)
	const command = "sudo nft insert rule inet guard input tcp dport 8000 accept"
	eventually(t, "the firewall is named", func() bool {
		return strings.Contains(p.stdout.String(), "The firewall nftables keeps devices out. To let them in:\n  "+command+"\n")
	})
	o.run(t, strings.Fields(command)[1:]...)
	eventually(t, "it is noticed that the way is free", func() bool {
		return strings.Contains(p.stdout.String(), "No firewall keeps devices out any more.")
	})
	r, err := http.Get("http://" + o.addr + ":8000/")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
}

func TestOnlyOneNetworkGetsIn(t *testing.T) {
	o := newOtherComputer(t)
	o.addHere(t, 177)
	o.ip(t, "addr", "add", o.at(177, 3, "/24"), "dev", "eth0")
	p := start(t, nil, o.command(built, "-no-window", "-open", "-port", "8000", "-only", o.at(177, 3, ""), t.TempDir())...)
	p.untilSharing(t)
	if got, want := p.links(), []string{"http://" + o.at(177, 3, "") + ":8000/"}; !slices.Equal(got, want) {
		t.Errorf("The links are %q, want %q", got, want)
	}
	r, err := http.Get(p.links()[0])
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if c, err := net.DialTimeout("tcp", o.addr+":8000", patience); err == nil {
		c.Close()
		t.Error("It listens at the other address too.")
	}
}

func TestOpenPagesFindTheShareAtItsOtherAddress(t *testing.T) {
	o := newOtherComputer(t)
	o.addHere(t, 177)
	o.ip(t, "addr", "add", o.at(177, 3, "/24"), "dev", "eth0")
	p := start(t, nil, o.command(built, "-no-window", "-port", "8000", "-visitors", "add",
		folderWith(t, map[string]string{"below/inner.txt": "x", "music.wav": silence(60)}))...)
	link := p.untilSharing(t)
	guest := browser(t)
	goTo(t, guest, link)
	shows(t, guest, "http://"+o.addr+":8000/", "below")
	// Each page, what is done there, and what it still shows at the other address.
	pages := []struct{ at, do, still string }{
		{"/below/", "", `document.querySelector("main").textContent.includes("inner.txt")`},
		{"/?q=inner", "", `document.querySelector("main").textContent.includes("inner.txt")`},
		{"/below/inner.txt?open", "", `document.querySelector("main").textContent.includes("x")`},
		{"/music.wav?open", `document.querySelector(".play").currentTime = 42`, `document.querySelector(".play").currentTime === 42`},
		{"/.windowsill/text", `document.querySelector("textarea").value = "50 % ä#"`, `document.querySelector("textarea").value === "50 % ä#"`},
	}
	tabs := make([]context.Context, len(pages))
	for i, page := range pages {
		tab, cancel := chromedp.NewContext(guest)
		t.Cleanup(cancel)
		tabs[i] = tab
		goTo(t, tab, "http://"+o.addr+":8000"+page.at)
		if page.do != "" {
			if _, err := chromedp.Run(tab, chromedp.Evaluate[any](page.do)); err != nil {
				t.Fatal(err)
			}
		}
		eventually(t, page.at+" knows the other address", func() bool {
			return strings.Count(p.stdout.String(), "GET /.windowsill/elsewhere HTTP") == i+2
		})
	}

	o.ip(t, "addr", "del", o.addr+"/24", "dev", "eth0")
	for _, tab := range tabs {
		// A phone that changes its network says so; without it the page would
		// find out after half a minute.
		if _, err := chromedp.Run(tab, chromedp.Evaluate[bool](`window.dispatchEvent(new Event("online"))`)); err != nil {
			t.Fatal(err)
		}
	}
	for i, page := range pages {
		there := "http://" + o.at(177, 3, "") + ":8000" + page.at
		eventually(t, page.at+" is what it was, elsewhere", func() bool {
			is, err := chromedp.Run(tabs[i], chromedp.Evaluate[bool](`location.href === "`+there+`" && `+page.still))
			return err == nil && is
		})
	}
}

func TestDoorOutOfReachSaysSo(t *testing.T) {
	o := newOtherComputer(t)
	s := newScreen(t)
	s.run(t, o.command(built, "-port", "8000", folderWith(t, map[string]string{"x.txt": "x"}))...)
	home := clean(t, s.scan(t))
	guest := browser(t)
	goTo(t, guest, home)
	press(t, guest, "Ask to come in")
	shows(t, guest, home, "This page goes on by itself.")
	o.ip(t, "link", "set", "eth0", "down")
	if _, err := chromedp.Run(guest, chromedp.Evaluate[bool](`window.dispatchEvent(new Event("offline"))`)); err != nil {
		t.Fatal(err)
	}
	shows(t, guest, home, "This folder cannot be reached just now.")
}
