package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// networkNotice says what has become of the network while something is shared,
// and offers what helps.
type networkNotice struct {
	content *kit.Card
	onHere  func() // go on with a share that has paused

	text   *widget.Label
	remedy *kit.Button
	row    *fyne.Container // of what one can do
	code   *widget.Label   // a command for a terminal
	copy   *kit.CopyButton
	allow  *kit.Button
	now    server.Snapshot
	waved  server.Obstacle // that the person does not want to hear of
	seen   int             // changes of the address that the person knows of
}

func newNetworkNotice(a fyne.App, onUI func(func()), onHere, onAllow func()) *networkNotice {
	n := &networkNotice{onHere: onHere, text: kit.NewParagraph(""), remedy: kit.NewButton("", nil, widget.MediumImportance, nil)}
	n.text.TextStyle.Bold = true
	sign := container.NewVBox(kit.Padded(7, 0, 4, 2, kit.CenteredIcon(theme.NewColoredResource(kit.IconProblem, theme.ColorNameWarning), 22)))
	n.code = kit.NewParagraph("")
	n.copy = kit.NewCopyButton(a, onUI, lang.L("Copy command"), widget.MediumImportance)
	n.allow = kit.NewButton(lang.L("Allow it…"), nil, widget.HighImportance, onAllow)
	n.row = kit.Padded(0, 6, 8, 0, kit.Flow(4, n.allow, n.copy.Button, n.remedy))
	n.content = kit.NewCard(kit.ColorCaution, "", kit.RadiusCard, 8, container.NewBorder(nil, nil, sign, nil, kit.Column(2, n.text, n.code, n.row)))
	n.content.Hide()
	return n
}

// show draws a snapshot, and says whether the notice is another than before.
func (n *networkNotice) show(s server.Snapshot) (changed bool) {
	if s.State != server.Sharing || !s.Since.Equal(n.now.Since) {
		n.seen = 0
	}
	n.now = s
	before, shown := n.text.Text, n.content.Visible()
	text, verb, do := n.message()
	if text != before || text == "" {
		kit.SetText(n.text, text)
		n.remedy.OnTapped = do
		n.remedy.Set(verb, nil, widget.MediumImportance, true)
		kit.SetShown(n.remedy, do != nil)
	}
	n.offer(n.command())
	kit.SetShown(n.content, text != "")
	return text != before || shown != n.content.Visible()
}

// offer shows a command to copy; "" shows none.
func (n *networkNotice) offer(command string) {
	n.code.TextStyle.Monospace = command != "" // a font for nothing would take megabytes
	kit.SetText(n.code, command)
	n.copy.Set(lang.L("Copy command"), command)
	kit.SetShown(n.code, command != "")
	kit.SetShown(n.copy.Button, command != "")
	kit.SetShown(n.allow, command != "" && n.now.Network.Obstacle.CanAllow)
	kit.SetShown(n.row, command != "" || n.remedy.Visible())
}

// command returns what opens the firewall that the message is about, if there
// is such a command.
func (n *networkNotice) command() string {
	if n.isBlocked() {
		return n.now.Network.Obstacle.Command
	}
	return ""
}

// isBlocked reports whether the message is about an obstacle. Once somebody has
// come in, there is none to speak of.
func (n *networkNotice) isBlocked() bool {
	s := n.now
	o := s.Network.Obstacle
	return s.State == server.Sharing && !s.Network.Paused && len(s.Links) > 0 && (o.Firewall != "" || o.Silent) && o != n.waved &&
		!slices.ContainsFunc(s.Devices, hasComeIn)
}

// wave takes the message about an obstacle away: the person knows better.
func (n *networkNotice) wave() {
	n.waved = n.now.Network.Obstacle
	n.show(n.now)
}

// message returns what there is to say, and the button that helps.
func (n *networkNotice) message() (text, verb string, do func()) {
	s := n.now
	switch {
	case s.State != server.Sharing:
	case s.Network.Paused:
		return lang.L("Paused: this computer is on another network. Nobody there can come in."), lang.L("Share here too"), n.onHere
	case len(s.Links) == 0:
		return lang.L("The network of this share is gone. Sharing goes on when it is back."), "", nil
	case isAlone(s):
		return lang.L("This computer is in no network. As soon as it is, devices can come in."), "", nil
	case n.isBlocked():
		return n.obstacle(), lang.L("All right"), n.wave
	case s.Network.Moves > n.seen:
		return lang.L("The address of this computer has changed. Devices must scan again."), lang.L("All right"), n.accept
	}
	return "", "", nil
}

// isAlone reports whether this computer is in no network while it shares.
func isAlone(s server.Snapshot) bool {
	return len(s.Links) == 0 || s.Links[0].Address.Addr.IsLoopback()
}

// obstacle says what keeps devices out.
func (n *networkNotice) obstacle() string {
	o := n.now.Network.Obstacle
	switch {
	case o.Firewall == "":
		return lang.L("This computer does not answer at its own address {{.Address}}. A VPN or a security program may be in the way: switch it off, or choose another address.",
			map[string]any{"Address": n.now.Links[0].Address.Addr.String()})
	case o.Sure:
		return lang.L("The firewall {{.Name}} keeps devices out.", map[string]any{"Name": o.Firewall})
	}
	return lang.L("The firewall {{.Name}} may keep devices out.", map[string]any{"Name": o.Firewall})
}

// accept takes the notice away.
func (n *networkNotice) accept() {
	n.seen = n.now.Network.Moves
	n.show(n.now)
}
