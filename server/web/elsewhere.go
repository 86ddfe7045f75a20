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

// elsewhere lets an open page find the share at another of this computer's
// addresses when the one that it came from is gone: the page learns the others
// beforehand.
type elsewhere struct {
	mark    string          // by which a page knows this very run again
	origins func() []string // where the run can be reached, such as "http://10.0.0.5:8000"

	mu      sync.Mutex
	tickets map[string]string // by a device's cookie; guarded by mu. Each counts once
}

func newElsewhere(origins func() []string) *elsewhere {
	return &elsewhere{mark: rand.Text(), origins: origins, tickets: map[string]string{}}
}

// issue returns the ticket by which a device moves to another address: cookies
// are those of one address alone.
func (e *elsewhere) issue(token string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.tickets[token] == "" {
		e.tickets[token] = rand.Text()
	}
	return e.tickets[token]
}

// redeem returns the cookie of the device that has a ticket.
func (e *elsewhere) redeem(ticket string) (token string, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for token, t := range e.tickets {
		if t == ticket && ticket != "" {
			delete(e.tickets, token)
			return token, true
		}
	}
	return "", false
}

// others returns the origins but for the one of a request. Policies for pages
// know no IPv6 addresses (CSP 3, section 2.3.1).
func (e *elsewhere) others(q *http.Request) []string {
	return slices.DeleteFunc(slices.Clone(e.origins()), func(o string) bool {
		return strings.Contains(o, "[") || strings.EqualFold(o, "http://"+q.Host)
	})
}

// openPage sets the headers of a page of ours that stays open: it may look at
// the other addresses.
func (e *elsewhere) openPage(h http.Header, q *http.Request) {
	ownPage(h)
	if others := e.others(q); len(others) > 0 {
		const own = "img-src 'self'"
		h.Set("Content-Security-Policy", strings.Replace(ourPolicy, own, own+" "+strings.Join(others, " "), 1))
	}
}

// tellElsewhere tells a page where else the share is.
func (s *site) tellElsewhere(w http.ResponseWriter, q *http.Request) error {
	token, ticket := cookieValue(q.Header, s.cookie), ""
	if _, status := s.guard.Find(token); status == access.In {
		ticket = s.elsewhere.issue(token)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	err := json.NewEncoder(w).Encode(map[string]any{"mark": s.elsewhere.mark, "ticket": ticket, "at": s.elsewhere.others(q)})
	if err != nil {
		return brokenOff{err}
	}
	return nil
}

// sayHere answers a page of another address with a picture, which any page may
// load; with another mark, this is another share than the page looks for.
func (s *site) sayHere(w http.ResponseWriter, q *http.Request) error {
	if q.PathValue("mark") != s.elsewhere.mark {
		return errNotFound
	}
	h := w.Header()
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Content-Type", "image/svg+xml")
	h.Set("Cache-Control", "no-store")
	io.WriteString(w, `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`)
	return nil
}

// moveHere takes a device over that comes from another address with a ticket.
// Whoever brings none finds the door.
func (s *site) moveHere(w http.ResponseWriter, q *http.Request) error {
	form := q.URL.Query()
	if token, ok := s.elsewhere.redeem(form.Get("ticket")); ok {
		if _, status := s.guard.Find(token); status == access.In {
			s.remember(w, token)
		}
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Location", cleanTarget(form.Get("to")))
	w.WriteHeader(http.StatusSeeOther)
	return nil
}
