package web

import (
	"fmt"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"windowsill/server/access"
)

// driver is a program that has a share as a drive, and proves with each request
// that it knows the PIN, as RFC 7616 3.4 says.
type driver struct {
	*client
	user, password string
	nonce          string
	count          int
	stale          bool
}

// send sends a request, after a first one without a proof if it has no nonce.
func (d *driver) send(method, target string, headers ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	if d.nonce == "" {
		d.challenged(d.client.send(method, target, headers...))
	}
	d.count++
	return d.challenged(d.client.send(method, target, append(headers, d.proof(method, target, d.count))...))
}

var nonceIn = regexp.MustCompile(`^Digest realm="([^"]*)", nonce="([^"]*)", algorithm=MD5, qop="auth"(, stale=true)?$`)

// challenged takes the challenge of an answer.
func (d *driver) challenged(w *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	d.t.Helper()
	if w.Code != 401 {
		return w
	}
	all := w.Header().Values("WWW-Authenticate")
	if len(all) != 2 || !strings.HasPrefix(all[1], "Basic realm=") {
		d.t.Fatalf("asked for a password by %q, want Digest and Basic in two lines", all)
	}
	m := nonceIn.FindStringSubmatch(all[0])
	if m == nil || m[1] != realm {
		d.t.Fatalf("challenge %q", all[0])
	}
	d.nonce, d.count, d.stale = m[2], 0, m[3] != ""
	return w
}

func (d *driver) proof(method, target string, count int) string {
	return d.proofOf(method, target, fmt.Sprintf("%08x", count))
}

func (d *driver) proofOf(method, target, nc string) string {
	a1 := hashed(unescape(d.user) + ":" + realm + ":" + d.password)
	response := hashed(strings.Join([]string{a1, d.nonce, nc, "c0ffee", "auth", hashed(method + ":" + target)}, ":"))
	return fmt.Sprintf(`Authorization: Digest username="%s", realm="%s", nonce="%s", uri="%s", algorithm=MD5, qop=auth, nc=%s, cnonce="c0ffee", response="%s"`,
		d.user, realm, d.nonce, target, nc, response)
}

func driverOf(t *testing.T, s *shared) *driver {
	return &driver{client: clientOf(t, s, "192.168.1.23"), user: "anybody", password: s.guard.PIN().Digits}
}

func TestDigestLetsIn(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a b.txt": "a"}), setup{})
	half := s.guard.PIN().Digits
	for name, d := range map[string]*driver{
		"any name":            {user: "anybody", password: half},
		"no name":             {user: "", password: half},
		"as the window shows": {user: "anna", password: half[:3] + " " + half[3:]},
		"of a domain":         {user: `LAPTOP\\anna`, password: half},
	} {
		d.client = clientOf(t, s, "192.168.1.23")
		for range 3 {
			if w := d.send("GET", "/a%20b.txt"); w.Code != 200 {
				t.Errorf("%s: %d %s", name, w.Code, w.Body)
			}
		}
	}
	if n := len(s.guard.Devices()); n != 4 {
		t.Errorf("%d devices, want one for each name", n)
	}
}

func TestWrongDigests(t *testing.T) {
	for name, change := range map[string]func(d *driver, line string) string{
		"PIN": func(d *driver, _ string) string {
			d.password = wrongPINOf(d.shared)
			return d.proof("GET", "/a.txt", 1)
		},
		"method":    func(d *driver, _ string) string { return d.proof("HEAD", "/a.txt", 1) },
		"target":    func(d *driver, _ string) string { return d.proof("GET", "/b.txt", 1) },
		"realm":     func(_ *driver, line string) string { return strings.ReplaceAll(line, realm, "else") },
		"response":  func(_ *driver, line string) string { return line[:len(line)-3] + `xx"` },
		"no count":  func(d *driver, _ string) string { return d.proofOf("GET", "/a.txt", "00000000") },
		"algorithm": func(_ *driver, line string) string { return strings.Replace(line, "=MD5", "=SHA-256", 1) },
		"no qop":    func(_ *driver, line string) string { return strings.Replace(line, "qop=auth, ", "", 1) },
		"open":      func(_ *driver, line string) string { return strings.TrimSuffix(line, `"`) },
		"empty":     func(*driver, string) string { return "Authorization: Digest " },
		"long":      func(_ *driver, line string) string { return line + `, x="` + strings.Repeat("x", maxCredentials) + `"` },
	} {
		s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{})
		d := driverOf(t, s)
		d.challenged(d.client.send("GET", "/a.txt"))
		w := d.challenged(d.client.send("GET", "/a.txt", change(d, d.proof("GET", "/a.txt", 1))))
		if w.Code != 401 || d.stale || len(s.guard.Devices()) != 0 {
			t.Errorf("wrong %s: %d, stale %v, %d devices", name, w.Code, d.stale, len(s.guard.Devices()))
		}
	}
}

