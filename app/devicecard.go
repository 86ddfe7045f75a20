package app

import (
	"fmt"
	"path"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// deviceCard is one device: who it is, below that what it takes or has taken, and
// beside it what can be done with it.
type deviceCard struct {
	content       fyne.CanvasObject
	icon          *widget.Icon
	name, caption *widget.Label
	head          *kit.LabelPair // of these two
	activity      *widget.Label  // what the device takes, or has taken
	actions       *deviceActions
}

func newDeviceCard(actions *deviceActions) *deviceCard {
	c := &deviceCard{
		icon: widget.NewIcon(kit.Accented(kit.IconLaptop)), actions: actions,
		name: kit.NewStrong(""), caption: kit.NewCaption(""), activity: kit.NewCaption(""),
	}
	c.head = kit.NewLabelPair(c.name, c.caption)
	texts := kit.VStack(-12, container.NewBorder(nil, nil, nil, actions.content, c.head.Content), c.activity)
	tile := kit.NewCard(kit.ColorTint, "", kit.RadiusInner, 8, container.NewGridWrap(fyne.NewSquareSize(20), c.icon))
	side := container.NewVBox(kit.Gap(4), tile)
	c.content = kit.NewCard(kit.ColorInset, theme.ColorNameSeparator, kit.RadiusInner, 0,
		kit.Padded(1, 1, 8, 6, container.NewBorder(nil, nil, side, nil, texts)))
	return c
}

// show draws the device, and reports whether the height of the card is another one. A
// device that is out is drawn quietly.
func (c *deviceCard) show(d server.Device, taking []server.Transfer) (resized bool) {
	if icon := deviceIcon(d); c.icon.Resource.Name() != icon.Name() {
		c.icon.SetResource(icon)
	}
	resized = c.showHead(d)
	if len(taking) > 0 {
		kit.SetText(c.activity, takingText(taking))
	} else {
		kit.SetText(c.activity, takenText(d))
	}
	resized = resized || c.activity.Visible() != (d.Status == server.In)
	kit.SetShown(c.activity, d.Status == server.In)
	c.actions.show(d)
	return resized
}

// showHead draws who the device is, and reports whether the height is another one.
func (c *deviceCard) showHead(d server.Device) (resized bool) {
	name, importance := words.Visible(d.Name), widget.MediumImportance
	if d.Status != server.In {
		importance = widget.LowImportance
	}
	caption := d.Addr.String() + " · " + statusText(d)
	if c.name.Text == name && c.name.Importance == importance && c.caption.Text == caption {
		return false
	}
	return c.head.Change(func() {
		c.name.Text, c.name.Importance, c.caption.Text = name, importance, caption
	})
}

// takingText says what a device takes or sends at the moment.
func takingText(taking []server.Transfer) string {
	t := taking[0]
	texts := []string{words.Visible(t.Name)}
	if t.Total >= 0 {
		texts = append(texts, percent(t))
	}
	if more := len(taking) - 1; more > 0 {
		texts = append(texts, words.Count(int64(more), words.Phrase("and {{.Count}} more")))
	}
	return strings.Join(texts, " · ")
}

// percent says how much of a transfer is done.
func percent(t server.Transfer) string { return fmt.Sprintf("%d %%", int(100*doneFraction(t))) }

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

// takenText says what a device has done so far, what it wanted last, and when.
func takenText(d server.Device) string {
	if d.Requests == 0 {
		return lang.L("nothing yet")
	}
	var texts []string
	if d.Folders > 0 {
		texts = append(texts, words.Count(int64(d.Folders), words.Phrase("{{.Count}} folders opened")))
	}
	if d.Files > 0 {
		texts = append(texts, words.Count(int64(d.Files), words.Phrase("{{.Count}} files taken")))
	}
	if d.Brought > 0 {
		texts = append(texts, words.Count(int64(d.Brought), words.Phrase("{{.Count}} files sent")))
	}
	texts = append(texts, words.Bytes(d.Bytes))
	if d.Received > 0 {
		texts = append(texts, lang.L("{{.Size}} received", map[string]any{"Size": words.Bytes(d.Received)}))
	}
	return strings.Join(append(texts, lastText(d)), " · ")
}

// lastText names the file or folder that a device wanted last, and when.
func lastText(d server.Device) string {
	target, _, _ := strings.Cut(d.Target, "?")
	name := path.Base(words.Target(target))
	at := words.TimeOfDay(d.Last)
	if name == "/" || name == "." {
		return lang.L("last at {{.Time}}", map[string]any{"Time": at})
	}
	return lang.L("last {{.Name}} at {{.Time}}", map[string]any{"Name": name, "Time": at})
}

func deviceIcon(d server.Device) fyne.Resource {
	if d.Mobile {
		return kit.Accented(kit.IconPhone)
	}
	return kit.Accented(kit.IconLaptop)
}

// deviceActions is what can be done with a device: a menu if it is in, and a button that
// lets it in if it is out. With a device that is known only by its address nothing can
// be done.
type deviceActions struct {
	content  fyne.CanvasObject
	onDecide func(uint64, server.Answer)
	onRename func(server.Device)

	device server.Device
	menu   *kit.Button
	letIn  *kit.Button
}

func newDeviceActions(onDecide func(uint64, server.Answer), onRename func(server.Device)) *deviceActions {
	a := &deviceActions{onDecide: onDecide, onRename: onRename}
	a.menu = kit.NewIconButton("", theme.MoreVerticalIcon(), a.openMenu)
	a.letIn = kit.NewButton(lang.L("Let in"), nil, widget.LowImportance, func() { a.onDecide(a.device.ID, server.LetIn) })
	a.content = container.NewStack(a.menu, a.letIn)
	return a
}

func (a *deviceActions) show(d server.Device) {
	a.device = d
	name, in := words.Visible(d.Name), d.Status == server.In
	a.menu.Name = lang.L("What to do with {{.Name}}", map[string]any{"Name": name})
	a.letIn.Name = lang.L("Let in {{.Name}}", map[string]any{"Name": name})
	kit.SetShown(a.menu, in && d.ID != 0)
	kit.SetShown(a.letIn, !in)
}

func (a *deviceActions) openMenu() {
	driver, d := fyne.CurrentApp().Driver(), a.device
	canvas := driver.CanvasForObject(a.menu)
	if canvas == nil {
		return
	}
	menu := fyne.NewMenu("",
		fyne.NewMenuItem(lang.L("Rename…"), func() { a.onRename(d) }),
		fyne.NewMenuItem(lang.L("Send away"), func() { a.onDecide(d.ID, server.SendAway) }),
		fyne.NewMenuItem(lang.L("Block"), func() { a.onDecide(d.ID, server.Block) }),
	)
	at := driver.AbsolutePositionForObject(a.menu).AddXY(0, a.menu.Size().Height)
	widget.ShowPopUpMenuAtPosition(menu, canvas, at)
}
