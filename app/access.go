package app

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// The answers to who can open the share, in the order of the choice.
const (
	accessAsked     = iota // with the code or the owner's OK
	accessOpen             // everyone on the network
	accessNobodyNew        // who is in, and nobody else
)

// permissions are in the order of the choice.
var permissions = []server.Permission{server.Read, server.Add, server.Change}

// accessPanel is the one place that says who can open the share, and what they may do.
// Both count at once.
type accessPanel struct {
	content *fyne.Container
	who     *kit.Dropdown
	shown   int               // of who
	row     fyne.CanvasObject // of sending
	sending *kit.Dropdown
}

const (
	whoWidth     = 152
	sendingWidth = 104
)

func newAccessPanel(onWho func(int), onMay func(server.Permission)) *accessPanel {
	p := &accessPanel{}
	// Segments would show the answers without a click. But there are three, one of which ("Nobody
	// new") has to be as near as the others when somebody is to be kept out; side by side they are
	// 400 wide in English and 450 in German, where the column has 292 to 350, and their short forms
	// say too little until one has read the long ones once. The list has room for these.
	about := lang.L("Who can open it")
	p.who = kit.NewDropdown(about, []string{
		lang.L("With the code or my OK"), lang.L("Everyone on this network"), lang.L("Nobody new: only those who are in"),
	}, accessAsked, func(i int) {
		p.who.Select(p.shown) // until the server says so
		onWho(i)
	})
	p.who.Short = []string{lang.L("Code or my OK"), lang.L("Everyone here"), lang.L("Nobody new")}
	p.who.Style = kit.SmallStyle
	p.who.Select(accessAsked)
	label := lang.L("Phones may send files")
	p.sending = kit.NewDropdown(label, []string{
		lang.L("No: look and download only"), lang.L("Add: nothing is overwritten"), lang.L("Change: also rename and delete"),
	}, 0, func(i int) { onMay(permissions[i]) })
	p.sending.Short = []string{lang.L("No"), lang.L("Add"), lang.L("Change")}
	p.sending.Style = kit.SmallStyle
	p.sending.Select(0)
	p.row = newAccessRow(label, p.sending, sendingWidth)
	p.content = kit.VStack(accessGap, newAccessRow(about, p.who, whoWidth), p.row)
	return p
}

const accessGap = 4

// newAccessRow is a question and its answer.
func newAccessRow(label string, answer *kit.Dropdown, width float32) fyne.CanvasObject {
	text := kit.NewText(label, theme.SizeNameCaptionText, false)
	return kit.Border(nil, nil, nil, container.NewCenter(kit.FixedWidth(width, answer)), text)
}

// show draws a policy. Where files are only received there is nothing to choose.
func (p *accessPanel) show(policy server.Policy, receiving bool) {
	kit.SetShown(p.row, !receiving)
	p.shown = accessOf(policy)
	importance := widget.MediumImportance
	if p.shown == accessOpen {
		importance = widget.WarningImportance
	}
	if p.who.Importance != importance {
		p.who.Importance = importance
		p.who.Refresh()
	}
	p.who.Select(p.shown)
	p.sending.Select(slices.Index(permissions, policy.Allow))
}

// accessOf returns who can open a share with a policy.
func accessOf(p server.Policy) int {
	switch {
	case p.Open:
		return accessOpen
	case p.NobodyNew:
		return accessNobodyNew
	}
	return accessAsked
}

// openFor is how long everyone may come in who is let in for a while.
const openFor = 10 * time.Minute

// openQuestion asks for how long everyone on the network may come in.
func openQuestion(receiving bool) kit.Question {
	body := lang.L("Whoever is on it can then open this folder, without a code and without asking.")
	if receiving {
		body = lang.L("Whoever is on it can then send files, without a code and without asking.")
	}
	return kit.Question{
		Title: lang.L("Let in everyone on this network?"), Body: body,
		Yes: lang.L("For 10 minutes"), Also: lang.L("Until I stop"), No: lang.L("Cancel"),
	}
}
