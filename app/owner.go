package app

import (
	"windowsill/app/kit"
	"windowsill/server"
)

// owner is what the person says about those who come or want to. The server is
// told at once, and shows in its next snapshot what came of it.
type owner struct {
	sharing *sharing
	control *control
	asker   *kit.Asker
}

// setOpen lets everyone in unasked, or only whom the person lets in. What
// visitors may do stays as it is.
func (o *owner) setOpen(open bool) {
	p := o.sharing.now.Policy
	p.Open = open
	o.setPolicy(p)
}

// setVisitors says what visitors may do, from now on and the next time too.
func (o *owner) setVisitors(may server.Permission) {
	o.sharing.store.SetVisitors(may)
	p := o.sharing.now.Policy
	p.Visitors = may
	o.setPolicy(p)
}

func (o *owner) setPolicy(p server.Policy) {
	o.control.order(func() {
		if err := o.control.engine.SetPolicy(p); err != nil {
			o.control.onUI(func() { o.sharing.view.urgent.notice.show(err) })
		}
	})
}

// answer says to a device whether it may come in, or has to go.
func (o *owner) answer(id uint64, a server.Answer) {
	o.control.order(func() { o.control.engine.Decide(id, a) })
}

// cancel breaks off a transfer.
func (o *owner) cancel(id uint64) {
	o.control.order(func() { o.control.engine.Cancel(id) })
}

// rename asks for the name by which the person knows a device.
func (o *owner) rename(d server.Device) {
	q := renameQuestion(d)
	q.OnYes = func() {
		name := q.Field.Text
		o.control.order(func() { o.control.engine.Rename(d.ID, name) })
	}
	o.asker.Ask(q)
}

// newCode asks whether the code is to be replaced, and what becomes of those
// who came in with it.
func (o *owner) newCode() {
	q := newCodeQuestion()
	renew := func(sendOut bool) func() {
		return func() { o.control.order(func() { o.control.engine.NewCode(sendOut) }) }
	}
	q.OnYes, q.OnAlso = renew(false), renew(true)
	o.asker.Ask(q)
}

// restore brings back what a device deleted.
func (o *owner) restore(id string) {
	o.control.order(func() {
		if err := o.control.engine.Restore(id); err != nil {
			o.control.onUI(func() { o.sharing.view.urgent.notice.show(errNotRestored) })
		}
	})
}