// Programs write the target of their proof in more ways than one.
func TestDigestOfATargetInOtherWords(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"é.txt": "a"}), setup{})
	for _, uri := range []string{"/%C3%A9.txt", "/%c3%a9.txt", "/é.txt", "http://192.168.1.20:8000/%C3%A9.txt"} {
		d := driverOf(t, s)
		d.challenged(d.client.send("GET", "/%C3%A9.txt"))
		d.want(d.client.send("GET", "/%C3%A9.txt", d.proof("GET", uri, 1)), 200)
	}
}

func TestReplayIsRefused(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{})
	d := driverOf(t, s)
	d.challenged(d.client.send("GET", "/a.txt"))
	nonce := d.nonce
	for _, c := range []struct{ count, status int }{{1, 200}, {1, 401}, {4, 200}, {2, 200}, {3, 200}, {3, 401}, {4, 401}, {100, 200}, {36, 401}, {37, 200}, {99, 200}} {
		d.nonce = nonce
		w := d.challenged(d.client.send("GET", "/a.txt", d.proof("GET", "/a.txt", c.count)))
		if w.Code != c.status || c.status == 401 && !d.stale {
			t.Errorf("count %d: %d, stale %v, want %d", c.count, w.Code, d.stale, c.status)
		}
	}
	if s.guard.PIN().Flooded != (time.Time{}) {
		t.Error("replays count as wrong PINs")
	}
}

func TestNonceIsOfOneAddress(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{})
	d := driverOf(t, s)
	d.want(d.send("GET", "/a.txt"), 200)
	overheard := d.proof("GET", "/a.txt", 2)
	d.addr = "192.168.1.66"
	if w := d.challenged(d.client.send("GET", "/a.txt", overheard)); w.Code != 401 || !d.stale {
		t.Errorf("at another address: %d, stale %v", w.Code, d.stale)
	}
}

// Nobody is asked for the PIN again because a nonce has come to its end.
func TestNonceEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, guard := newDigest(), access.New(access.Policy{}, nil, nil)
		from := access.DeviceInfo{Addr: netip.MustParseAddr("192.168.1.23"), Name: "Windows"}
		nonce := d.newNonce(from.Addr, time.Now())
		enter := func(count int) error {
			by := driver{user: "x", password: guard.PIN().Digits, nonce: nonce}
			q := httptest.NewRequest("GET", "/", nil)
			name, value, _ := strings.Cut(by.proof("GET", "/", count), ": ")
			q.Header.Set(name, value)
			_, err := d.enter(q, guard, from)
			return err
		}
		for count := range 5 { // in use
			if err := enter(count + 1); err != nil {
				t.Fatal(err)
			}
			time.Sleep(nonceLife - time.Second)
		}
		time.Sleep(time.Second)
		if err := enter(6); err != errStale {
			t.Errorf("after an hour of nothing: %v", err)
		}
		nonce = d.newNonce(from.Addr, time.Now())
		time.Sleep(nonceLife)
		if err := enter(1); err != errStale {
			t.Errorf("unused for an hour: %v", err)
		}
	})
}

func TestNoncesAreBounded(t *testing.T) {
	var n nonces
	now := time.Now()
	made := func(i int) time.Time { return now.Add(time.Duration(i) * time.Millisecond) }
	name := func(i int) string { return fmt.Sprint("nonce", i) }
	for i := range maxNonces + 1 {
		if !n.use(name(i), made(i), 1, made(i)) {
			t.Fatalf("nonce %d is refused", i)
		}
	}
	if len(n.used) > maxNonces {
		t.Errorf("%d are kept", len(n.used))
	}
	later := made(maxNonces + 1)
	if n.use(name(0), made(0), 1, later) {
		t.Error("the one that made room can be used again")
	}
	if !n.use(name(1), made(1), 2, later) || !n.use("new", later, 1, later) {
		t.Error("others cannot be used any more")
	}
	if later = later.Add(nonceLife); !n.use("later", later, 1, later) || len(n.used) != 1 {
		t.Errorf("%d are kept after an hour, want the new one", len(n.used))
	}
}

