package web

import (
	"crypto/tls"
	"net/http"
	"strings"
	"testing"

	"windowsill/server/page"
)

// encrypted shares a folder over TLS at the port 9000, by the names that clients of
// these tests use.
func encrypted(t *testing.T, o setup) *shared {
	t.Helper()
	o.TLS = &TLS{
		Origin:    func(host string) string { return "https://" + host + ":9000" },
		Covers:    func(host string) bool { return host == "desk.example.net" },
		Authority: func() (certificate, profile []byte) { return []byte("der"), []byte("plist") },
		Shown:     func() page.Trust { return page.Trust{Words: "together mail awful cradle", Authority: "AB:CD"} },
	}
	return newShared(t, tree(t, map[string]string{"a.txt": "secret words"}), o)
}

// secureClient is a client that speaks TLS.
func secureClient(t *testing.T, s *shared, addr string) *client {
	c := clientOf(t, s, addr)
	c.handler = http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		q.TLS = &tls.ConnectionState{}
		s.ServeHTTP(w, q)
	})
	return c
}

func TestUnencryptedRequests(t *testing.T) {
	const (
		chrome = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
		asks   = "Accept: */*, text/html;q=0.1" // and gets no page
	)
	for _, test := range []struct {
		name, method, target string
		headers              []string
		status               int
		location             string
	}{
		{"a browser that says nothing of pages", "GET", "/", []string{"Upgrade-Insecure-Requests: 1"}, 307, "https://192.168.1.20:9000/"},
		{"wget", "GET", "/", []string{chrome, "User-Agent: Wget/1.21.3"}, 307, "https://192.168.1.20:9000/"},
		{"its question", "HEAD", "/a.txt", []string{"Upgrade-Insecure-Requests: 1"}, 307, "https://192.168.1.20:9000/a.txt"},
		{"a program that would take a page", "GET", "/a.txt?view", []string{asks}, 307, "https://192.168.1.20:9000/a.txt?view"},
		{"with a key", "GET", "/?key=KEY", []string{asks}, 307, "https://192.168.1.20:9000/"},
		{"with a key and more", "GET", "/a.txt?view&key=KEY", []string{asks}, 307, "https://192.168.1.20:9000/a.txt?view"},
		{"with a ticket", "GET", "/.windowsill/ticket/abc/file/a.txt", []string{asks}, 307, "https://192.168.1.20:9000/a.txt?download"},
		{"wget2 leaves out the port", "GET", "/", []string{asks, "Host: 192.168.1.20"}, 307, "https://192.168.1.20:9000/"},
		{"a name of the certificate", "GET", "/", []string{asks, "Host: desk.example.net:8000"}, 307, "https://desk.example.net:9000/"},
		{"the name of another page", "GET", "/", []string{chrome, "Host: evil.example"}, 421, ""},
		{"curl", "GET", "/a.txt", []string{"Accept: */*"}, 403, ""},
		{"curl that asks for a page", "HEAD", "/a.txt", []string{"Accept: text/html"}, 307, "https://192.168.1.20:9000/a.txt"},
		{"the script of an open page", "GET", "/", []string{"Accept: text/html", "Referer: http://192.168.1.20:9000/"}, 403, ""},
		{"one that asks whether it is there", "HEAD", "/", []string{"Accept: text/html", "Referer: http://192.168.1.20:9000/"}, 403, ""},
		{"its stream of events", "GET", "/.windowsill/live", []string{"Accept: text/event-stream"}, 403, ""},
		{"a form", "POST", "/.windowsill/enter", []string{chrome, "Upgrade-Insecure-Requests: 1"}, 403, ""},
		{"an upload", "PUT", "/b.txt", nil, 403, ""},
		{"a drive", "PROPFIND", "/", nil, 403, ""},
		{"a drive that looks", "OPTIONS", "/", nil, 403, ""},
		{"a file manager", "GET", "/a.txt", []string{chrome, "User-Agent: gvfs/1.50.3"}, 403, ""},
		{"a waiting door goes on", "GET", "/.windowsill/wait", nil, 200, ""},
		{"the authority, which could be another one", "GET", "/.windowsill/authority.crt", nil, 403, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := encrypted(t, setup{})
			c := clientOf(t, s, "192.168.1.7")
			w := c.want(c.send(test.method, strings.ReplaceAll(test.target, "KEY", s.guard.Key()), test.headers...), test.status)
			if got := w.Header().Get("Location"); got != test.location {
				t.Errorf("it leads to %q, want %q", got, test.location)
			}
			if w.Header().Get("Connection") != "close" && test.status != 421 {
				t.Error("aria2 would speak TLS on this connection")
			}
			if w.Header().Get("Strict-Transport-Security") != "" {
				t.Error("HSTS would break every other port of this computer")
			}
			if len(c.cookies) > 0 || strings.Contains(w.Body.String(), "secret") {
				t.Errorf("cookies %v, body %s", c.cookies, w.Body)
			}
		})
	}
}

