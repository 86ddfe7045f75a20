package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"windowsill/server/access"
)

// client is a browser or a program at another computer of the network, which
// sends requests through the whole chain without a network.
type client struct {
	t       *testing.T
	shared  *shared
	handler http.Handler
	addr    string
	cookies map[string]string
}

func clientOf(t *testing.T, s *shared, addr string) *client {
	return &client{t, s, s, addr, map[string]string{}}
}

const browser = "Accept: text/html,application/xhtml+xml"

// send sends one request; headers are given as "Name: value".
func (c *client) send(method, target string, headers ...string) *httptest.ResponseRecorder {
	c.t.Helper()
	return c.sendBody(method, target, "", headers...)
}

func (c *client) sendBody(method, target, body string, headers ...string) *httptest.ResponseRecorder {
	c.t.Helper()
	q := httptest.NewRequest(method, "http://192.168.1.20:8000"+target, strings.NewReader(body))
	q.RequestURI = target
	q.RemoteAddr = c.addr + ":50000"
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		q.Header.Set(name, value)
		if name == "Host" {
			q.Host = value
		}
	}
	for name, value := range c.cookies {
		q.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, q)
	for _, cookie := range w.Result().Cookies() {
		c.cookies[cookie.Name] = cookie.Value
	}
	return w
}

func (c *client) post(form url.Values) *httptest.ResponseRecorder {
	c.t.Helper()
	return c.sendBody("POST", "/.windowsill/enter", form.Encode(), browser, "Content-Type: application/x-www-form-urlencoded")
}

// want checks the status of an answer.
func (c *client) want(w *httptest.ResponseRecorder, status int) *httptest.ResponseRecorder {
	c.t.Helper()
	if w.Code != status {
		c.t.Fatalf("status %d, want %d: %.200s", w.Code, status, w.Body)
	}
	return w
}

func basic(password string) string {
	q := httptest.NewRequest("GET", "/", nil)
	q.SetBasicAuth("anybody", password)
	return "Authorization: " + q.Header.Get("Authorization")
}

func wrongPIN(s *shared) string {
	if s.guard.PIN().Digits == "000000" {
		return "000001"
	}
	return "000000"
}

func TestWhoMayDoWhat(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "SECRET", "sub/b.txt": "SECRET"})
	modes := map[string]access.Policy{
		"asking": {}, "asking, add": {Visitors: access.Add}, "asking, change": {Visitors: access.Change},
		"open": {Open: true}, "open, change": {Open: true, Visitors: access.Change},
	}
	// in says whether a credential lets in where not everybody may come in.
	credentials := []struct {
		name string
		in   bool
		give func(*shared, *client) []string // headers, or cookies set at the client
	}{
		{"none", false, func(*shared, *client) []string { return nil }},
		{"cookie", true, func(s *shared, c *client) []string { enterByKey(s, c); return nil }},
		{"made-up cookie", false, func(s *shared, c *client) []string { c.cookies[cookie] = strings.Repeat("A", 43); return nil }},
		{"cookie of another port", false, func(s *shared, c *client) []string {
			enterByKey(s, c)
			c.cookies = map[string]string{"windowsill_8001": c.cookies[cookie]}
			return nil
		}},
		{"waiting", false, func(s *shared, c *client) []string {
			c.cookies[cookie], _ = s.guard.Ask("", access.DeviceInfo{Name: "x"})
			return nil
		}},
		{"sent away", false, func(s *shared, c *client) []string {
			enterByKey(s, c)
			s.guard.Decide(s.guard.Devices()[0].ID, access.SendAway)
			return nil
		}},
		{"PIN", true, func(s *shared, _ *client) []string { return []string{basic(s.guard.PIN().Digits)} }},
		{"wrong PIN", false, func(s *shared, _ *client) []string { return []string{basic(wrongPIN(s))} }},
		{"key as password", false, func(s *shared, _ *client) []string { return []string{basic(s.guard.Key())} }},
		{"bearer", false, func(s *shared, _ *client) []string { return []string{"Authorization: Bearer " + s.guard.Key()} }},
	}
	requests := []struct {
		method, target string
		needs          access.Permission
		inside         int // the status for whoever may
	}{
		{"GET", "/a.txt", access.Read, 200}, {"HEAD", "/a.txt", access.Read, 200}, {"GET", "/sub/", access.Read, 200}, {"GET", "/?json", access.Read, 200},
		{"GET", "/sub", access.Read, 307}, {"GET", "/missing", access.Read, 404}, {"OPTIONS", "/a.txt", access.Read, 204}, {"BREW", "/a.txt", access.Read, 405},
		{"POST", "/sub/", access.Add, 400}, {"PUT", "/missing/new.txt", access.Add, 409}, {"PATCH", "/a.txt", access.Add, 405},
		{"PUT", "/missing/new.txt?overwrite", access.Change, 409}, {"POST", "/sub/?overwrite", access.Change, 400},
		{"DELETE", "/missing", access.Change, 404}, {"MKCOL", "/sub/", access.Change, 405}, {"MOVE", "/a.txt", access.Change, 400},
		{"POST", "/.windowsill/undo", access.Change, 404}, {"POST", "/.windowsill/upload/", access.Add, 412}, {"PATCH", "/.windowsill/upload/x", access.Add, 412},
		{"DELETE", "/.windowsill/upload/x", access.Add, 412}, {"HEAD", "/.windowsill/upload/x", access.Add, 412},
		{"GET", "/.windowsill/text", access.Read, 200}, {"POST", "/.windowsill/text", access.Add, 400}, {"DELETE", "/.windowsill/text", access.Change, 405},
		{"HEAD", "/.windowsill/live", access.Read, 200},
	}
	for mode, policy := range modes {
		for _, cred := range credentials {
			for _, q := range requests {
				t.Run(fmt.Sprintf("%s/%s/%s %s", mode, cred.name, q.method, q.target), func(t *testing.T) {
					s := newShared(t, dir, setup{Policy: policy})
					c := clientOf(t, s, "192.168.1.23")
					w := c.send(q.method, q.target, cred.give(s, c)...)
					in := cred.in || policy.Open
					want := q.inside
					switch {
					case !in:
						want = 401
					case policy.Visitors < q.needs:
						want = 403
					}
					if w.Code != want {
						t.Errorf("status %d, want %d: %.100s", w.Code, want, w.Body)
					}
					if !in && strings.Contains(w.Body.String(), "SECRET") {
						t.Error("content for somebody who is not in")
					}
				})
			}
		}
	}
}