func TestWrongDigestsAreBraked(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{})
	d := driverOf(t, s)
	d.password = wrongPINOf(s)
	for range 5 {
		d.want(d.send("PROPFIND", "/"), 401)
	}
	d.password = s.guard.PIN().Digits
	if w := d.want(d.send("PROPFIND", "/"), 429); w.Header().Get("Retry-After") == "" {
		t.Error("nobody says how long to wait")
	}
}

// A program that has not been given a password does not guess at the PIN.
func TestNoPasswordIsNoGuess(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{})
	d := driverOf(t, s)
	d.password = ""
	for range 10 {
		d.want(d.send("PROPFIND", "/"), 401)
	}
	d.password = s.guard.PIN().Digits
	d.want(d.send("PROPFIND", "/"), 207)
}

func TestWhoIsAskedForAPassword(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{})
	for _, c := range []struct {
		name, method string
		headers      []string
		status       int
		box          bool // it is asked for a name and a password
	}{
		{"program", "GET", nil, 401, true},
		{"browser", "GET", []string{browser}, 403, false},
		{"script of a page", "GET", []string{"Sec-Fetch-Site: same-origin"}, 401, false},
		{"script of a page that makes a folder", "MKCOL", []string{"Sec-Fetch-Site: same-origin"}, 401, false},
		{"script of a page in an older browser", "GET", []string{"Cookie: " + cookie + "=x"}, 401, false},
		{"Finder", "PROPFIND", []string{"User-Agent: WebDAVFS/3.0.0 (03008000) Darwin/21.6.0 (x86_64)"}, 401, true},
		{"KDE", "GET", []string{browser, "User-Agent: Mozilla/5.0 (X11; Linux x86_64) KIO/5.103 konqueror/22.12"}, 401, true},
		{"a browser's page that lists a drive", "PROPFIND", []string{browser}, 401, true},
		{"Finder, before it comes in", "OPTIONS", nil, 200, false},
	} {
		w := clientOf(t, s, "192.168.1.23").send(c.method, "/", c.headers...)
		box := regexp.MustCompile(`^(Digest|Basic) `).MatchString(w.Header().Get("WWW-Authenticate"))
		if w.Code != c.status || box != c.box || w.Code == 401 && w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: %d, %q", c.name, w.Code, w.Header().Values("WWW-Authenticate"))
		}
		if dav := w.Header().Get("DAV"); c.method != "GET" && c.method != "MKCOL" && !strings.HasPrefix(dav, "1, 2") {
			t.Errorf("%s: DAV %q", c.name, dav)
		}
	}
}

// Each part of a request's way may ask who sent it; the proof is good once.
func TestDigestOfAWriteIsLookedAtOnce(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{Allow: access.Change}})
	d := driverOf(t, s)
	d.want(d.send("PUT", "/a.txt"), 201)
	d.want(d.send("MOVE", "/a.txt", "Destination: /b.txt"), 201)
	d.want(d.send("DELETE", "/b.txt"), 200)
}

// Explorer's redirector begins under one name and goes on under another, and puts the
// computer before the user.
func TestFinderAndExplorerComeIn(t *testing.T) {
	for _, c := range []struct{ first, then, user, device string }{
		{"DavClnt", "Microsoft-WebDAV-MiniRedir/10.0.22631", `LAPTOP\\anna`, "Windows · Explorer"},
		{"WebDAVLib/1.3", "WebDAVFS/3.0.0 (03008000) Darwin/21.6.0 (x86_64)", "anna", "Finder on a Mac"},
	} {
		s := newShared(t, tree(t, map[string]string{"in/a.txt": "a"}), setup{})
		d := driverOf(t, s)
		d.user = c.user
		first, then := "User-Agent: "+c.first, "User-Agent: "+c.then
		if w := d.want(d.client.send("OPTIONS", "/in/", first), 200); !strings.HasPrefix(w.Header().Get("DAV"), "1, 2") {
			t.Errorf("%s: DAV %q", c.device, w.Header().Get("DAV"))
		}
		d.challenged(d.want(d.client.send("PROPFIND", "/", then, "Depth: 0"), 401))
		for _, target := range []string{"/", "/in", "/in/", "/in/a.txt"} {
			d.want(d.send("PROPFIND", target, then, "Depth: 0", "Translate: f"), 207)
		}
		d.want(d.send("OPTIONS", "/in/", first), 200)
		d.want(d.send("GET", "/in/a.txt", then, "Translate: f"), 200)
		if all := s.guard.Devices(); len(all) != 1 || all[0].Name != c.device {
			t.Errorf("%s: %+v", c.device, all)
		}
	}
}
