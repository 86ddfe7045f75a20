package web

import (
	"windowsill/server/access"

	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

const home, other = "http://192.168.1.5:8000", "http://10.0.0.5:8000"

// onTwoNetworks is a share at three addresses, one of which policies do not know.
func onTwoNetworks(t *testing.T) *shared {
	return newShared(t, tree(t, map[string]string{"a.txt": "x"}), setup{Origins: []string{home, other, "http://[fd00::5]:8000"}})
}

// visit sends a request as a device of the network does.
func visit(s *shared, address, cookie string) *http.Response {
	q := httptest.NewRequest(http.MethodGet, address, nil)
	q.RemoteAddr = "192.168.1.9:4000"
	q.Header.Set("Accept", "text/html")
	if cookie != "" {
		q.Header.Set("Cookie", cookie)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, q)
	return w.Result()
}

func TestDeviceFailsOver(t *testing.T) {
	s := onTwoNetworks(t)
	in := visit(s, home+"/?key="+s.guard.Key(), "")
	cookie, _, _ := strings.Cut(in.Header.Get("Set-Cookie"), ";")

	page := visit(s, home+"/", cookie)
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "img-src 'self' "+other+";") {
		t.Errorf("The page may not look at %s: %s", other, policy)
	}
	var told struct {
		Mark, Ticket string
		At           []string
	}
	if err := json.NewDecoder(visit(s, home+"/.windowsill/elsewhere", cookie).Body).Decode(&told); err != nil {
		t.Fatal(err)
	}
	if len(told.At) != 1 || told.At[0] != other || told.Ticket == "" {
		t.Fatalf("It is told %+v", told)
	}
	here := visit(s, other+"/.windowsill/here/"+told.Mark, "")
	if here.StatusCode != 200 || here.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("It is not found: %s", here.Status)
	}
	if gone := visit(s, other+"/.windowsill/here/ANOTHER", ""); gone.StatusCode != 404 {
		t.Errorf("Another share is taken for this one: %s", gone.Status)
	}
	move := other + "/.windowsill/move?to=%2Fb%2F%3Fq%3Dx&ticket=" + told.Ticket
	moved := visit(s, move, "")
	if moved.StatusCode != 303 || moved.Header.Get("Location") != "/b/?q=x" || !strings.HasPrefix(moved.Header.Get("Set-Cookie"), cookie) {
		t.Errorf("%s %v", moved.Status, moved.Header)
	}
	if again := visit(s, move, ""); again.Header.Get("Set-Cookie") != "" {
		t.Error("A ticket counts twice.")
	}
	if out := visit(s, other+"/.windowsill/move?to=%2F%2Fevil.example%2F&ticket=", ""); out.Header.Get("Location") != "/" || out.Header.Get("Set-Cookie") != "" {
		t.Errorf("without a ticket: %v", out.Header)
	}
}

// withPolicy checks that a page has our policy, wherever it may look for the
// share.
func withPolicy(t *testing.T, a *http.Response, _ string) {
	t.Helper()
	policy := regexp.MustCompile(`img-src 'self'( http://[^ ;]+)*;`).ReplaceAllString(a.Header.Get("Content-Security-Policy"), "img-src 'self';")
	if policy != contentPolicy {
		t.Errorf("The policy is %q, want %q", policy, contentPolicy)
	}
}

// What stays open has to find the share again; a message does not stay, and the
// door is for those who are not to know.
func TestOpenPagesMayFailOver(t *testing.T) {
	s := onTwoNetworks(t)
	in := visit(s, home+"/?key="+s.guard.Key(), "")
	cookie, _, _ := strings.Cut(in.Header.Get("Set-Cookie"), ";")
	for path, want := range map[string]bool{
		"/": true, "/a.txt?open": true, "/?q=a": true, "/.windowsill/text": true, "/not-there": false,
	} {
		page := visit(s, home+path, cookie)
		body, _ := io.ReadAll(page.Body)
		policy := page.Header.Get("Content-Security-Policy")
		if may := strings.Contains(policy, "img-src 'self' "+other+";"); may != want || may != strings.Contains(string(body), "/failover.js") {
			t.Errorf("%s: may look %v, want %v, with the script for it", path, may, want)
		}
	}
	if door := visit(s, home+"/", ""); strings.Contains(door.Header.Get("Content-Security-Policy"), other) {
		t.Error("A stranger is told of the other address.")
	}
}

func TestFailoverNeedsAdmission(t *testing.T) {
	s := onTwoNetworks(t)
	a := visit(s, home+"/.windowsill/elsewhere", "")
	body, _ := io.ReadAll(a.Body)
	if a.StatusCode == 200 || strings.Contains(string(body), "10.0.0.5") {
		t.Errorf("%s %s", a.Status, body)
	}
}

func TestDeviceThatWasSentAwayCannotFailOver(t *testing.T) {
	s := onTwoNetworks(t)
	in := visit(s, home+"/?key="+s.guard.Key(), "")
	cookie, _, _ := strings.Cut(in.Header.Get("Set-Cookie"), ";")
	_, token, _ := strings.Cut(cookie, "=")
	var told struct{ Ticket string }
	must(t, json.NewDecoder(visit(s, home+"/.windowsill/elsewhere", cookie).Body).Decode(&told))
	id, _ := s.guard.Find(token)
	s.guard.Decide(id, access.SendAway)
	if moved := visit(s, other+"/.windowsill/move?to=/&ticket="+told.Ticket, ""); moved.Header.Get("Set-Cookie") != "" {
		t.Error("It is in again.")
	}
}
