package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/server"
)

// networkNotice says what has become of the network while something is shared,
// and offers what helps.
type networkNotice struct {
	content *card
	onHere  func() // go on with a share that has paused

	text   *widget.Label
	remedy *button
	row    *fyne.Container // of what one can do
	code   *widget.Label   // a command for a terminal
	copy   *copyButton
	allow  *button
	now    server.Snapshot
	waved  server.Obstacle // that the person does not want to hear of
	seen   int             // changes of the address that the person knows of
}

func newNetworkNotice(a fyne.App, onUI func(func()), onHere, onAllow func()) *networkNotice {
	n := &networkNotice{onHere: onHere, text: newProse(""), remedy: newButton("", nil, widget.MediumImportance, nil)}
	n.text.TextStyle.Bold = true
	sign := container.NewVBox(padded(7, 0, 4, 2, picture(theme.NewColoredResource(iconTrouble, theme.ColorNameWarning), 22)))
	n.code = newProse("")
	n.copy = newCopyButton(a, onUI, lang.L("Copy command"), widget.MediumImportance)
	n.allow = newButton(lang.L("Allow it…"), nil, widget.HighImportance, onAllow)
	n.row = padded(0, 6, 8, 0, container.New(&flow{between: 4}, n.allow, n.copy.button, n.remedy))
	n.content = newCard(colorCaution, "", radiusCard, 8, container.NewBorder(nil, nil, sign, nil, container.New(falling{2}, n.text, n.code, n.row)))
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
		setText(n.text, text)
		n.remedy.OnTapped = do
		n.remedy.set(verb, nil, widget.MediumImportance, true)
		setShown(n.remedy, do != nil)
	}
	n.offer(n.command())
	setShown(n.content, text != "")
	return text != before || shown != n.content.Visible()
}

// offer shows a command to copy; "" shows none.
func (n *networkNotice) offer(command string) {
	n.code.TextStyle.Monospace = command != "" // a font for nothing would take megabytes
	setText(n.code, command)
	n.copy.offer(n.copy.label, command)
	setShown(n.code, command != "")
	setShown(n.copy.button, command != "")
	setShown(n.allow, command != "" && n.now.Network.Obstacle.CanAllow)
	setShown(n.row, command != "" || n.remedy.Visible())
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
