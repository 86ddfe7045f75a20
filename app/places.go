package app

import (
	"slices"
	"strings"

	"windowsill/server"
)

// placesMax is how many networks are remembered, the latest ones.
const placesMax = 50

// where returns at which address the person shares on a network, and what is to
// become of a share elsewhere.
func (m memory) where(network string) server.Where {
	w := server.Where{Roams: m.prefs.Bool(keyRoams), Silent: m.prefs.Bool(keySilent)}
	if i := m.place(network); i >= 0 {
		f := strings.Split(m.prefs.StringList(keyPlaces)[i], "\t")
		w.Prefer, w.Alone = f[1], f[2] == "alone"
	}
	return w
}

// setWhere remembers both.
func (m memory) setWhere(network string, w server.Where) {
	m.prefs.SetBool(keyRoams, w.Roams)
	m.prefs.SetBool(keySilent, w.Silent)
	if network == "" || strings.ContainsAny(network+w.Prefer, "\t") {
		return
	}
	places := slices.Clone(m.prefs.StringList(keyPlaces))
	if i := m.place(network); i >= 0 {
		places = slices.Delete(places, i, i+1)
	}
	alone := ""
	if w.Alone {
		alone = "alone"
	}
	m.prefs.SetStringList(keyPlaces, inFront(places, network+"\t"+w.Prefer+"\t"+alone, placesMax))
}

// place returns the index of what is remembered of a network, below 0 if
// nothing is.
func (m memory) place(network string) int {
	return slices.IndexFunc(m.prefs.StringList(keyPlaces), func(p string) bool {
		return network != "" && strings.HasPrefix(p, network+"\t") && strings.Count(p, "\t") == 2
	})
}

// wifi returns the Wi-Fi for guests, if the person wanted it remembered.
func (m memory) wifi() server.WiFi {
	f := m.prefs.StringList(keyWiFi)
	if len(f) != 3 {
		return server.WiFi{}
	}
	return server.WiFi{Name: f[0], Password: f[1], Hidden: f[2] != ""}
}

// setWiFi remembers it; one without a name is forgotten.
func (m memory) setWiFi(w server.WiFi) {
	if w.Name == "" {
		m.prefs.RemoveValue(keyWiFi)
		return
	}
	hidden := ""
	if w.Hidden {
		hidden = "hidden"
	}
	m.prefs.SetStringList(keyWiFi, []string{w.Name, w.Password, hidden})
}

// choosePlace shares at an address of the person's choice from now on, and
// whenever the computer is on this network again.
func (o *owner) choosePlace(change func(*server.Where)) {
	now := o.sharing.now
	w := o.sharing.place()
	change(&w)
	if w.Alone && w.Prefer == "" {
		w.Prefer = o.sharing.view.link.link.Address.Choice()
	}
	o.sharing.memory.setWhere(now.Network.ID, w)
	o.goTo(w)
}

// place returns where something is shared, or would be.
func (s *sharing) place() server.Where {
	if s.now.State == server.Sharing {
		return s.now.Share.Where
	}
	return s.memory.where("")
}

// settle does on another network what the person does there.
func (o *owner) settle() {
	now, m := o.sharing.now, o.sharing.memory
	if n := now.Network; n.Formerly != "" && m.place(n.ID) < 0 {
		m.setWhere(n.ID, now.Share.Where)
	}
	if w := m.where(now.Network.ID); now.Network.ID != "" && w != now.Share.Where && o.sharing.where == (server.Where{}) {
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
