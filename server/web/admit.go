package web

import (
	"net/http"

	"windowsill/server/traffic"
)

// admission decides who may come in and what they may do. No other code does.
type admission struct {
	respond  responder
	devices  devices
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
		id, err := a.devices.identify(q)
		if err != nil {
			return a.door.show(w, q, err)
		}
		a.recorder.Attribute(w, q, id)
		a.arrived(q)
		if a.devices.guard.Policy().Allow < neededFor(q) {
			return errReadOnly
		}
		return h(w, q)
	})
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
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Location", cleanTarget(q.URL.RequestURI()))
	w.WriteHeader(http.StatusSeeOther)
	return nil
}
