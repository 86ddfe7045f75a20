//go:build unix

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

	"golang.org/x/net/dns/dnsmessage"
)

func TestReachableAddressComesFirst(t *testing.T) {
	o := newOtherComputer(t)
	for _, step := range [][]string{
		{"link", "add", "docker0", "type", "bridge"}, {"addr", "add", "172.17.0.1/16", "dev", "docker0"}, {"link", "set", "docker0", "up"},
		{"link", "add", "tun0", "type", "veth", "peer", "name", "far0"}, {"link", "set", "far0", "up"}, {"addr", "add", "10.8.0.6/24", "dev", "tun0"}, {"link", "set", "tun0", "up"},
		{"link", "add", "eth1", "type", "veth", "peer", "name", "far1"}, {"addr", "add", "169.254.7.7/16", "dev", "eth1"}, {"link", "set", "eth1", "up"},
		{"route", "add", "default", "dev", "tun0"}, // as of a VPN that takes all traffic
	} {
		o.ip(t, step...)
	}
	p := start(t, nil, o.command(programPath, "-no-window", "-open", "-port", "8000", t.TempDir())...)
	p.waitForLink(t)
	want := []string{"http://" + o.addr + ":8000/", "http://10.8.0.6:8000/", "http://172.17.0.1:8000/", "http://169.254.7.7:8000/"}
	got := slices.DeleteFunc(p.links(), func(l string) bool { return strings.Contains(l, "[") })
	if !slices.Equal(got, want) {
		t.Errorf("The links are %q, want %q", got, want)
	}

	o.ip(t, "addr", "flush", "dev", "eth0")
	o.ip(t, "addr", "add", "fd77::2/64", "dev", "eth0", "nodad")
	eventually(t, "the IPv6 address, the only one left that phones can reach, is first", func() bool {
		links := p.links()
		return len(links) > 0 && links[0] == "http://[fd77::2]:8000/"
	})
}

func TestDownloadSurvivesAnAddressChange(t *testing.T) {
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
	s.run(t, o.command(programPath, "-port", "8000", "-open", dir)...)
	if link := s.scan(t); link != "http://"+o.addr+":8000/" {
		t.Fatalf("The code says %s", link)
	}
	download, err := direct.Get("http://" + o.at(177, 3, "") + ":8000/film.mp4")
	if err != nil {
		t.Fatal(err)
	}
	defer download.Body.Close()
	first, err := io.CopyN(io.Discard, download.Body, 1<<20)
	if err != nil {
		t.Fatal(err)
	}

	// As when the Wi-Fi changes: for a while there is only the other address.
	o.ip(t, "addr", "del", o.addr+"/24", "dev", "eth0")
	meanwhile := "http://" + o.at(177, 3, "") + ":8000/"
	eventually(t, "the code says "+meanwhile, func() bool { return readCode(s.screenshot(t)) == meanwhile })
	o.ip(t, "addr", "add", o.at(77, 5, "/24"), "dev", "eth0")
	changed := time.Now()
	now := "http://" + o.at(77, 5, "") + ":8000/"
	eventually(t, "the code says "+now, func() bool { return readCode(s.screenshot(t)) == now })
	t.Logf("The code followed after %v.", time.Since(changed))
	if status, err := statusOf(now); status != http.StatusOK {
		t.Errorf("GET %s gives %d, %v", now, status, err)
	}
	if rest, err := io.Copy(io.Discard, download.Body); err != nil || first+rest != size {
		t.Errorf("The download over the other address gives %d bytes, %v", first+rest, err)
	}
}

func TestSharePausesOnAnotherNetwork(t *testing.T) {
	o := newOtherComputer(t)
	o.addHere(t, 99)
	s := newScreen(t)
	s.run(t, o.command(programPath, "-port", "8000", "-open", folderWith(t, map[string]string{"x.txt": "here"}))...)
	s.scan(t)
	o.ip(t, "addr", "del", o.addr+"/24", "dev", "eth0")
	o.ip(t, "addr", "add", o.at(99, 2, "/24"), "dev", "eth0")
	here := "http://" + o.at(99, 2, "") + ":8000/x.txt"
	again := s.findOn(t, "the button to share here too", caution, isNotice, secondary, func(a image.Rectangle) bool { return a.Dx() > 60 && a.Dy() > 20 })
	if status, err := statusOf(here); err == nil {
		t.Errorf("GET on the other network gives %d, want no answer", status)
	}
	s.click(t, again)
	eventually(t, "it shares on the other network", func() bool {
		status, _ := statusOf(here)
		return status == http.StatusOK
	})
}

func TestNameIsAnnouncedAndWithdrawn(t *testing.T) {
	o := newOtherComputer(t)
	ifi, err := net.InterfaceByName(o.here)
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.ListenMulticastUDP("udp4", ifi, &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: 5353})
	if err != nil {
		skip(t, "This test listens to multicast DNS: "+err.Error())
	}
	defer c.Close()
	dir := filepath.Join(t.TempDir(), "Bücher")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	p := start(t, nil, o.command(programPath, "-no-window", "-open", "-port", "8000", dir)...)
	p.waitForLink(t)
	heard := awaitService(t, c, "Bücher._http._tcp.local.")
	if heard.addr != o.addr || heard.port != 8000 || heard.host != "bucher.local." || heard.ttl == 0 {
		t.Errorf("It announces %+v", heard)
	}
	eventually(t, "the name is printed", func() bool {
		return strings.Contains(p.stdout.String(), "On this network it also is http://bucher.local:8000/")
	})
	p.signal(t, syscall.SIGTERM)
	for heard.ttl != 0 {
		heard = awaitService(t, c, "Bücher._http._tcp.local.")
	}
}