func TestKeyThatWasSentUnencryptedIsVoid(t *testing.T) {
	s := encrypted(t, setup{})
	key := s.guard.Key()
	c := clientOf(t, s, "192.168.1.7")
	c.want(c.send("GET", "/?key="+key, browser), 200)
	other := secureClient(t, s, "192.168.1.8")
	other.want(other.send("GET", "/?key="+key, browser), 403)
	other.want(other.send("GET", "/?key="+s.guard.Key(), browser), 303)
}

func TestCookieThatWasSentUnencryptedIsVoid(t *testing.T) {
	s := encrypted(t, setup{})
	secure, other, plain := secureClient(t, s, "192.168.1.7"), secureClient(t, s, "192.168.1.8"), clientOf(t, s, "192.168.1.7")
	enterByKey(s, secure)
	enterByKey(s, other)
	plain.want(plain.send("GET", "/a.txt", "Cookie: __Host-windowsill_8000=wrong"), 403)
	secure.want(secure.send("GET", "/a.txt"), 200)
	plain.want(plain.send("GET", "/a.txt", "Cookie: __Host-windowsill_8000="+secure.cookies["__Host-windowsill_8000"]), 403)
	secure.want(secure.send("GET", "/a.txt"), 401)
	other.want(other.send("GET", "/a.txt"), 200)
}

func TestPINThatWasSentUnencryptedIsVoid(t *testing.T) {
	s := encrypted(t, setup{})
	pin := s.guard.PIN().Digits
	secure, plain := secureClient(t, s, "192.168.1.8"), clientOf(t, s, "192.168.1.7")
	secure.want(secure.send("GET", "/a.txt", basic(pin)), 200)
	plain.want(plain.send("GET", "/a.txt", basic(wrongPINOf(s))), 403)
	if s.guard.PIN().Digits != pin {
		t.Fatal("a wrong one made a new PIN")
	}
	plain.want(plain.send("GET", "/a.txt", basic(pin)), 403)
	secure.want(secure.send("GET", "/a.txt", basic(pin)), 401)
	secure.want(secure.send("GET", "/a.txt", basic(s.guard.PIN().Digits)), 200)
}

func TestCookiesOfAnEncryptedShareAreForTLSAlone(t *testing.T) {
	s := encrypted(t, setup{})
	c := secureClient(t, s, "192.168.1.7")
	w := c.want(c.send("GET", "/?key="+s.guard.Key(), browser), 303)
	line := w.Header().Get("Set-Cookie")
	if !strings.HasPrefix(line, "__Host-windowsill_8000=") || !strings.Contains(line, "; Secure") || !strings.Contains(line, "; Path=/;") || strings.Contains(line, "Domain") {
		t.Errorf("Set-Cookie: %s", line)
	}
	c.want(c.send("GET", "/a.txt"), 200)
	// A cookie of the time before went over the network in the clear.
	old := secureClient(t, s, "192.168.1.9")
	old.cookies["windowsill_8000"] = c.cookies["__Host-windowsill_8000"]
	old.want(old.send("GET", "/a.txt"), 401)
}

