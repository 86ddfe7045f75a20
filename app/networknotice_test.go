package app

import (
	"errors"
	"testing"

	"windowsill/server"
)

func TestShareHere(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Network.Paused = true; n.Totals.Requests++ })
	h.sees("Paused: this computer is on another network.", "Paused")
	h.seesNot("Sharing")
	h.tap("Share here too")
	h.told("share here too")
	h.until("the notice to go", func() bool { return !h.view.alerts.network.content.Visible() })
}

func TestChangedAddress(t *testing.T) {
	h := sharingWindow(t)
	h.seesNot("address of this computer")
	moved := func(n *server.Snapshot) { n.Network.Moves++; n.Totals.Requests++ }
	h.change(moved)
	h.sees("The address of this computer has changed. Devices must scan again.")
	h.tap("All right")
	h.seesNot("address of this computer")
	h.change(moved)
	h.sees("Devices must scan again.")
	h.change(func(n *server.Snapshot) { n.Links = nil })
	h.sees("The network is gone.")
	h.change(func(n *server.Snapshot) { n.State = server.Stopped })
	h.seesNot("The network is gone", "Devices must scan again.")
}

func TestLostNetwork(t *testing.T) {
	h := sharingWindow(t)
	before := h.sharing.snapshot.Links
	h.change(func(n *server.Snapshot) {
		n.Links = []server.Link{fakeLink("127.0.0.1", 8000, "This computer only"), fakeLink("::1", 8000, "This computer only")}
	})
	h.sees("This computer is not on a network. Once it is, devices can come in.", "This computer only", "No network")
	h.change(func(n *server.Snapshot) { n.Links = before })
	h.seesNot("in no network", "No network")
}

func TestAddressIsRememberedForItsNetwork(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) {
		n.Network.ID = "aa:bb"
		second := fakeLink("10.0.0.7", 8000, "Ethernet · eth0")
		second.Address.Interface = "eth0"
		n.Links = append(n.Links, second)
	})
	h.view.column.link.address.choose(1)
	h.told(`share at "eth0", alone false`)
	h.until("it to be so", func() bool { return h.sharing.snapshot.Share.Where.Prefer == "eth0" })
	h.view.settings.panels.network.alone.SetChecked(true)
	h.told(`share at "eth0", alone false`, `share at "eth0", alone true`)
	h.until("it to be so", func() bool { return h.sharing.snapshot.Share.Where.Alone })
	h.change(func(n *server.Snapshot) { n.Network.ID, n.Network.Formerly, n.Totals.Requests = "ee:ff", "aa:bb", 7 })
	if got := h.store.Where("ee:ff"); got != (server.Where{Prefer: "eth0", Alone: true}) {
		t.Errorf("Since the gateway is known it shares at %+v.", got)
	}
	h.change(func(n *server.Snapshot) { n.Network.ID, n.Network.Formerly, n.Totals.Requests = "aa:bb", "", 8 })
	h.told(`share at "eth0", alone false`, `share at "eth0", alone true`)
	h.tap("Stop sharing")
	h.untilState(server.Stopped)
	h.tap("Share")
	h.untilState(server.Sharing)
	starts := h.engine.started()
	if got := starts[len(starts)-1].Where; got != (server.Where{Prefer: "eth0", Alone: true}) {
		t.Errorf("The next time it shares at %+v.", got)
	}
	if got := h.store.Where("cc:dd"); got != (server.Where{}) {
		t.Errorf("On another network it shares at %+v.", got)
	}
	h.change(func(n *server.Snapshot) { n.Network.ID = "cc:dd"; n.Totals.Requests++ })
	h.told(`share at "eth0", alone false`, `share at "eth0", alone true`, `share at "", alone false`)
}

func TestFirewallCommand(t *testing.T) {
	h := sharingWindow(t)
	block := func(n *server.Snapshot) {
		n.Network.Obstacle = server.Obstacle{Firewall: "ufw", Sure: true, Command: "sudo ufw allow 8000/tcp"}
		n.Totals.Requests++
	}
	h.change(block)
	h.sees("The firewall ufw keeps devices out.", "sudo ufw allow 8000/tcp")
	h.tap("Copy command")
	if got := h.app.Clipboard().Content(); got != "sudo ufw allow 8000/tcp" {
		t.Errorf("Copied %q.", got)
	}
	h.change(func(n *server.Snapshot) { n.Devices = []server.Device{fakeDevice(0)} })
	h.seesNot("The firewall", "sudo", "Copied")
	h.change(func(n *server.Snapshot) { n.Devices = nil })
	h.tap("All right")
	h.seesNot("The firewall", "sudo")
	h.change(func(n *server.Snapshot) { n.Network.Obstacle.Sure = false; n.Totals.Requests++ })
	h.sees("The firewall ufw may keep devices out.")
}

func TestOpenFirewall(t *testing.T) {
	h := sharingWindow(t)
	h.engine.locked = errors.New("not authorized")
	h.change(func(n *server.Snapshot) {
		n.Network.Obstacle = server.Obstacle{Firewall: "ufw", Sure: true, Command: "sudo ufw allow 8000/tcp"}
		n.Totals.Requests++
	})
	h.sees("Copy command")
	h.seesNot("Allow it…")
	h.change(func(n *server.Snapshot) { n.Network.Obstacle.CanAllow = true; n.Totals.Requests++ })
	h.tap("Allow it…")
	h.told("open the firewall")
	h.until("the failure to be said", func() bool { return h.view.alerts.notice.content.Visible() })
	h.sees("The system did not allow the firewall to be changed.")
	h.change(func(n *server.Snapshot) { n.Network.Obstacle = server.Obstacle{}; n.Totals.Requests++ })
	h.seesNot("The firewall ufw", "Allow it…")
}

func TestComputerDoesNotAnswerItself(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Network.Obstacle.Silent = true; n.Totals.Requests++ })
	h.sees("This computer does not answer at its own address 192.168.1.20.", "switch it off, or choose another address")
	h.seesNot("Copy command")
	h.tap("All right")
	h.seesNot("does not answer")
}

func TestTypedHTTPS(t *testing.T) {
	h := sharingWindow(t)
	tried := func(n *server.Snapshot) { n.Network.TriedTLS = true; n.Totals.Requests++ }
	h.seesNot("https://")
	h.change(tried)
	h.sees("Somebody typed https://. The address begins with http://, without an s.")
	h.tap("All right")
	h.seesNot("https://")
	h.change(tried)
	h.seesNot("https://")
}

func TestHelpWhileWaiting(t *testing.T) {
	h := sharingWindow(t)
	h.sees("Waiting for the first device…")
	h.seesNot("Phone can’t connect?")
	h.view.activity.tick(h.sharing.snapshot.Since.Add(helpAfter))
	h.tap("Phone can’t connect?")
	h.sees("Is it on the same Wi-Fi?", "Guest networks, hotels", "Privacy & Security, Local Network", "Is a VPN on?")
	h.tap("Close")
	h.sees("Waiting for the first device…", "Phone can’t connect?")
}

func TestPauseSetting(t *testing.T) {
	h := opened(t)
	h.openSettings()
	h.sees("If this computer moves to another network")
	if h.view.settings.panels.network.pauses.SetChecked(false); !h.store.Where("").Roams {
		t.Error("It is not remembered.")
	}
}
