package web

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"windowsill/server/access"
)

// failover lets an open page find the share at another of this computer's
// addresses when the one that it came from is gone. The page learns the others
// beforehand.
type failover struct {
	mark    string // by which a page knows this very share again
	origins func() []string
	devices devices

	mu      sync.Mutex
	tickets map[string]string // by a device's cookie; guarded by mu. Each counts once
}

func newFailover(origins func() []string, d devices) *failover {
	return &failover{mark: rand.Text(), origins: origins, devices: d, tickets: map[string]string{}}
}

// issue returns the ticket by which a device moves to another address, where
// its browser does not send its cookie.
func (f *failover) issue(token string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.tickets[token] == "" {
		f.tickets[token] = rand.Text()
	}
	return f.tickets[token]
}

// redeem returns the cookie of the device that has a ticket.
func (f *failover) redeem(ticket string) (token string, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for token, t := range f.tickets {
		if t == ticket && ticket != "" {
			delete(f.tickets, token)
			return token, true
		}
	}
	return "", false
}

// others returns the origins but for the one of a request. Policies for pages
// know no IPv6 addresses (CSP 3, section 2.3.1).
func (f *failover) others(q *http.Request) []string {
	return slices.DeleteFunc(slices.Clone(f.origins()), func(o string) bool {
		return strings.Contains(o, "[") || strings.EqualFold(o, originOf(q))
	})
}

// setPageHeaders sets the headers of a page of ours that stays open: it may
// load a picture from the other addresses, to find out which is there.
func (f *failover) setPageHeaders(h http.Header, q *http.Request) {
	setPageHeaders(h)
	if others := f.others(q); len(others) > 0 {
		const own = "img-src 'self'"
		h.Set("Content-Security-Policy", strings.Replace(contentPolicy, own, own+" "+strings.Join(others, " "), 1))
	}
}

// tell tells a page where else the share is.
func (f *failover) tell(w http.ResponseWriter, q *http.Request) error {
	token, ticket := f.devices.token(q), ""
	if _, status := f.devices.guard.Find(token); status == access.In {
		ticket = f.issue(token)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	return abort(json.NewEncoder(w).Encode(map[string]any{"mark": f.mark, "ticket": ticket, "at": f.others(q)}))
}

// sayHere answers a page of another address with a picture, which any page may
// load. With another mark this is not the share that the page looks for.
func (f *failover) sayHere(w http.ResponseWriter, q *http.Request) error {
	if q.PathValue("mark") != f.mark {
		return errNotFound
	}
	return sendMark(w)
}

// sendMark sends a picture that any page may load.
func sendMark(w http.ResponseWriter) error {
	h := w.Header()
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Content-Type", "image/svg+xml")
	h.Set("Cache-Control", "no-store")
	io.WriteString(w, `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`)
	return nil
}

// takeOver lets a device in that comes from another address with a ticket.
// Without one it meets the door.
func (f *failover) takeOver(w http.ResponseWriter, q *http.Request) error {
	form := q.URL.Query()
	if token, ok := f.redeem(form.Get("ticket")); ok {
		if _, status := f.devices.guard.Find(token); status == access.In {
			f.devices.remember(w, token)
		}
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Location", cleanTarget(form.Get("to")))
	w.WriteHeader(http.StatusSeeOther)
	return nil
}