// service is an announced service.
type service struct {
	host, addr string
	port       uint16
	ttl        uint32
}

// awaitService waits for a multicast DNS answer about a service.
func awaitService(t *testing.T, c *net.UDPConn, name string) (s service) {
	t.Helper()
	c.SetReadDeadline(time.Now().Add(timeout))
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
					s.host, s.port, s.ttl = b.Target.String(), b.Port, r.Header.TTL
				}
			case *dnsmessage.AResource:
				s.addr = net.IP(b.A[:]).String()
			}
		}
		if s.host != "" {
			return s
		}
	}
}

func TestBlockingFirewallIsNamed(t *testing.T) {
	nft := need(t, "nft")
	o := newOtherComputer(t)
	rules := exec.Command("ip", "netns", "exec", o.name, nft, "-f", "-")
	rules.Stdin = strings.NewReader("table inet guard {\n chain input {\n  type filter hook input priority 0; policy drop;\n  iifname lo accept\n  ct state established,related accept\n }\n}\n")
	if out, err := rules.CombinedOutput(); err != nil {
		skip(t, "This kernel or container has no nftables to test with: "+string(out))
	}
	p := start(t, nil, o.command(programPath, "-no-window", "-open", "-port", "8000", t.TempDir())...)
	p.waitForLink(t)
	const command = "sudo nft insert rule inet guard input tcp dport 8000 accept"
	eventually(t, "the firewall is named", func() bool {
		return strings.Contains(p.stdout.String(), "The firewall nftables keeps devices out. To let them in:\n  "+command+"\n")
	})
	o.run(t, strings.Fields(command)[1:]...)
	eventually(t, "the program notices that the port is open", func() bool {
		return strings.Contains(p.stdout.String(), "No firewall keeps devices out any more.")
	})
	if status, err := statusOf("http://" + o.addr + ":8000/"); status != http.StatusOK {
		t.Errorf("GET gives %d, %v", status, err)
	}
}

func TestOnlyOneAddressListens(t *testing.T) {
	o := newOtherComputer(t)
	o.addHere(t, 177)
	o.ip(t, "addr", "add", o.at(177, 3, "/24"), "dev", "eth0")
	p := start(t, nil, o.command(programPath, "-no-window", "-open", "-port", "8000", "-only", o.at(177, 3, ""), t.TempDir())...)
	p.waitForLink(t)
	if got, want := p.links(), []string{"http://" + o.at(177, 3, "") + ":8000/"}; !slices.Equal(got, want) {
		t.Errorf("The links are %q, want %q", got, want)
	}
	if status, err := statusOf(p.links()[0]); status != http.StatusOK {
		t.Errorf("GET at the chosen address gives %d, %v", status, err)
	}
	if c, err := net.DialTimeout("tcp", o.addr+":8000", timeout); err == nil {
		c.Close()
		t.Error("It listens at the other address too.")
	}
}

func TestOpenPagesFollowToTheOtherAddress(t *testing.T) {
	o := newOtherComputer(t)
	o.addHere(t, 177)
	o.ip(t, "addr", "add", o.at(177, 3, "/24"), "dev", "eth0")
	p := start(t, nil, o.command(programPath, "-no-window", "-port", "8000", "-visitors", "add",
		folderWith(t, map[string]string{"below/inner.txt": "x", "music.wav": silentWAV(60)}))...)
	link := p.waitForLink(t)
	first := browser(t)
	openPage(t, first, link)
	waitForPage(t, first, "http://"+o.addr+":8000/", "below")
	// Each page, what is done there, and what holds at the other address too.
	pages := []struct{ at, do, still string }{
		{"/below/", "", `document.querySelector("main").textContent.includes("inner.txt")`},
		{"/?q=inner", "", `document.querySelector("main").textContent.includes("inner.txt")`},
		{"/below/inner.txt?open", "", `document.querySelector("main").textContent.includes("x")`},
		{"/music.wav?open", `document.querySelector(".play").currentTime = 42`, `document.querySelector(".play").currentTime === 42`},
		{"/.windowsill/text", `document.querySelector("textarea").value = "50 % ä#"`, `document.querySelector("textarea").value === "50 % ä#"`},
	}
	tabs := make([]context.Context, len(pages))
	for i, page := range pages {
		tabs[i] = newTab(t, first)
		openPage(t, tabs[i], "http://"+o.addr+":8000"+page.at)
		if page.do != "" {
			evaluate[any](t, tabs[i], page.do)
		}
		eventually(t, page.at+" knows the other address", func() bool {
			return strings.Count(p.stdout.String(), "GET /.windowsill/elsewhere HTTP") == i+2
		})
	}

	o.ip(t, "addr", "del", o.addr+"/24", "dev", "eth0")
	for _, tab := range tabs {
		// A browser says when the network has changed. Without that the page
		// would find out after half a minute.
		evaluate[bool](t, tab, `window.dispatchEvent(new Event("online"))`)
	}
	for i, page := range pages {
		there := "http://" + o.at(177, 3, "") + ":8000" + page.at
		waitForScript(t, tabs[i], page.at+" shows the same at the other address", `location.href === "`+there+`" && `+page.still)
	}
}
