package app

import (
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

	words  *widget.Label
	remedy *button
	row    fyne.CanvasObject
	now    server.Snapshot
	seen   int // changes of the address that the person knows of
}

func newNetworkNotice(onHere func()) *networkNotice {
	n := &networkNotice{onHere: onHere, words: newProse(""), remedy: newButton("", nil, widget.MediumImportance, nil)}
	n.words.TextStyle.Bold = true
	sign := container.NewVBox(padded(7, 0, 4, 2, picture(theme.NewColoredResource(iconTrouble, theme.ColorNameWarning), 22)))
	n.row = padded(0, 6, 8, 0, container.NewHBox(n.remedy))
	n.content = newCard(colorCaution, "", radiusCard, 8, container.NewBorder(nil, nil, sign, nil, container.New(falling{2}, n.words, n.row)))
	n.content.Hide()
	return n
}

// show draws a snapshot, and says whether the notice is another than before.
func (n *networkNotice) show(s server.Snapshot) (changed bool) {
	if s.State != server.Sharing || !s.Since.Equal(n.now.Since) {
		n.seen = 0
	}
	n.now = s
	before, shown := n.words.Text, n.content.Visible()
	text, verb, do := n.message()
	if text != before || text == "" {
		setText(n.words, text)
		n.remedy.OnTapped = do
		n.remedy.set(verb, nil, widget.MediumImportance, true)
		setShown(n.row, do != nil)
	}
	setShown(n.content, text != "")
	return text != before || shown != n.content.Visible()
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
	case s.Network.Moves > n.seen:
		return lang.L("The address of this computer has changed. Devices must scan again."), lang.L("All right"), n.accept
	}
	return "", "", nil
}

// accept takes the notice away.
func (n *networkNotice) accept() {
	n.seen = n.now.Network.Moves
	n.show(n.now)
}
