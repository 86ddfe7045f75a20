package web

import (
	"errors"
	"net/http"

	"windowsill/server/traffic"
)

// admission decides who may come in and what they may do. No other code does.
type admission struct {
	respond  responder
	devices  devices
	tickets  *tickets
	recorder *traffic.Recorder
	arrived  func(*http.Request) // told of each request of a device that is in
	door     *door
}

// handler returns h for those who may come in and may do what they ask for.
func (a *admission) handler(h handlerFunc) http.Handler {
	return a.respond.handler(func(w http.ResponseWriter, q *http.Request) error {
		// The body of a write would be lost on the way to another address.
		if key, ok := keyOf(q); ok && (q.Method == http.MethodGet || q.Method == http.MethodHead) {
			return a.useKey(w, q, key)
		}
		if a.devices.inbox == nil {
			announceDAV(w, q)
		}
		id, err := a.identify(q)
		switch {
		case err != nil && ticketOf(q) != "" && asksForHTML(q):
			leadTo(w, cleanTarget(q.URL.RequestURI()), http.StatusSeeOther)
			return nil
		case err != nil:
			return a.door.show(w, q, err)
		}
		q = identified(q, id)
		a.recorder.Attribute(w, q, id)
		a.arrived(q)
		if may := a.devices.rights.forRequest(q); may < neededFor(q) {
			return notAllowed(may)
		}
		return h(w, q)
	})
}

// identify returns the number of the device that sent a request, by a ticket
// where nothing else is known of it; see [devices.identify].
func (a *admission) identify(q *http.Request) (id uint64, err error) {
	id, err = a.devices.identify(q)
	if errors.Is(err, errUnknown) {
		if holder, ok := a.tickets.holder(q); ok {
			return holder, nil
		}
	}
	return id, err
}

// useKey lets a device in that brought the right key, and redirects it to the
// address without the key. A device that is in anyway is redirected with a
// wrong key, too.
func (a *admission) useKey(w http.ResponseWriter, q *http.Request, key string) error {
	if !traffic.AddrOf(q).IsLoopback() { // this computer is no device
		token, err := a.devices.guard.EnterByKey(key, a.devices.token(q), a.devices.describe(q))
		if err == nil {
			a.devices.remember(w, token)
		} else if _, out := a.devices.identify(q); out != nil {
			return a.door.show(w, q, err)
		}
	}
	leadTo(w, cleanTarget(q.URL.RequestURI()), http.StatusSeeOther)
	return nil
}
