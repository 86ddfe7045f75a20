package server

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"strings"
	"testing"

	"windowsill/server/lan"
)

// onTwoNetworks is a share at two addresses.
func onTwoNetworks(t *testing.T) *run {
	s, _ := start(t, Options{}, Share{Folder: tree(t, map[string]string{"a.txt": "x"})})
	r := s.running()
	r.place.ask = func() ([]lan.Address, error) {
		return []lan.Address{atHome, lanAddress("eth0", "10.0.0.5/8", "cc"), lanAddress("eth0", "fd00::5/64", "cc")}, nil
	}
	s.follow(r)
	return r
}

// visit sends a request as a device of the network does.
func visit(r *run, address, cookie string) *http.Response {
	q := httptest.NewRequest(http.MethodGet, address, nil)
	q.RemoteAddr = netip.AddrPortFrom(netip.MustParseAddr("192.168.1.9"), 4000).String()
	q.Header.Set("Accept", "text/html")
	if cookie != "" {
		q.Header.Set("Cookie", cookie)
	}
	w := httptest.NewRecorder()
	r.http.Handler.ServeHTTP(w, q)
	return w.Result()
}

func TestDeviceMovesToAnotherAddress(t *testing.T) {
	r := onTwoNetworks(t)
	origins := r.origins()
	home, other := origins[0], origins[1]
	in := visit(r, home+"/?key="+r.guard.Key(), "")
	cookie, _, _ := strings.Cut(in.Header.Get("Set-Cookie"), ";")

	page := visit(r, home+"/", cookie)
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "img-src 'self' "+other+";") {
		t.Errorf("The page may not look at %s: %s", other, policy)
	}
	var told struct {
		Mark, Ticket string
		At           []string
	}
	if err := json.NewDecoder(visit(r, home+"/.windowsill/elsewhere", cookie).Body).Decode(&told); err != nil {
		t.Fatal(err)
	}
	if len(told.At) != 1 || told.At[0] != other || told.Ticket == "" {
		t.Fatalf("It is told %+v", told)
	}
	here := visit(r, other+"/.windowsill/here/"+told.Mark, "")
	if here.StatusCode != 200 || here.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("It is not found: %s", here.Status)
	}
	if gone := visit(r, other+"/.windowsill/here/ANOTHER", ""); gone.StatusCode != 404 {
		t.Errorf("Another share is taken for this one: %s", gone.Status)
	}
	move := other + "/.windowsill/move?to=%2Fb%2F%3Fq%3Dx&ticket=" + told.Ticket
	moved := visit(r, move, "")
	if moved.StatusCode != 303 || moved.Header.Get("Location") != "/b/?q=x" || !strings.HasPrefix(moved.Header.Get("Set-Cookie"), cookie) {
		t.Errorf("%s %v", moved.Status, moved.Header)
	}
	if again := visit(r, move, ""); again.Header.Get("Set-Cookie") != "" {
		t.Error("A ticket counts twice.")
	}
	if out := visit(r, other+"/.windowsill/move?to=%2F%2Fevil.example%2F&ticket=", ""); out.Header.Get("Location") != "/" || out.Header.Get("Set-Cookie") != "" {
		t.Errorf("without a ticket: %v", out.Header)
	}
}

// withPolicy checks that a page has our policy, wherever it may look for the
// share.
func withPolicy(t *testing.T, a *http.Response, _ string) {
	t.Helper()
	policy := regexp.MustCompile(`img-src 'self'( http://[^ ;]+)*;`).ReplaceAllString(a.Header.Get("Content-Security-Policy"), "img-src 'self';")
	if policy != ourPolicy {
		t.Errorf("The policy is %q, want %q", policy, ourPolicy)
	}
}

func TestPagesAreToldAFewAddresses(t *testing.T) {
	r := onTwoNetworks(t)
	r.place.ask = func() (all []lan.Address, err error) {
		for i := range 200 {
			all = append(all, lanAddress("eth0", fmt.Sprintf("10.0.0.%d/8", i+1), "cc"))
		}
		return all, nil
	}
	r.place.look()
	if n := len(r.origins()); n != mostAddresses {
		t.Errorf("%d addresses", n)
	}
}

// What stays open has to find the share again; a message does not stay, and the
// door is for those who are not to know.
func TestPagesThatStayOpenMayLookElsewhere(t *testing.T) {
	r := onTwoNetworks(t)
	home, other := r.origins()[0], r.origins()[1]
	in := visit(r, home+"/?key="+r.guard.Key(), "")
	cookie, _, _ := strings.Cut(in.Header.Get("Set-Cookie"), ";")
	for path, want := range map[string]bool{
		"/": true, "/a.txt?open": true, "/?q=a": true, "/.windowsill/text": true, "/not-there": false,
	} {
		page := visit(r, home+path, cookie)
		body, _ := io.ReadAll(page.Body)
		policy := page.Header.Get("Content-Security-Policy")
		if may := strings.Contains(policy, "img-src 'self' "+other+";"); may != want || may != strings.Contains(string(body), "/elsewhere") {
			t.Errorf("%s: may look %v, want %v, with the script for it", path, may, want)
		}
	}
	if door := visit(r, home+"/", ""); strings.Contains(door.Header.Get("Content-Security-Policy"), other) {
		t.Error("A stranger is told of the other address.")
	}
}

func TestStrangersAreToldNothing(t *testing.T) {
	r := onTwoNetworks(t)
	a := visit(r, r.origins()[0]+"/.windowsill/elsewhere", "")
	body, _ := io.ReadAll(a.Body)
	if a.StatusCode == 200 || strings.Contains(string(body), "10.0.0.5") {
		t.Errorf("%s %s", a.Status, body)
	}
}

func TestDeviceThatWasSentAwayDoesNotMove(t *testing.T) {
	r := onTwoNetworks(t)
	in := visit(r, r.origins()[0]+"/?key="+r.guard.Key(), "")
	cookie, _, _ := strings.Cut(in.Header.Get("Set-Cookie"), ";")
	_, token, _ := strings.Cut(cookie, "=")
	ticket := r.elsewhere.issue(token)
	id, _ := r.guard.Find(token)
	r.guard.Decide(id, SendAway)
	if moved := visit(r, r.origins()[1]+"/.windowsill/move?to=/&ticket="+ticket, ""); moved.Header.Get("Set-Cookie") != "" {
		t.Error("It is in again.")
	}
}
