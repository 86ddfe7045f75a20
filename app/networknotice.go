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

// networkNotice says what is the matter with the network while a folder is shared, and
// offers what helps.
type networkNotice struct {
	content *kit.Card
	onHere  func() // go on with a share that has paused

	text    *widget.Label
	remedy  *kit.Button
	row     *fyne.Container // of the buttons
	command *widget.Label   // for a terminal
	copy    *kit.CopyButton
	allow   *kit.Button

	snapshot server.Snapshot
	ignored  server.Obstacle // that the person does not want to hear of
	moves    int             // changes of the address that the person knows of
	knowsTLS bool            // the person knows that somebody has tried https://
}

func newNetworkNotice(a fyne.App, onUI func(func()), onHere, onAllow func()) *networkNotice {
	n := &networkNotice{onHere: onHere, text: kit.NewParagraph(""), remedy: kit.NewButton("", nil, widget.MediumImportance, nil)}
	n.text.TextStyle.Bold = true
	sign := container.NewVBox(kit.Padded(7, 0, 4, 2, kit.CenteredIcon(theme.NewColoredResource(kit.IconProblem, theme.ColorNameWarning), 22)))
	n.command = kit.NewParagraph("")
	n.copy = kit.NewCopyButton(a, onUI, lang.L("Copy command"), widget.MediumImportance)
	n.allow = kit.NewButton(lang.L("Allow it…"), nil, widget.HighImportance, onAllow)
	n.row = kit.Padded(0, 6, 8, 0, kit.Flow(4, n.allow, n.copy.Button, n.remedy))
	n.content = kit.NewCard(kit.ColorCaution, "", kit.RadiusCard, 8, kit.Border(nil, nil, sign, nil, kit.Column(2, n.text, n.command, n.row)))
	n.content.Hide()
	return n
}

// show draws a snapshot, and reports whether the notice has changed.
func (n *networkNotice) show(s server.Snapshot) (changed bool) {
	if s.State != server.Sharing || !s.Since.Equal(n.snapshot.Since) {
		n.moves, n.knowsTLS = 0, false
	}
	n.snapshot = s
	before, shown := n.text.Text, n.content.Visible()
	text, verb, do := n.message()
	if text != before || text == "" {
		kit.SetText(n.text, text)
		n.remedy.OnTapped = do
		n.remedy.Set(verb, nil, widget.MediumImportance, true)
		kit.SetShown(n.remedy, do != nil)
	}
	n.showCommand(n.firewallCommand())
	kit.SetShown(n.content, text != "")
	return text != before || shown != n.content.Visible()
}

// showCommand shows a command to copy, "" for none.
func (n *networkNotice) showCommand(command string) {
	n.command.TextStyle.Monospace = command != "" // the font would take megabytes for nothing
	kit.SetText(n.command, command)
	n.copy.Set(lang.L("Copy command"), command)
	kit.SetShown(n.command, command != "")
	kit.SetShown(n.copy.Button, command != "")
	kit.SetShown(n.allow, command != "" && n.snapshot.Network.Obstacle.CanAllow)
	kit.SetShown(n.row, command != "" || n.remedy.Visible())
}

// firewallCommand returns what opens the firewall that the message is about, "" if there
// is no such command.
func (n *networkNotice) firewallCommand() string {
	if n.isBlocked() {
		return n.snapshot.Network.Obstacle.Command
	}
	return ""
}

// isBlocked reports whether the message is about something that keeps devices out. Once
// one has come in there is nothing.
func (n *networkNotice) isBlocked() bool {
	s := n.snapshot
	o := s.Network.Obstacle
	return s.State == server.Sharing && !s.Network.Paused && len(s.Links) > 0 && (o.Firewall != "" || o.Silent) && o != n.ignored &&
		!slices.ContainsFunc(s.Devices, hasComeIn)
}

// ignore hides the message about an obstacle: the person knows better.
func (n *networkNotice) ignore() {
	n.ignored = n.snapshot.Network.Obstacle
	n.show(n.snapshot)
}

// message returns what there is to say, and what the button that helps does.
func (n *networkNotice) message() (text, verb string, do func()) {
	s := n.snapshot
	switch {
	case s.State != server.Sharing:
	case s.Network.Paused:
		return lang.L("Paused: this computer is on another network. Nobody there can come in."), lang.L("Share here too"), n.onHere
	case len(s.Links) == 0:
		return lang.L("The network is gone. Sharing resumes when it is back."), "", nil
	case isAlone(s):
		return lang.L("This computer is not on a network. Once it is, devices can come in."), "", nil
	case n.isBlocked():
		return n.obstacleText(), lang.L("All right"), n.ignore
	case s.Network.Moves > n.moves:
		return lang.L("The address of this computer has changed. Devices must scan again."), lang.L("All right"), n.acceptMove
	case s.Network.TriedTLS && !n.knowsTLS:
		return lang.L("Somebody typed https://. The address begins with http://, without an s."), lang.L("All right"), n.acceptTLS
	}
	return "", "", nil
}

// isAlone reports whether this computer shares while it is on no network.
func isAlone(s server.Snapshot) bool {
	return len(s.Links) == 0 || s.Links[0].Address.Addr.IsLoopback()
}

// obstacleText says what keeps devices out.
func (n *networkNotice) obstacleText() string {
	o := n.snapshot.Network.Obstacle
	switch {
	case o.Firewall == "":
		return lang.L("This computer does not answer at its own address {{.Address}}. A VPN or a security program may be in the way: switch it off, or choose another address.",
			map[string]any{"Address": n.snapshot.Links[0].Address.Addr.String()})
	case o.Sure:
		return lang.L("The firewall {{.Name}} keeps devices out.", map[string]any{"Name": o.Firewall})
	}
	return lang.L("The firewall {{.Name}} may keep devices out.", map[string]any{"Name": o.Firewall})
}

// acceptMove hides the message about another address.
func (n *networkNotice) acceptMove() {
	n.moves = n.snapshot.Network.Moves
	n.show(n.snapshot)
}

// acceptTLS hides the message about https://.
func (n *networkNotice) acceptTLS() {
	n.knowsTLS = true
	n.show(n.snapshot)
}