func enterByKey(s *shared, c *client) {
	c.want(c.send("GET", "/?key="+s.guard.Key(), browser), 303)
}

func TestThisComputerNeedsNoPermission(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{Policy: access.Policy{}})
	for _, addr := range []string{"127.0.0.1", "[::1]"} {
		c := clientOf(t, s, addr)
		c.want(c.send("GET", "/a.txt", "Host: localhost:8000"), 200)
		c.want(c.send("GET", "/a.txt", "Host: evil.example"), 421)
		c.want(c.send("GET", "/a.txt?key="+s.guard.Key()), 303)
	}
	if n := len(s.guard.Devices()); n != 0 {
		t.Errorf("this computer is %d devices", n)
	}
}

func TestTheKeyIsSeenNowhere(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a", "sub/b.txt": "b"}), setup{Policy: access.Policy{}})
	key := s.guard.Key()
	c := clientOf(t, s, "192.168.1.23")
	c.send("GET", "/?%6bey="+key, browser)
	for _, target := range []string{"/?a=1%26key=" + key, "/?a;key=" + key, "/?KEY=" + key, "/key=" + key, "/%3Fkey=" + key + "/x"} {
		w := c.send("GET", target, browser, "Referer: http://192.168.1.20:8000/?a;key="+key)
		if strings.Contains(w.Body.String(), key) || strings.Contains(fmt.Sprint(w.Header()), key) {
			t.Errorf("%s: the key is in the answer", target)
		}
	}
	for _, target := range []string{"/", "/a.txt", "/sub/?page=2", "/sub", "//evil.example/", "/missing", "/.windowsill/style.css", "/a%20b?x=1&", "/?json"} {
		withKey := target + "?key=" + key
		if strings.Contains(target, "?") {
			withKey = target + "&key=" + key
		}
		w := c.send("GET", withKey, browser, "Referer: http://192.168.1.20:8000/?key="+key)
		if strings.Contains(w.Body.String(), key) || strings.Contains(fmt.Sprint(w.Header()), key) {
			t.Errorf("%s: the key is in the answer", target)
		}
		if to := w.Header().Get("Location"); strings.HasPrefix(to, "//") {
			t.Errorf("%s: redirected off the host, to %s", target, to)
		}
	}
	if w := c.send("GET", "/sub/?page=2&key="+key, browser); w.Header().Get("Location") != "/sub/?page=2" {
		t.Errorf("redirected to %s", w.Header().Get("Location"))
	}
	log := s.recorder.Snapshot().Log
	for i := range log.Len() {
		if row := fmt.Sprintf("%+v", *log.At(i)); strings.Contains(row, key) {
			t.Errorf("the key is in the log: %s", row)
		}
	}
	stranger := clientOf(t, s, "192.168.1.99")
	if w := stranger.send("GET", "/", browser); strings.Contains(w.Body.String(), key) || strings.Contains(w.Body.String(), s.guard.PIN().Digits) {
		t.Error("a secret is in the door")
	}
}

