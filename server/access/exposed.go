package access

import "crypto/subtle"

// Exposed makes void what a request has brought that others could read on its way:
// the key, "" if it brought none, and the PIN, nil likewise. There is a new one of
// each that was right. Programs that came in with that PIN need the new one too.
func (g *Guard) Exposed(key string, pin Proof) {
	g.locked(func(note func(Event)) {
		if subtle.ConstantTimeCompare([]byte(key), []byte(g.key)) == 1 {
			g.key = newKey()
			note(Event{Text: "The code was sent without encryption: there is a new one now"})
		}
		if pin == nil {
			return
		}
		if pin(g.pin.digits) {
			g.pin.digits = newPIN()
			note(Event{Text: "The PIN was sent without encryption: there is a new one now"})
		}
		for _, d := range g.register.programs {
			if d.pin != "" && pin(d.pin) {
				g.register.forget(d)
			}
		}
	})
}
