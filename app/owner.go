package app

import (
	"errors"
	"net/url"
	"path"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
	"windowsill/server"
)

// owner does what the person says about devices, transfers and the network. The
// server is told at once, and the next snapshot shows the result.
type owner struct {
	sharing *sharing
	control *control
	store   *settings.Store
	asker   *kit.Asker

	remarks   *remarks
	openUntil time.Time // when those without the code can no longer come in; zero for no end
}

func newOwner(s *sharing, c *control, store *settings.Store, asker *kit.Asker, r *remarks) *owner {
	return &owner{sharing: s, control: c, store: store, asker: asker, remarks: r}
}

// setAccess says who can open the share: one of the answers of accessPanel. Before
// everyone can, the person says for how long.
func (o *owner) setAccess(who int) {
	if who != accessOpen {
		o.admit(who, time.Time{})
		return
	}
	q := openQuestion(o.sharing.snapshot.Share.Receiving.On)
	q.OnYes = func() { o.admit(accessOpen, time.Now().Add(openFor)) }
	q.OnAlso = func() { o.admit(accessOpen, time.Time{}) }
	o.asker.Ask(q)
}

// admit tells the server who can open the share: everyone until a time, or without an
// end if it is zero.
func (o *owner) admit(who int, until time.Time) {
	o.openUntil = until
	p := o.sharing.snapshot.Policy
	p.Open, p.NobodyNew = who == accessOpen, who == accessNobodyNew
	o.setPolicy(p)
}

// tick ends the time in which everyone may come in.
func (o *owner) tick(now time.Time) {
	if !o.openUntil.IsZero() && !now.Before(o.openUntil) {
		o.admit(accessAsked, time.Time{})
	}
}

// openLeft returns for how long everyone may still come in; 0 if there is no end.
func (o *owner) openLeft(now time.Time) time.Duration {
	if o.openUntil.IsZero() || !o.sharing.snapshot.Policy.Open {
		return 0
	}
	return max(0, o.openUntil.Sub(now))
}

// resetAccess begins the next share with the code again, once nothing is shared any more.
func (o *owner) resetAccess() {
	if accessOf(o.sharing.snapshot.Policy) != accessAsked {
		o.admit(accessAsked, time.Time{})
	}
}

// setPermission says what devices may do, from now on and the next time too.
func (o *owner) setPermission(may server.Permission) {
	o.store.SetPermission(may)
	p := o.sharing.snapshot.Policy
	p.Allow = may
	o.setPolicy(p)
}

func (o *owner) setPolicy(p server.Policy) {
	o.control.try(func() error { return o.control.engine.SetPolicy(p) })
}

// decide lets a device in, or sends it away.
func (o *owner) decide(id uint64, a server.Answer) {
	o.control.do(func() { o.control.engine.Decide(id, a) })
}

// cancel ends transfers.
func (o *owner) cancel(ids []uint64) {
	for _, id := range ids {
		o.control.do(func() { o.control.engine.Cancel(id) })
	}
}

// rename asks for a device's name.
func (o *owner) rename(d server.Device) {
	q := renameQuestion(d)
	q.OnYes = func() {
		name := q.Field.Text
		o.control.do(func() { o.control.engine.Rename(d.ID, name) })
	}
	o.asker.Ask(q)
}

// newCode asks whether to make a new key and PIN, and what becomes of the devices that
// are in.
func (o *owner) newCode() {
	q := newCodeQuestion()
	renew := func(sendOut bool) func() {
		return func() { o.control.do(func() { o.control.engine.NewCode(sendOut) }) }
	}
	q.OnYes, q.OnAlso = renew(false), renew(true)
	o.asker.Ask(q)
}

// restore brings back what a device deleted.
func (o *owner) restore(ids []string) {
	name := o.deletedName(ids)
	o.control.tryThen(func() error {
		var err error
		for _, id := range ids {
			err = errors.Join(err, o.control.engine.Restore(id))
		}
		return err
	}, func(err error) {
		switch {
		case err != nil:
			o.control.report(errNotRestored)
		case name != "":
			o.remarks.add(lang.L("{{.Name}} is back", map[string]any{"Name": name}), "", nil)
		}
	})
}

