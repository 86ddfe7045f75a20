package access

import "crypto/subtle"

// Exposed makes void what a request has brought that others could read on its way:
// the key and a device's token, "" if it brought none, and the PIN, nil likewise.
// There is a new key and a new PIN if they were right. A device whose token it was, and
// programs that came in with that PIN, have to come in anew.
func (g *Guard) Exposed(key, token string, pin Proof) {
	g.locked(func(note func(Event)) {
		if d := g.register.devices[token]; d != nil && d.Status != Blocked { // who is blocked stays so
			g.register.forget(d)
			note(Event{Addr: d.Addr, Text: d.Name + " sent its cookie without encryption, and has to come in anew"})
		}
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
