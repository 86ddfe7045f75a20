package app

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/server"
)

// networkSettings is what happens when the network changes. It counts at once.
type networkSettings struct {
	content  fyne.CanvasObject
	onChange func(change func(*server.Where))
	alone    *kit.Check
	pauses   *kit.Check
	announce *kit.Check
}

func newNetworkSettings(onChange func(change func(*server.Where))) *networkSettings {
	s := &networkSettings{onChange: onChange}
	s.alone = kit.NewCheck(lang.L("Share only on the network shown"), func(on bool) {
		s.onChange(func(w *server.Where) { w.Alone = on })
	})
	s.pauses = kit.NewCheck(lang.L("Pause on another network"), func(on bool) {
		s.onChange(func(w *server.Where) { w.Roams = !on })
	})
	s.announce = kit.NewCheck(lang.L("Announce a name on the network"), func(on bool) {
		s.onChange(func(w *server.Where) { w.Silent = !on })
	})
	s.content = kit.Paragraphs(
		kit.Option(s.alone, kit.NewHint(lang.L("Not on other networks that this computer is on."))),
		kit.Option(s.pauses, kit.NewHint(lang.L("If this computer moves to another network, nobody there gets in until you say so."))),
		kit.Option(s.announce, kit.NewHint(lang.L("People can then type a name instead of the address."))))
	return s
}

// show draws where something is shared.
func (s *networkSettings) show(w server.Where) {
	s.alone.Draw(w.Alone)
	s.pauses.Draw(!w.Roams)
	s.announce.Draw(!w.Silent)
}

// portSetting is the port that the window begins with.
type portSetting struct {
	content fyne.CanvasObject
	sharing *sharing
	entry   *kit.Entry
	note    *widget.Label
	move    *kit.Button // shares on the port at once
}

func newPortSetting(s *sharing) *portSetting {
	p := &portSetting{sharing: s, entry: kit.NewEntry(strconv.Itoa(settings.DefaultPort)), note: kit.NewHint("")}
	p.entry.Name = lang.L("Port")
	p.entry.OnChanged = p.typed
	p.entry.OnEscape = p.revert
	p.move = kit.NewButton("", nil, widget.HighImportance, s.moveToPort)
	row := kit.Border(nil, nil, nil, kit.FixedWidth(84, p.entry), kit.NewText(lang.L("Port"), theme.SizeNameText, false))
	p.content = kit.Paragraphs(kit.Padded(14, 2, 0, 8, row), kit.Column(0, kit.Padded(0, 0, kit.HintIndent, 0, p.note)), container.NewHBox(kit.Padded(4, 0, kit.HintIndent+8, 0, p.move)))
	p.revert()
	return p
}

func (p *portSetting) remembered() int { return settings.Port.Get(p.sharing.options.store) }

// typed remembers what is a port.
func (p *portSetting) typed(text string) {
	if port, valid := parsePort(text); valid && port != p.remembered() {
		p.sharing.setPort(port)
	}
	p.draw()
}

// revert brings back the port that is remembered.
func (p *portSetting) revert() {
	p.entry.SetText(strconv.Itoa(p.remembered()))
	p.draw()
}

// show draws the port that is remembered, unless a person is typing one.
func (p *portSetting) show() {
	if port, valid := parsePort(p.entry.Text); valid && port != p.remembered() {
		p.revert()
	}
	p.draw()
}

func (p *portSetting) draw() {
	port, valid := parsePort(p.entry.Text)
	text, importance := lang.L("Part of the address. 0 takes any free port."), widget.LowImportance
	switch {
	case !valid:
		text, importance = lang.L("A number from 0 to 65535."), widget.DangerImportance
	case p.waits(port):
		text, importance = lang.L("This applies the next time you share."), widget.WarningImportance
	}
	kit.SetTextAndImportance(p.note, text, importance)
	p.move.Set(lang.L("Restart on {{.Port}}", map[string]any{"Port": strconv.Itoa(port)}), nil, widget.HighImportance, true)
	if moves := valid && p.waits(port); moves != p.move.Visible() {
		kit.SetShown(p.move, moves)
		p.content.Refresh() // nothing else lays it out again
	}
}

// waits reports whether the person has chosen a port that the present share does not
// have. One that merely was taken is another matter.
func (p *portSetting) waits(port int) bool {
	s := p.sharing
	if !s.isSharing() || port == 0 || port == s.snapshot.Share.Port {
		return false
	}
	typed, _ := s.port.value()
	return typed == port
}
