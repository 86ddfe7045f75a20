package app

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"windowsill/app/settings"
	"windowsill/server"
)

func TestTypedPort(t *testing.T) {
	h := opened(t)
	h.sharing.folder.set("/srv/photos")
	for _, c := range []struct {
		typed string
		says  string
		valid bool
	}{
		{"8080", "part of the address", true},
		{" 8080 ", "part of the address", true},
		{"0", "0 takes any free port.", true},
		{"65535", "part of the address", true},
		{"65536", "A number from 0 to 65535.", false},
		{"-1", "A number from 0 to 65535.", false},
		{"", "A number from 0 to 65535.", false},
		{"80a", "A number from 0 to 65535.", false},
		{"99999999999999999999", "A number from 0 to 65535.", false},
	} {
		h.sharing.port.entry.SetText(c.typed)
		h.sees(c.says)
		if h.button("Share").Disabled() == c.valid {
			t.Errorf("%q: Share can be pressed: %v, want %v", c.typed, !c.valid, c.valid)
		}
	}
}

func TestExactPort(t *testing.T) {
	for name, c := range map[string]struct {
		typed string // "" leaves it
		exact bool
	}{
		"untouched": {"", false}, "typed": {"8000", true}, "any": {"0", false},
	} {
		t.Run(name, func(t *testing.T) {
			h := opened(t)
			h.sharing.folder.set("/srv/photos")
			if c.typed != "" {
				h.sharing.port.entry.SetText("")
				test.Type(h.sharing.port.entry, c.typed)
			}
			h.tap("Share")
			h.untilState(server.Sharing)
			if got := h.engine.started()[0].ExactPort; got != c.exact {
				t.Errorf("exact: %v, want %v", got, c.exact)
			}
		})
	}
}

func TestMoveToAnotherPort(t *testing.T) {
	h := sharingWindow(t)
	h.seesNot("Port")
	h.openSettings()
	entry := h.view.settings.panels.port.entry
	entry.SetText("90000")
	h.seesNot("Restart on")
	entry.SetText("9000")
	h.tap("Restart on 9000")
	h.until("the other port", func() bool { return h.sharing.snapshot.Share.Port == 9000 })
	h.untilState(server.Sharing)
	h.seesNot("Restart on")
	h.tap("Back")
	h.sees("192.168.1.20:9000", "1,243 files")
	if h.engine.stops != 1 {
		t.Errorf("Stopped %d times.", h.engine.stops)
	}
}

func TestPortSetting(t *testing.T) {
	h := opened(t)
	h.sharing.folder.set("/srv/photos")
	h.openSettings()
	field := h.view.settings.panels.port.entry
	field.SetText("90x")
	h.sees("A number from 0 to 65535.")
	field.SetText("9000")
	h.sees("Part of the address.")
	h.tap("Back")
	h.tap("Share")
	h.untilState(server.Sharing)
	if s := h.engine.started()[0]; s.Port != 9000 || !s.ExactPort {
		t.Errorf("shared on %d, exactly: %v", s.Port, s.ExactPort)
	}
	h.openSettings()
	field.SetText("9001")
	h.sees("the next time you share")
	h.tap("Restart on 9001")
	h.until("the other port", func() bool { return h.sharing.snapshot.Share.Port == 9001 })
	h.openSettings()
	field.SetText("")
	h.tap("Back")
	if h.openSettings(); field.Text != "9001" || settings.Port.Get(&h.store) != 9001 {
		t.Errorf("%q is typed, %d remembered; want 9001", field.Text, settings.Port.Get(&h.store))
	}
}