func TestDevicesGetTheAuthority(t *testing.T) {
	s := encrypted(t, setup{})
	c := secureClient(t, s, "192.168.1.7") // who is not in
	for target, want := range map[string][2]string{
		"/.windowsill/authority.crt":          {"application/x-x509-ca-cert", "der"},
		"/.windowsill/authority.mobileconfig": {"application/x-apple-aspen-config", "plist"},
	} {
		w := c.want(c.send("GET", target), 200)
		if got := w.Header().Get("Content-Type"); got != want[0] || w.Body.String() != want[1] {
			t.Errorf("%s: %s, %q", target, got, w.Body)
		}
		c.want(c.send("POST", target), 405)
	}
	plain := newShared(t, t.TempDir(), setup{})
	p := clientOf(t, plain, "192.168.1.7")
	p.want(p.send("GET", "/.windowsill/authority.crt"), 404)
	own := newShared(t, t.TempDir(), setup{TLS: &TLS{Covers: func(string) bool { return false }, Authority: func() (certificate, profile []byte) { return nil, nil }, Shown: func() page.Trust { return page.Trust{Words: "w"} }}})
	o := secureClient(t, own, "192.168.1.7")
	o.want(o.send("GET", "/.windowsill/authority.crt"), 404)
}

func TestPlayersAreLedToTLS(t *testing.T) {
	s := encrypted(t, setup{})
	c := secureClient(t, s, "192.168.1.7")
	enterByKey(s, c)
	w := c.want(c.send("GET", "/a.txt?vlc", browser), 307)
	if got := w.Header().Get("Location"); !strings.HasPrefix(got, "vlc://https://192.168.1.20:8000/") {
		t.Errorf("VLC is led to %s", got)
	}
}

func TestDriveMovesThingsOverTLS(t *testing.T) {
	s := encrypted(t, setup{})
	p := s.guard.Policy()
	p.Allow = 2
	s.guard.SetPolicy(p)
	c := secureClient(t, s, "192.168.1.7")
	c.want(c.send("MOVE", "/a.txt", basic(s.guard.PIN().Digits), "Destination: https://192.168.1.20:8000/b.txt"), 201)
	c.want(c.send("GET", "/b.txt", basic(s.guard.PIN().Digits)), 200)
}

func TestBrowserIsForewarned(t *testing.T) {
	for name, test := range map[string]struct{ agent, says string }{
		"Chrome":                               {"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "then “Proceed”"},
		"Edge":                                 {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "then “Proceed”"},
		"Firefox":                              {"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "then “Proceed” at the very end, or “Accept the Risk and Continue”"},
		"GNOME Web":                            {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "Go on all the same."},
		"Safari":                               {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "“visit this website”"},
		"Chrome on an iPhone, which is Safari": {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1", "“visit this website”"},
		"others":                               {"Mozilla/5.0 (Mobile) SomethingElse/1", "Go on all the same."},
	} {
		s := encrypted(t, setup{})
		c := clientOf(t, s, "192.168.1.7")
		w := c.want(c.send("GET", "/a.txt?key="+s.guard.Key(), browser, "User-Agent: "+test.agent, "Upgrade-Insecure-Requests: 1"), 200)
		if body := w.Body.String(); !strings.Contains(body, test.says) || !strings.Contains(body, `href="https://192.168.1.20:9000/a.txt"`) || strings.Contains(body, "secret") {
			t.Errorf("%s: %s", name, body)
		}
		if policy := w.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "img-src 'self' https://192.168.1.20:9000;") {
			t.Errorf("its script cannot find out whether the browser trusts the share: %s", policy)
		}
	}
}

func TestTrustedShareIsFoundOut(t *testing.T) {
	s := encrypted(t, setup{})
	c := secureClient(t, s, "192.168.1.7")
	w := c.want(c.send("GET", "/.windowsill/secure"), 200)
	if w.Header().Get("Content-Type") != "image/svg+xml" || w.Header().Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("no picture for a page of http: %v", w.Header())
	}
}

func TestPeopleCanCompare(t *testing.T) {
	s := encrypted(t, setup{})
	c := secureClient(t, s, "192.168.1.7")
	if door := c.want(c.send("GET", "/", browser), 403).Body.String(); !strings.Contains(door, "together mail awful cradle") {
		t.Errorf("the door: %s", door)
	}
	trust := c.want(c.send("GET", "/.windowsill/trust", browser), 200).Body.String()
	for _, part := range []string{"together mail awful cradle", "AB:CD", "authority.crt", "authority.mobileconfig"} {
		if !strings.Contains(trust, part) {
			t.Errorf("there is no %s in %s", part, trust)
		}
	}
	plain := newShared(t, t.TempDir(), setup{})
	p := clientOf(t, plain, "192.168.1.7")
	p.want(p.send("GET", "/.windowsill/trust", browser), 404)
}
