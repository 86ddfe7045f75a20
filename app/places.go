package app

import "windowsill/server"

// choosePlace shares at an address of the person's choice from now on, and
// whenever the computer is on this network again.
func (o *owner) choosePlace(change func(*server.Where)) {
	now := o.sharing.now
	w := o.sharing.place()
	change(&w)
	if w.Alone && w.Prefer == "" {
		w.Prefer = o.sharing.view.link.link.Address.Choice()
	}
	o.sharing.store.SetWhere(now.Network.ID, w)
	o.goTo(w)
}

// place returns where something is shared, or would be.
func (s *sharing) place() server.Where {
	if s.now.State == server.Sharing {
		return s.now.Share.Where
	}
	return s.store.Where("")
}

// settle does on another network what the person does there.
func (o *owner) settle() {
	now, store := o.sharing.now, o.sharing.store
	if n := now.Network; n.Formerly != "" && !store.Knows(n.ID) {
		store.SetWhere(n.ID, now.Share.Where)
	}
	if w := store.Where(now.Network.ID); now.Network.ID != "" && w != now.Share.Where && o.sharing.where == (server.Where{}) {
		o.goTo(w)
	}
}

func (o *owner) goTo(w server.Where) {
	o.control.order(func() {
		if err := o.control.engine.SetWhere(w); err != nil {
			o.control.onUI(func() { o.sharing.view.urgent.notice.show(err) })
		}
	})
}

// openFirewall has the system ask whether devices may come in. Other orders do
// not wait for the answer.
func (o *owner) openFirewall() {
	o.control.jobs.Go(func() {
		err := o.control.engine.OpenFirewall()
		o.control.onUI(func() {
			switch n := o.sharing.view.urgent.notice; {
			case err != nil:
				n.show(errNotAllowed)
			case n.err == errNotAllowed: // of an earlier try
				n.show(nil)
			}
		})
	})
}

// shareHere goes on with a paused share.
func (o *owner) shareHere() { o.control.order(o.control.engine.ShareHere) }