// deletedName returns the name of what was deleted if that is one thing, else "".
func (o *owner) deletedName(ids []string) string {
	for _, d := range o.sharing.snapshot.Deleted {
		if len(ids) == 1 && d.ID == ids[0] {
			return words.Visible(path.Base(d.Name))
		}
	}
	return ""
}

// sendText asks for a text, which may be there already, and sends it to all devices that
// are in.
func (o *owner) sendText(text string) {
	q := sendQuestion()
	q.Field.SetText(text)
	q.OnYes = func() { o.send(q.Field.Text, 0, o.sentToAll) }
	o.asker.Ask(q)
}

// sendTextTo asks for a text and sends it to one device.
func (o *owner) sendTextTo(d server.Device) {
	name := namesOf(o.sharing.snapshot.Devices).of(keyOf(d.ID, d.Addr))
	q := sendToQuestion(name)
	q.OnYes = func() {
		o.send(q.Field.Text, d.ID, func() string { return lang.L("Text sent to {{.Name}}", map[string]any{"Name": name}) })
	}
	o.asker.Ask(q)
}

// send sends a text, and says so or why not.
func (o *owner) send(text string, to uint64, sent func() string) {
	o.control.tryThen(func() error { return o.control.engine.SendText(text, to) }, func(err error) {
		o.control.report(err)
		if err == nil {
			o.remarks.add(sent(), lang.L("Take back"), o.takeBackText)
		}
	})
}

// sentToAll says to how many a text was sent.
func (o *owner) sentToAll() string {
	in := 0
	for _, d := range o.sharing.snapshot.Devices {
		if d.Status == server.In {
			in++
		}
	}
	if in == 0 {
		return lang.L("Text sent to all who come in")
	}
	return words.Count(int64(in), words.Phrase("Text sent to {{.Count}} devices"))
}

// takeBackText takes back the text that was sent last.
func (o *owner) takeBackText() {
	for _, t := range slices.Backward(o.sharing.snapshot.Texts) {
		if t.ByOwner {
			o.control.do(func() { o.control.engine.TakeBack(t.ID) })
			return
		}
	}
}

// openAddress opens an address that a device sent, once the person has seen all of
// it.
func (o *owner) openAddress(address string) {
	q := addressQuestion(address)
	q.OnYes = func() {
		if u, err := url.Parse(address); err == nil {
			_ = fyne.CurrentApp().OpenURL(u) // the person sees whether a browser opens
		}
	}
	o.asker.Ask(q)
}

// changeWhere changes where to share, from now on and whenever the computer is on this
// network again. shown is the link that the window shows.
func (o *owner) changeWhere(shown server.Link, change func(*server.Where)) {
	w := o.sharing.where()
	change(&w)
	if w.Alone && w.Prefer == "" {
		w.Prefer = shown.Address.Choice()
	}
	o.store.SetWhere(o.sharing.snapshot.Network.ID, w)
	o.setWhere(w)
}

// followNetwork shares on another network where the person does so there.
func (o *owner) followNetwork() {
	now := o.sharing.snapshot
	if n := now.Network; n.Formerly != "" && !o.store.Knows(n.ID) {
		o.store.SetWhere(n.ID, now.Share.Where)
	}
	w := o.store.Where(now.Network.ID)
	if now.Network.ID != "" && w != now.Share.Where && o.sharing.options.given.Where == (server.Where{}) {
		o.setWhere(w)
	}
}

func (o *owner) setWhere(w server.Where) {
	o.control.try(func() error { return o.control.engine.SetWhere(w) })
}

// shareHere goes on with a share that has paused on another network.
func (o *owner) shareHere() { o.control.do(o.control.engine.ShareHere) }

// openFirewall makes the system ask whether devices may come in. Other calls do not
// wait for the answer.
func (o *owner) openFirewall(cleared func(error)) {
	o.control.background(o.control.engine.OpenFirewall, func(err error) {
		if err != nil {
			o.control.report(errNotAllowed)
			return
		}
		cleared(errNotAllowed) // of an earlier try
	})
}
