package web

import (
	"context"
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

func TestAskingToComeIn(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"sub/b.txt": "b"}), setup{})
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
func TestSuggestedNameKeepsTheBrowser(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{})
	c := clientOf(t, s, "192.168.1.23")
	iPhone := "User-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"
	c.want(c.sendBody("POST", "/.windowsill/enter", "ask=1&name=iPhone", iPhone, "Content-Type: application/x-www-form-urlencoded"), 303)
	if got := s.guard.Devices()[0].Name; got != "iPhone · Safari" {
		t.Errorf("it is called %q", got)
	}
}

func TestWaitingPageIsToldAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		guard := access.New(access.Policy{}, nil, nil)
		d := &door{devices: devices{guard: guard, cookie: cookie}, closing: t.Context()}
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
		closing, end := context.WithCancelCause(t.Context())
		d.closing = closing
		go func() { answered <- wait(token) }()
		end(ErrUnencrypted)
		if got := <-answered; got != "{\"status\":\"unencrypted\"}\n" {
			t.Errorf("the share goes on without encryption: %q", got)
		}
	})
}

func TestPINByForm(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{})
	c := clientOf(t, s, "192.168.1.23")
	w := c.want(c.post(url.Values{"pin": {wrongPINOf(s)}, "to": {"/a.txt"}}), 303) // or Back would send the form again
	told := w.Header().Get("Location")
	page := c.want(c.send("GET", told, browser), 403).Body.String()
	if !strings.Contains(page, "This PIN is not right.") || !strings.Contains(page, `value="/a.txt"`) {
		t.Errorf("%s", page)
	}
	digits := s.guard.PIN().Digits // which the window shows in two groups
	w = c.want(c.post(url.Values{"pin": {" " + digits[:3] + " " + digits[3:] + " "}, "to": {"/a.txt"}}), 303)
	if w.Header().Get("Location") != "/a.txt" {
		t.Error(w.Header())
	}
	c.want(c.send("GET", "/a.txt", browser), 200)
	if back := c.want(c.send("GET", told, browser), 303).Header().Get("Location"); back != "/a.txt" {
		t.Errorf("going back leads to %s", back)
	}
	other := clientOf(t, s, "192.168.1.24")
	if w := other.want(other.sendBody("POST", "/.windowsill/enter", "pin=1", "Content-Type: application/x-www-form-urlencoded"), 403); !strings.Contains(w.Body.String(), "This PIN is not right.") {
		t.Errorf("a program is told %q", w.Body)
	}
	for _, odd := range []string{"?why=wrong&to=//evil.example", "?why=99999999999999&to=/", "?why=-1&to=%00", "?why="} {
		if w := other.send("GET", "/.windowsill/enter"+odd, browser); w.Code < 400 || w.Header().Get("Location") != "" {
			t.Errorf("%s: %d, %v", odd, w.Code, w.Header())
		}
	}
}

func TestTooManyWrongPINs(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{})
	c := clientOf(t, s, "192.168.1.23")
	for range 5 {
		c.want(c.send("GET", "/", basic(wrongPINOf(s))), 401)
	}
	w := c.want(c.send("GET", "/", basic(s.guard.PIN().Digits)), 429)
	if w.Header().Get("Retry-After") == "" {
		t.Error("nobody says how long to wait")
	}
	told := c.want(c.post(url.Values{"pin": {s.guard.PIN().Digits}}), 303).Header().Get("Location")
	w = c.want(c.send("GET", told, browser), 429)
	if w.Header().Get("Retry-After") == "" {
		t.Error("nobody says to the form how long to wait")
	}
}

func TestUnattendedDoorTakesThePINAlone(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Unattended: true})
	c := clientOf(t, s, "192.168.1.23")
	if door := c.send("GET", "/", browser).Body.String(); strings.Contains(door, `name="ask"`) || !strings.Contains(door, `name="pin"`) {
		t.Error("the door offers to ask")
	}
	for range 9 {
		c.post(url.Values{"pin": {wrongPINOf(s)}})
	}
	other := clientOf(t, s, "192.168.1.24")
	for _, w := range []*httptest.ResponseRecorder{other.send("GET", "/?key=wrong", browser), other.send("GET", "/?key=wrong"), c.send("GET", "/", basic(wrongPINOf(s)))} {
		if text := w.Body.String(); strings.Contains(strings.ToLower(text), "to come in") {
			t.Errorf("the door speaks of asking: %s", text)
		}
	}
	c = other
	c.want(c.post(url.Values{"ask": {"1"}}), 403)
	c.want(c.post(url.Values{"pin": {s.guard.PIN().Digits}}), 303)
}

func TestABadFormIsRefused(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{})
	c := clientOf(t, s, "192.168.1.23")
	c.want(c.sendBody("POST", "/.windowsill/enter", strings.Repeat("x", maxForm+1), "Content-Type: application/x-www-form-urlencoded"), 400)
	c.want(c.send("GET", "/.windowsill/enter"), 405)
}
