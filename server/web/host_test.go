package web

import (
	"bufio"
	"io"
	"net/http"
	"strings"
	"testing"

	"windowsill/server/access"
)

// Routers know this computer by its name and a suffix of theirs.
func TestOwnHost(t *testing.T) {
	domains := []string{"fritz.box", "tail1234.ts.net", "kloster", "box", "co.uk", "dyndns.org"} // anybody can have a name in the last three
	for host, own := range map[string]bool{
		"192.168.1.20:8000": true, "192.168.1.20": true, "[fd00::2]:8000": true, "[fd00::2]": true, "[fe80::1%eth0]:8000": true,
		"localhost:8000": true, "LOCALHOST.": true, "laptop:8000": true, "laptop.": true, "Laptop.corp.example": true,
		"laptop.local": true, "laptop.local.:8000": true,
		"laptop.lan": true, "laptop.lan.:8000": true, "LAPTOP.Lan": true, "laptop.home": true, "laptop.home.arpa": true,
		"laptop.internal": true, "laptop.localdomain:8000": true,
		"laptop.fritz.box": true, "laptop.fritz.box:8000": true, "Laptop.Fritz.Box.": true, "laptop.tail1234.ts.net": true, "laptop.kloster": true,

		"evil.example": false, "192.168.1.20.evil.example": false, "laptop.evil.example": false, "local": false, ".local": false, "": false,
		"localhost.evil.example:8000": false, "laptop.local.evil.example": false, "a:b:c": false,
		"desktop.lan": false, "lan": false, ".lan": false, "laptop.lan.evil.example": false, "laptop.evil.lan": false, "laptop..lan": false,
		"laptop.box": false, "laptop.co.uk": false, "laptop.dyndns.org": false, "laptop.speedport.ip": false, "laptop.tail9999.ts.net": false, "fritz.box": false, "evil.fritz.box": false,
		"laptop.evil.fritz.box": false, "laptop..": false, "laptop.arpa": false,
	} {
		if got := isOwnHost(host, "laptop.corp.example", domains); got != own {
			t.Errorf("%q: %v", host, got)
		}
	}
	if !isOwnHost("laptop:8000", "laptop", nil) || isOwnHost("", "", nil) || isOwnHost(".local", "", nil) || isOwnHost("laptop.fritz.box", "laptop", nil) {
		t.Error("a short or missing name is mistaken")
	}
}

func TestHostInASearchDomainFollowsTheNetwork(t *testing.T) {
	domains := []string(nil)
	s := newShared(t, tree(t, map[string]string{"a.txt": "content"}), setup{Policy: access.Policy{Open: true}, Domains: func() []string { return domains }})
	c := clientOf(t, s, "192.168.1.23")
	c.want(c.send("GET", "/a.txt", "Host: laptop.fritz.box"), 421)
	domains = []string{"fritz.box"}
	c.want(c.send("GET", "/a.txt", "Host: laptop.fritz.box"), 200)
	c.want(c.send("GET", "/a.txt", "Host: laptop.lan:8000"), 200)
	c.want(c.send("GET", "/a.txt", "Host: other.fritz.box"), 421)
	domains = nil
	c.want(c.send("GET", "/a.txt", "Host: laptop.fritz.box"), 421)
}

func TestAnotherHostIsRefusedWithASentence(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "SECRET"}), setup{Policy: access.Policy{Open: true}})
	c := clientOf(t, s, "192.168.1.23")
	w := c.want(c.send("GET", "/a.txt", "Host: evil.example"), 421)
	if strings.Contains(w.Body.String(), "SECRET") || !strings.HasSuffix(strings.TrimSpace(w.Body.String()), ".") {
		t.Errorf("%s", w.Body)
	}
}

func TestHostMayBeMissingInHTTP10Alone(t *testing.T) {
	_, url := start(t, tree(t, map[string]string{"a.txt": "content"}), setup{Policy: access.Policy{Open: true}})
	for request, want := range map[string]int{
		"GET /a.txt HTTP/1.0\r\n\r\n":                          200,
		"GET /a.txt HTTP/1.0\r\nHost: localhost\r\n\r\n":       200,
		"GET /a.txt HTTP/1.0\r\nHost: evil.example\r\n\r\n":    421,
		"GET http://evil.example/a.txt HTTP/1.0\r\n\r\n":       421,
		"GET http://localhost/a.txt HTTP/1.0\r\n\r\n":          200,
		"GET /a.txt HTTP/1.1\r\n\r\n":                          400,
		"GET /a.txt HTTP/1.1\r\nHost:\r\n\r\n":                 421,
		"GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n": 421,
	} {
		a, err := http.ReadResponse(bufio.NewReader(dial(t, url, request)), nil)
		must(t, err)
		a.Body.Close()
		if a.StatusCode != want {
			t.Errorf("%q: %s", request, a.Status)
		}
	}
}

// Two lengths for one body may be an attempt to smuggle a request past a proxy
// (RFC 9112, section 6.1).
func TestConnectionEndsAfterABodyInChunks(t *testing.T) {
	_, url := start(t, tree(t, nil), setup{Policy: access.Policy{Open: true, Allow: access.Add}})
	c := dial(t, url, "PUT /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"+
		"GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n")
	all, err := io.ReadAll(c)
	must(t, err)
	if n := strings.Count(string(all), "HTTP/1.1 "); n != 1 || !strings.HasPrefix(string(all), "HTTP/1.1 201") {
		t.Errorf("%d answers: %s", n, all)
	}
}

func TestHostCheckKnowsTheAnnouncedName(t *testing.T) {
	for host, want := range map[string]bool{
		"photos.local": true, "photos.local:8000": true, "Photos.Local.": true,
		"photos.local.evil.example": false, "photos-2.local": false, "": false, "[::1]:80": false,
	} {
		if got := isAnnounced(host, "photos.local"); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
	if isAnnounced("", "") || isAnnounced(":80", "") {
		t.Error("No name is taken for one.")
	}
}
