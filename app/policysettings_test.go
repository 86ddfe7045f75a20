package app

import (
	"testing"

	"windowsill/server"
)

func TestVisitorsMay(t *testing.T) {
	h := sharingWindow(t)
	h.seesNot("Visitors may")
	h.view.toggleSettings()
	h.sees("Visitors may", "Nobody can change anything in the folder.")
	h.view.settings.panels.policy.choice.SetSelected("also add files")
	h.until("the new policy", func() bool { return h.sharing.snapshot.Policy.Allow == server.Add })
	h.told("open false, visitors add")
	h.sees("Visitors may add", "overwrites nothing")
	h.view.toggleSettings()
	h.sees("Visitors may add")
	if got := h.store.Policy(server.Policy{Open: true}, false); got != (server.Policy{Open: true, Allow: server.Add}) {
		t.Errorf("Policy is %+v.", got)
	}
	asked := server.Policy{Allow: server.Change}
	if got := h.store.Policy(asked, true); got != asked {
		t.Errorf("Policy is %+v although %+v was asked for.", got, asked)
	}
}

func TestVisitorsMayStaysWhenOpen(t *testing.T) {
	h := sharingWindow(t)
	h.view.toggleSettings()
	h.view.settings.panels.policy.choice.SetSelected("also change and delete")
	h.until("the new policy", func() bool { return h.sharing.snapshot.Policy.Allow == server.Change })
	h.view.toggleSettings()
	h.tap("Open to everyone")
	h.until("the new policy", func() bool { return h.sharing.snapshot.Policy.Open })
	h.told("open false, visitors change", "open true, visitors change")
	h.sees("Open to everyone", "Visitors may change")
}

func TestVisitorsMayOnlyReadByDefault(t *testing.T) {
	h := opened(t)
	if got := h.store.Policy(server.Policy{Open: true}, false); got != (server.Policy{Open: true}) {
		t.Errorf("Policy is %+v.", got)
	}
}

func TestAccessInTheSettings(t *testing.T) {
	h := sharingWindow(t)
	h.group("Visitors")
	h.tap("Open to everyone")
	h.until("the new policy", func() bool { return h.sharing.snapshot.Policy.Open })
	h.tap("Back")
	h.tap("Ask me")
	h.until("the old one", func() bool { return !h.sharing.snapshot.Policy.Open })
	h.group("Visitors")
	if h.view.settings.panels.policy.access.ask.Name != "Ask me who may come in: chosen" {
		t.Error("The settings do not show what was chosen in the main view.")
	}
}
