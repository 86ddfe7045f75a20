package app

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

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
	content fyne.CanvasObject
	caption fyne.CanvasObject
	who     *kit.Segments
	row     fyne.CanvasObject // of sending
	sending *kit.Dropdown
}

func newAccessPanel(onWho func(int), onMay func(server.Permission)) *accessPanel {
	about := lang.L("Who can open it")
	p := &accessPanel{caption: kit.Lines(kit.NewCaption(about))}
	p.who = kit.NewSegments(about, []string{lang.L("Code or my OK"), lang.L("Everyone here"), lang.L("Nobody new")}, accessOpen, onWho)
	label := lang.L("Phones may send files")
	p.sending = kit.NewDropdown(label, []string{
		lang.L("No: look and download only"), lang.L("Add: nothing is overwritten"), lang.L("Change: also rename and delete"),
	}, 0, func(i int) { onMay(permissions[i]) })
	p.sending.Short = []string{lang.L("No"), lang.L("Add"), lang.L("Change")}
	p.sending.Style = kit.SmallStyle
	p.sending.Select(0)
	text := kit.NewText(label, "", false)
	text.SizeName = kit.NewCaption("").SizeName
	p.row = container.NewBorder(nil, nil, nil, container.NewCenter(kit.FixedWidth(104, p.sending)), text)
	p.content = container.New(accessLayout{}, p.caption, p.who, p.row)
	return p
}

// show draws a policy. Where files are only received there is nothing to choose.
func (p *accessPanel) show(policy server.Policy, receiving bool) {
	kit.SetShown(p.row, !receiving)
	p.who.Select(accessOf(policy))
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

// accessLayout puts a caption, a choice and a row below each other. The caption goes
// where there is no room for it.
type accessLayout struct{}

const accessGap = 4

func (accessLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(o[1].MinSize().Width, o[2].MinSize().Width), o[1].MinSize().Height+o[2].MinSize().Height+accessGap)
}

func (l accessLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	caption, y := o[0].MinSize().Height, float32(0)
	if s.Height >= l.MinSize(o).Height+caption {
		y = caption
	}
	kit.SetShown(o[0], y > 0)
	o[0].Resize(fyne.NewSize(s.Width, caption))
	for _, c := range o[1:] {
		c.Move(fyne.NewPos(0, y))
		c.Resize(fyne.NewSize(s.Width, c.MinSize().Height))
		y += c.MinSize().Height + accessGap
	}
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