func TestALinkThatWasMangledOnItsWayLetsIn(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{Policy: access.Policy{}})
	key := s.guard.Key()
	for _, target := range []string{"/a.txt?key%3D" + key, "/a.txt?%6bey=" + key, "//a.txt?key=" + key, "/./a.txt?key=" + key} {
		w := clientOf(t, s, "192.168.1.23").send("GET", target, browser)
		if w.Code != 303 || w.Header().Get("Location") != "/a.txt" {
			t.Errorf("%s: status %d, leads to %q", target, w.Code, w.Header().Get("Location"))
		}
	}
}

// A redirect would be taken for success, and the file be lost.
func TestAKeyDoesNotTurnAWriteAway(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{Visitors: access.Add}})
	c := clientOf(t, s, "192.168.1.23")
	c.want(c.sendBody("PUT", "/a.txt?key="+s.guard.Key(), "a"), 401)
	enterByKey(s, c)
	c.want(c.sendBody("PUT", "/a.txt?key="+s.guard.Key(), "a"), 201)
	if w := c.want(c.send("GET", "/a.txt"), 200); w.Body.String() != "a" {
		t.Errorf("there is %q", w.Body)
	}
}

func TestCrookedPathsLeadToTheStraightOne(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a b/c%d.txt": "x"}), setup{Policy: access.Policy{Open: true}})
	c := clientOf(t, s, "192.168.1.23")
	for from, to := range map[string]string{
		"//a%20b/": "/a%20b/", "/a%20b//c%25d.txt": "/a%20b/c%25d.txt", "/x/../a%20b/?json": "/a%20b/?json", "/./": "/", "//evil.example/..": "/",
		"//": "/", "///evil.example": "/evil.example", "/a%20b/.": "/a%20b",
	} {
		if w := c.send("GET", from, browser); w.Code != 307 || w.Header().Get("Location") != to {
			t.Errorf("%s: status %d, leads to %q, want %q", from, w.Code, w.Header().Get("Location"), to)
		}
	}
}

func TestWhatCannotBeDoneIsNotSaidToBeForbidden(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{Policy: access.Policy{Open: true, Visitors: access.Change}})
	w := clientOf(t, s, "192.168.1.23").send("PATCH", "/a.txt")
	if w.Code != 405 || strings.Contains(w.Body.String(), "not changed") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestTheCookie(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{}})
	w := clientOf(t, s, "192.168.1.23").send("GET", "/?key="+s.guard.Key(), browser)
	cookies := w.Result().Cookies()
	if len(cookies) != 1 {
		t.Fatal(cookies)
	}
	c := cookies[0]
	if c.Name != "windowsill_8000" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || len(c.Value) != 43 {
		t.Errorf("%+v", c)
	}
	if w.Header().Get("Referrer-Policy") != "no-referrer" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%v", w.Header())
	}
}

func TestAnOldKeyShowsTheDoor(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{}})
	c := clientOf(t, s, "192.168.1.23")
	w := c.want(c.send("GET", "/?key=old", browser), 403)
	if !strings.Contains(w.Body.String(), "This code is no longer valid.") {
		t.Errorf("%s", w.Body)
	}
	enterByKey(s, c)
	s.guard.NewCode(false)
	if w := c.send("GET", "/?key=old", browser); w.Code != 303 {
		t.Errorf("a device that is in is kept out by an old link: %d", w.Code)
	}
}

func TestAskingToComeIn(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"sub/b.txt": "b"}), setup{Policy: access.Policy{}})
	c := clientOf(t, s, "192.168.1.23")
	iPhone := "User-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"
	door := c.want(c.send("GET", "/sub/?page=1", browser, iPhone), 403).Body.String()
	for _, part := range []string{`value="iPhone"`, `value="/sub/?page=1"`, `action="/.windowsill/enter"`} {
		if !strings.Contains(door, part) {
			t.Errorf("the door lacks %s", part)
		}
	}
	w := c.want(c.post(url.Values{"ask": {"1"}, "name": {"Grandma"}, "to": {"/sub/?page=1"}}), 303)
	if w.Header().Get("Location") != "/sub/?page=1" {
		t.Errorf("goes on to %s", w.Header().Get("Location"))
	}
	if d := s.guard.Devices(); len(d) != 1 || d[0].Name != "Grandma" || d[0].Status != access.Waiting {
		t.Fatalf("%+v", d)
	}
	c.want(c.send("GET", "/sub/?page=1", browser), 403)
	s.guard.Decide(s.guard.Devices()[0].ID, access.LetIn)
	c.want(c.send("GET", "/sub/?page=1", browser), 200)
}

