package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// deviceCard is one device: who it is, what it is doing and what it did. A click on it
// shows what can be done with it. (That it can be clicked is to be seen only under the
// pointer: fingers try a row of a list anyway, and a sign on every card would be one more
// thing to look at for each device.)
type deviceCard struct {
	content *kit.Clickable
	inside  *fyne.Container
	actions *deviceActions

	icon   *widget.Icon
	name   *widget.Label
	status *widget.Label // why the device is out
	work   *workLine
	deeds  [deedsMax]*deedLine
}

// deviceState is what a card shows of its device.
type deviceState struct {
	server.Device
	name    string            // for the owner
	running []server.Transfer // of the device
	deeds   []deed
}

func newDeviceCard(do deviceCommands) *deviceCard {
	c := &deviceCard{
		icon: widget.NewIcon(kit.Accented(kit.IconLaptop)), name: kit.NewStrong(""), status: kit.NewCaption(""),
		work: newWorkLine(),
	}
	c.actions = newDeviceActions(do, func() { do.cancel(c.work.ids) })
	below := kit.Lines(c.work.text)
	for i := range c.deeds {
		c.deeds[i] = newDeedLine(do.openFolder)
		below.Add(c.deeds[i].content)
	}
	tile := kit.NewCard(kit.ColorTint, "", kit.RadiusInner, 7, container.NewGridWrap(fyne.NewSquareSize(20), c.icon))
	// The Tab key meets the button in the corner before those in the lines below.
	lines := kit.Cornered(kit.Lines(c.name, c.status, c.work.bar), c.actions.content, below)
	c.inside = kit.Padded(8, 8, 6, 4, kit.Border(nil, nil, container.NewVBox(tile), nil, lines))
	c.content = kit.NewClickable(c.inside, theme.MoreVerticalIcon(), c.actions.openMenu)
	c.content.OnActive = c.actions.cancel.Reveal
	return c
}

// show draws the device, and reports whether the card has another height. A device that
// is out is drawn quietly.
func (c *deviceCard) show(d deviceState, w work) (resized bool) {
	if icon := deviceIcon(d.Device); c.icon.Resource.Name() != icon.Name() {
		c.icon.SetResource(icon)
	}
	in, importance := d.Status == server.In, widget.MediumImportance
	if !in {
		importance = widget.LowImportance
	}
	kit.SetTextAndImportance(c.name, d.name, importance)
	kit.SetText(c.status, statusText(d.Device))
	kit.SetShown(c.status, !in)
	c.work.show(d.running, w)
	for i, l := range c.deeds {
		kit.SetShown(l.content, i < len(d.deeds) && (in || d.deeds[i].undo != nil))
		if i < len(d.deeds) {
			l.show(d.deeds[i])
		}
	}
	c.content.Name = lang.L("Options for {{.Name}}", map[string]any{"Name": d.name})
	c.content.NoSign = !in || len(d.running) > 0
	c.actions.show(d)
	return c.inside.MinSize().Height != c.inside.Size().Height
}

// workLine is what a device is doing: how far it is, all its transfers together.
type workLine struct {
	bar  *kit.ProgressBar
	text *widget.Label
	ids  []uint64 // of the transfers
}

func newWorkLine() *workLine {
	return &workLine{bar: kit.NewProgressBar(), text: kit.NewCaption("")}
}

func (l *workLine) show(running []server.Transfer, w work) {
	l.ids = l.ids[:0]
	for _, t := range running {
		l.ids = append(l.ids, t.ID)
	}
	text := w.text
	if width := l.text.Size().Width; width > 0 && kit.TextWidth(l.text, text) > width {
		text = w.short
	}
	kit.SetText(l.text, text)
	l.bar.Set(w.progress)
	kit.SetShown(l.bar, len(running) > 0)
	kit.SetShown(l.text, len(running) > 0)
}

func deviceIcon(d server.Device) fyne.Resource {
	if d.Mobile {
		return kit.Accented(kit.IconPhone)
	}
	return kit.Accented(kit.IconLaptop)
}

// statusText says in few words how a device came in, or why it is out, and when that
// was.
func statusText(d server.Device) string {
	at := map[string]any{"Time": words.TimeOfDay(d.Since)}
	switch {
	case d.Status == server.Away:
		return lang.L("sent away at {{.Time}}", at)
	case d.Status == server.Refused:
		return lang.L("refused at {{.Time}}", at)
	case d.Status == server.Blocked:
		return lang.L("blocked at {{.Time}}", at)
	case d.ID == 0:
		return lang.L("since {{.Time}}", at)
	case d.Way == server.ByKey:
		return lang.L("by code at {{.Time}}", at)
	case d.Way == server.ByPIN:
		return lang.L("by PIN at {{.Time}}", at)
	}
	return lang.L("let in at {{.Time}}", at)
}
