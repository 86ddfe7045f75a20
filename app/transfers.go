package app

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// transferRows is how many running transfers have a row; more can hardly be
// followed by anybody.
const transferRows = 40

// transferPanel shows what is on its way, and quietly below what was.
type transferPanel struct {
	content  fyne.CanvasObject
	onCancel func(id uint64)

	rows  map[uint64]*transferRow
	order []uint64 // of the rows on the screen
	list  *fyne.Container
	more  *widget.Label // how many have no row
	past  []*deedRow
	ended []server.Transfer // as drawn
	empty fyne.CanvasObject
}

// deedRow is a thing that went.
type deedRow struct {
	content      fyne.CanvasObject
	name, detail *widget.Label
}

func newDeedRow() *deedRow {
	r := &deedRow{name: kit.NewText("", "", false), detail: kit.NewCaption("")}
	r.name.SizeName, r.name.Importance = r.detail.SizeName, widget.MediumImportance
	r.content = kit.VStack(-15, r.name, r.detail)
	return r
}

func newTransferPanel(onCancel func(id uint64)) *transferPanel {
	p := &transferPanel{onCancel: onCancel, rows: map[uint64]*transferRow{}, list: kit.VStack(0), more: kit.Centered(kit.NewCaption(""))}
	p.empty = container.NewVBox(layout.NewSpacer(),
		kit.Centered(kit.NewCaption(lang.L("What takes longer than a moment shows here while it goes."))), layout.NewSpacer())
	p.content = container.NewStack(p.empty, container.NewVScroll(p.list))
	return p
}

// show draws the transfers of a snapshot. Rows keep their widgets, so that
// nothing flickers.
func (p *transferPanel) show(s server.Snapshot) {
	names := namesOf(s.Devices)
	running := s.Transfers[:min(len(s.Transfers), transferRows)]
	same := slices.EqualFunc(p.order, running, func(id uint64, t server.Transfer) bool { return id == t.ID })
	sameEnd := len(p.ended) == len(s.History) && (len(p.ended) == 0 || p.ended[0] == s.History[0])
	if !sameEnd {
		p.ended = s.History
		p.showPast(names)
	}
	if !same || !sameEnd {
		p.arrange(running)
	}
	for _, t := range running {
		p.rows[t.ID].show(t, names(t))
	}
	hidden := len(s.Transfers) - len(running)
	kit.SetText(p.more, words.Count(int64(hidden), words.Phrase("and {{.Count}} more")))
	kit.SetShown(p.more, hidden > 0)
	kit.SetShown(p.empty, len(s.Transfers)+len(p.past) == 0)
}

// arrange puts the rows one below the other.
func (p *transferPanel) arrange(running []server.Transfer) {
	before, order := p.rows, p.order
	p.rows, p.order = make(map[uint64]*transferRow, len(running)), nil
	objects := make([]fyne.CanvasObject, 0, len(running)+1+len(p.past))
	for i, t := range running {
		r := before[t.ID]
		switch {
		case r == nil:
			r = newTransferRow(p.onCancel)
		case i >= len(order) || order[i] != t.ID:
			r.moved()
		}
		p.rows[t.ID], p.order = r, append(p.order, t.ID)
		objects = append(objects, r.content)
	}
	objects = append(objects, p.more)
	for _, r := range p.past {
		objects = append(objects, r.content)
	}
	p.list.Objects = objects
	p.list.Refresh()
}

// showPast draws what was.
func (p *transferPanel) showPast(names func(server.Transfer) string) {
	all := deeds(p.ended)
	for len(p.past) < len(all) {
		p.past = append(p.past, newDeedRow())
	}
	p.past = p.past[:len(all)]
	for i, d := range all {
		kit.SetText(p.past[i].name, words.Visible(d.key.name))
		kit.SetText(p.past[i].detail, d.text(names))
	}
}

// namesOf returns a function that tells what the device of a transfer is
// called.
func namesOf(devices []server.Device) func(server.Transfer) string {
	names := make(map[deviceKey]string, len(devices))
	for _, d := range devices {
		name, _, _ := strings.Cut(words.Visible(d.Name), " · ") // its browser says little here
		names[keyOf(d.ID, d.Addr)] = name
	}
	return func(t server.Transfer) string {
		if name, ok := names[keyOf(t.Device, t.Addr)]; ok {
			return name
		}
		if t.Addr.IsLoopback() {
			return lang.L("this computer")
		}
		return t.Addr.String()
	}
}