// The name that the form holds already is a part of what the browser tells.
func TestWhoKeepsTheGuessedNameIsKnownWithItsBrowser(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{}})
	c := clientOf(t, s, "192.168.1.23")
	iPhone := "User-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"
	c.want(c.sendBody("POST", "/.windowsill/enter", "ask=1&name=iPhone", iPhone, "Content-Type: application/x-www-form-urlencoded"), 303)
	if got := s.guard.Devices()[0].Name; got != "iPhone · Safari" {
		t.Errorf("it is called %q", got)
	}
}

func TestTheDoorsFormIsSentAsOurOwn(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{}})
	c := clientOf(t, s, "192.168.1.23")
	// Over plain HTTP browsers send no Sec-Fetch-Site, and an Origin only if
	// the page's policy lets them.
	if got := c.send("GET", "/", browser).Header().Get("Referrer-Policy"); got != "same-origin" {
		t.Errorf("Referrer-Policy %q", got)
	}
	form := "Content-Type: application/x-www-form-urlencoded"
	c.want(c.sendBody("POST", "/.windowsill/enter", "ask=1", form, "Origin: http://192.168.1.20:8000"), 303)
	c.want(c.sendBody("POST", "/.windowsill/enter", "ask=1", form, "Origin: null"), 403)
}

func TestTheWaitingPageIsToldAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		guard := access.New(access.Policy{}, nil)
		d := &door{devices: devices{guard, cookie}, closing: t.Context()}
		ask := func() (token string) {
			token, err := guard.Ask("", access.DeviceInfo{Addr: netip.MustParseAddr("192.168.1.23")})
			must(t, err)
			return token
		}
		wait := func(token string) string {
			q := httptest.NewRequest(http.MethodGet, "/.windowsill/wait", nil)
			q.AddCookie(&http.Cookie{Name: cookie, Value: token})
			w := httptest.NewRecorder()
			must(t, d.wait(w, q))
			return w.Body.String()
		}
		token, answered, begun := ask(), make(chan string), time.Now()
		go func() { answered <- wait(token) }()
		synctest.Wait()
		guard.Decide(guard.Devices()[0].ID, access.LetIn)
		if got := <-answered; got != "{\"status\":\"in\"}\n" || time.Since(begun) > 0 {
			t.Errorf("%q after %v", got, time.Since(begun))
		}
		if got := wait("unknown"); got != "{\"status\":\"unknown\"}\n" {
			t.Errorf("a stranger hears %q", got)
		}
		if got := wait(ask()); got != "{\"status\":\"waiting\"}\n" {
			t.Errorf("unanswered: %q", got)
		}
		if waited := time.Since(begun); waited != maxLongPoll {
			t.Errorf("unanswered for %v, want %v", waited, maxLongPoll)
		}
	})
}

func TestThePINByForm(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{Policy: access.Policy{}})
	c := clientOf(t, s, "192.168.1.23")
	w := c.want(c.post(url.Values{"pin": {wrongPIN(s)}, "to": {"/a.txt"}}), 403)
	if !strings.Contains(w.Body.String(), "This PIN is not right.") {
		t.Errorf("%s", w.Body)
	}
	digits := s.guard.PIN().Digits // which the window shows in two groups
	w = c.want(c.post(url.Values{"pin": {" " + digits[:3] + " " + digits[3:] + " "}, "to": {"/a.txt"}}), 303)
	if w.Header().Get("Location") != "/a.txt" {
		t.Error(w.Header())
	}
	c.want(c.send("GET", "/a.txt", browser), 200)
}

func TestTooManyWrongPINs(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{}})
	c := clientOf(t, s, "192.168.1.23")
	for range 5 {
		c.want(c.send("GET", "/", basic(wrongPIN(s))), 401)
	}
	w := c.want(c.send("GET", "/", basic(s.guard.PIN().Digits)), 429)
	if w.Header().Get("Retry-After") == "" {
		t.Error("nobody says how long to wait")
	}
	c.want(c.post(url.Values{"pin": {s.guard.PIN().Digits}}), 429)
}

