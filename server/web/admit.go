package web

import (
	"errors"
	"net/http"
	"strings"

	"windowsill/server/access"
	"windowsill/server/traffic"
)

// admit lets a request go on if whoever sent it may come in, and shows the
// door otherwise. It is the only place that decides so.
func (d *door) admit(next http.Handler) http.Handler {
	return d.answering(func(w http.ResponseWriter, q *http.Request) error {
		// A write would be lost by being led to another address.
		if key, ok := q.Context().Value(keyOf{}).(string); ok && (q.Method == http.MethodGet || q.Method == http.MethodHead) {
			return d.useKey(w, q, key)
		}
		id, err := d.identify(q)
		if err != nil {
			return d.showDoor(w, q, err)
		}
		d.record.Attribute(w, q, id)
		d.cameIn(q)
		next.ServeHTTP(w, q)
		return nil
	})
}

// errUnknown says that a visitor brought nothing that lets it in.
var errUnknown = errors.New("visitor is unknown")

// identify returns the number of the device that sent a request, 0 if it
// needs none, or why it may not come in.
func (d *door) identify(q *http.Request) (id uint64, err error) {
	addr := traffic.AddrOf(q)
	if addr.IsLoopback() {
		return 0, nil // this computer itself; checkHost has seen to its name
	}
	id, status := d.guard.Find(cookieValue(q.Header, d.cookie))
	switch {
	case status == access.In:
		return id, nil
	case status == access.Blocked || d.guard.IsBlocked(addr):
		return 0, access.ErrBlocked
	}
	err = errUnknown
	if _, pin, ok := q.BasicAuth(); ok && pin != "" {
		if id, err = d.guard.Program(pin, visitorOf(q)); err == nil {
			return id, nil
		}
	}
	if d.guard.Policy().Open {
		return 0, nil // also with the PIN of yesterday
	}
	return 0, err
}

// useKey lets a device in that brought the right key, and sends it on to the
// address without key. Who is in anyway is sent on with a wrong key too.
func (d *door) useKey(w http.ResponseWriter, q *http.Request, key string) error {
	if !traffic.AddrOf(q).IsLoopback() { // this computer is no device
		token, err := d.guard.EnterByKey(key, cookieValue(q.Header, d.cookie), visitorOf(q))
		if err == nil {
			d.remember(w, token)
		} else if _, out := d.identify(q); out != nil {
			return d.showDoor(w, q, err)
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Location", cleanTarget(q.URL.RequestURI()))
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// permit refuses whoever is in but may not do what the request wants. It is
// the only place that decides so.
func (d *door) permit(next http.Handler) http.Handler {
	return d.answering(func(w http.ResponseWriter, q *http.Request) error {
		if d.guard.Policy().Visitors < needs(q) {
			return errReadOnly
		}
		next.ServeHTTP(w, q)
		return nil
	})
}

// asksForHTML tells a browser that shows a page from a program.
func asksForHTML(q *http.Request) bool {
	return strings.Contains(q.Header.Get("Accept"), "text/html")
}
