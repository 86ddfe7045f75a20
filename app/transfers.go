package app

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// transfersShown is how many running transfers have a row.
const transfersShown = 40

// transfersPanel shows what is on its way, and quietly below it what was.
type transfersPanel struct {
	content  fyne.CanvasObject
	onCancel func(id uint64)

	rows    map[uint64]*transferRow
	order   []uint64 // of the rows on the screen
	list    *fyne.Container
	more    *widget.Label // how many transfers have no row
	history []server.Transfer
	past    []*pastRow // of history
	empty   fyne.CanvasObject
}

func newTransfersPanel(onCancel func(id uint64)) *transfersPanel {
	p := &transfersPanel{onCancel: onCancel, rows: map[uint64]*transferRow{}, list: kit.VStack(0), more: kit.Centered(kit.NewCaption(""))}
	p.empty = container.NewVBox(layout.NewSpacer(),
		kit.Centered(kit.NewCaption(lang.L("What takes longer than a moment shows here while it goes."))), layout.NewSpacer())
	p.content = container.NewStack(p.empty, container.NewVScroll(p.list))
	return p
}

// show draws the transfers of a snapshot. Rows keep their widgets, so that nothing
// flickers.
func (p *transfersPanel) show(s server.Snapshot) {
	names := namesOf(s.Devices)
	running := s.Transfers[:min(len(s.Transfers), transfersShown)]
	sameRows := slices.EqualFunc(p.order, running, func(id uint64, t server.Transfer) bool { return id == t.ID })
	samePast := len(p.history) == len(s.History) && (len(p.history) == 0 || p.history[0] == s.History[0])
	if !samePast {
		p.history = s.History
		p.showPast(names)
	}
	if !sameRows || !samePast {
		p.arrange(running)
	}
	for _, t := range running {
		p.rows[t.ID].show(t, names.ofTransfer(t))
	}
	hidden := len(s.Transfers) - len(running)
	kit.SetText(p.more, words.Count(int64(hidden), words.Phrase("and {{.Count}} more")))
	kit.SetShown(p.more, hidden > 0)
	kit.SetShown(p.empty, len(s.Transfers)+len(p.past) == 0)
}

// arrange puts the rows below each other.
func (p *transfersPanel) arrange(running []server.Transfer) {
	before, order := p.rows, p.order
	p.rows, p.order = make(map[uint64]*transferRow, len(running)), nil
	objects := make([]fyne.CanvasObject, 0, len(running)+1+len(p.past))
	for i, t := range running {
		r := before[t.ID]
		switch {
		case r == nil:
			r = newTransferRow(p.onCancel)
		case i >= len(order) || order[i] != t.ID:
			r.cancel.Moved() // so that the second click of a double click does not end this one too
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

// showPast draws the transfers that have ended.
func (p *transfersPanel) showPast(names deviceNames) {
	all := pastTransfers(p.history)
	for len(p.past) < len(all) {
		p.past = append(p.past, newPastRow())
	}
	p.past = p.past[:len(all)]
	for i, t := range all {
		kit.SetText(p.past[i].name, words.Visible(t.name))
		kit.SetText(p.past[i].detail, t.text(names))
	}
}

// transferRow is a running transfer: its name and device, how far it is, and a button
// that cancels it.
type transferRow struct {
	content            fyne.CanvasObject
	name, left, detail *widget.Label
	bar                *kit.ProgressBar
	cancel             *kit.Button
	id                 uint64
}

func newTransferRow(onCancel func(id uint64)) *transferRow {
	r := &transferRow{
		name: kit.NewText("", theme.SizeNameText, false), left: kit.Untruncated(kit.NewCaption("")), detail: kit.NewCaption(""),
		bar: kit.NewProgressBar(),
	}
	r.cancel = kit.NewIconButton("", theme.CancelIcon(), func() { onCancel(r.id) })
	r.cancel.Debounce = kit.DoubleClick
	lines := kit.VStack(-7, container.NewBorder(nil, nil, nil, r.left, r.name), kit.Padded(0, 0, 8, 8, r.bar), r.detail)
	r.content = container.NewBorder(nil, nil, nil, container.NewCenter(r.cancel), lines)
	return r
}

// show draws a transfer of the device of this name.
func (r *transferRow) show(t server.Transfer, device string) {
	r.id = t.ID
	name := words.Visible(t.Name)
	r.cancel.Name = lang.L("Cancel {{.Name}}", map[string]any{"Name": name})
	kit.SetText(r.name, name)
	kit.SetText(r.left, leftText(t))
	kit.SetText(r.detail, strings.Join(progressTexts(t, device), " · "))
	value := float32(-1)
	if t.Total >= 0 {
		value = doneFraction(t)
	}
	r.bar.Set(value)
}

// doneFraction returns how much of a transfer is done, 0 to 1.
func doneFraction(t server.Transfer) float32 {
	return float32(float64(t.Done) / float64(max(t.Total, 1)))
}

// leftText says how long a transfer will still take, "" while that is not known.
func leftText(t server.Transfer) string {
	if t.Left() <= 0 {
		return ""
	}
	return lang.L("{{.Time}} left", map[string]any{"Time": words.Clock(t.Left())})
}

func progressTexts(t server.Transfer, device string) []string {
	done := words.Bytes(t.Done)
	if t.Total >= 0 {
		done = lang.L("{{.Done}} of {{.All}}", map[string]any{"Done": done, "All": words.Bytes(t.Total)})
	}
	who := lang.L("to {{.Device}}", map[string]any{"Device": device})
	if t.Kind == server.Arrival {
		who = lang.L("from {{.Device}}", map[string]any{"Device": device})
	}
	texts := []string{who, done}
	if t.Speed > 0 {
		texts = append(texts, words.Speed(t.Speed))
	}
	return texts
}