func TestProgramsAreAskedForThePIN(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{}})
	w := clientOf(t, s, "192.168.1.23").send("GET", "/")
	if w.Code != 401 || !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), `Basic realm="`) {
		t.Errorf("%d, %v", w.Code, w.Header())
	}
	if w := clientOf(t, s, "192.168.1.23").send("GET", "/", browser); w.Header().Get("WWW-Authenticate") != "" {
		t.Error("a browser opens its own dialog over our page")
	}
}

func TestBlockedEverywhere(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{}})
	c := clientOf(t, s, "192.168.1.23")
	enterByKey(s, c)
	s.guard.Decide(s.guard.Devices()[0].ID, access.Block)
	s.guard.SetPolicy(access.Policy{Open: true})
	c.want(c.send("GET", "/", browser), 403)
	c.want(c.send("GET", "/?key="+s.guard.Key(), browser), 403)
	c.want(clientOf(t, s, "192.168.1.23").send("GET", "/"), 403)
	c.want(clientOf(t, s, "192.168.1.24").send("GET", "/"), 200)
}

func TestNoOtherPageCanKnock(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{Visitors: access.Change}})
	c := clientOf(t, s, "192.168.1.23")
	enterByKey(s, c)
	for _, elsewhere := range []string{"Sec-Fetch-Site: cross-site", "Origin: http://evil.example"} {
		c.want(c.sendBody("POST", "/.windowsill/enter", "ask=1", "Content-Type: application/x-www-form-urlencoded", elsewhere), 403)
		c.want(c.send("DELETE", "/a", elsewhere), 403)
	}
}

// Browsers before 2020 send no Origin with a form, and none of them tells over
// plain HTTP where a request comes from but by its Referer.
func TestNoOtherPageOfAnOldBrowserWrites(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{Policy: access.Policy{Open: true, Visitors: access.Change}})
	c := clientOf(t, s, "192.168.1.23")
	for _, method := range []string{"POST", "PUT", "DELETE", "MKCOL", "MOVE", "PATCH", "COPY"} {
		for _, referer := range []string{"http://evil.example/", "http://evil.example/?key=x", "http://192.168.1.20:8001/", "http://192.168.1.20.evil.example:8000/"} {
			c.want(c.send(method, "/a.txt", "Referer: "+referer, "Destination: /b.txt"), 403)
		}
	}
	c.want(c.send("GET", "/a.txt", "Referer: http://evil.example/"), 200)
	c.want(c.sendBody("PUT", "/b.txt", "b", "Referer: http://192.168.1.20:8000/"), 201)
	c.want(c.sendBody("PUT", "/c.txt", "c"), 201) // a program
}

func TestWithNobodyThereOnlyThePINOpens(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Unattended: true})
	c := clientOf(t, s, "192.168.1.23")
	if door := c.send("GET", "/", browser).Body.String(); strings.Contains(door, `name="ask"`) || !strings.Contains(door, `name="pin"`) {
		t.Error("the door offers to ask")
	}
	c.want(c.post(url.Values{"ask": {"1"}}), 403)
	c.want(c.post(url.Values{"pin": {s.guard.PIN().Digits}}), 303)
}

func TestABadFormIsRefused(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{}})
	c := clientOf(t, s, "192.168.1.23")
	c.want(c.sendBody("POST", "/.windowsill/enter", strings.Repeat("x", maxForm+1), "Content-Type: application/x-www-form-urlencoded"), 400)
	c.want(c.send("GET", "/.windowsill/enter"), 405)
}

func TestWhatVisitorsAddedCannotActForThem(t *testing.T) {
	dir := tree(t, map[string]string{"a.html": "<p>", "a.svg": "<svg/>", "a.pdf": "%PDF", "a.xml": "<x/>", "a.txt": "x", "sub/index.html": "<p>"})
	for _, policy := range []access.Policy{{Open: true}, {Open: true, Visitors: access.Add}} {
		c := clientOf(t, newShared(t, dir, setup{Policy: policy}), "192.168.1.23")
		for _, path := range []string{"/a.html", "/a.svg", "/a.pdf", "/a.xml", "/sub/", "/a.txt"} {
			sandboxed := c.send("GET", path).Header().Get("Content-Security-Policy") == "sandbox"
			if want := policy.Visitors > access.Read && path != "/a.txt"; sandboxed != want {
				t.Errorf("%s with %v: sandboxed %v, want %v", path, policy.Visitors, sandboxed, want)
			}
		}
	}
}
