package app

import (
	"path"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/server"
)

const timeOfArrival = "15:04"

// deviceCard is one device: who it is, below that what it takes, and beside it
// what can be done about it.
type deviceCard struct {
	content       fyne.CanvasObject
	icon          *widget.Icon
	name, caption *widget.Label
	sums          *widget.Label // how much it got
	lines         [transfersShown]*transferLine
	more          *widget.Label // how many transfers have no line
	shown         int           // lines below the caption
	acts          *deviceActs
}

func newDeviceCard(acts *deviceActs) *deviceCard {
	c := &deviceCard{
		icon: widget.NewIcon(accented(iconLaptop)), acts: acts,
		name: newStrong(""), caption: newCaption(""), sums: newCaption(""), more: newCaption(""),
	}
	texts := stack(-12, container.NewBorder(nil, nil, nil, acts.content, c.name), c.caption, c.sums)
	for i := range c.lines {
		c.lines[i] = newTransferLine()
		texts.Add(c.lines[i].content)
	}
	texts.Add(c.more)
	tile := newCard(colorTint, "", radiusInner, 8, container.NewGridWrap(fyne.NewSquareSize(20), c.icon))
	side := container.NewVBox(gap(4), tile)
	c.content = newCard(colorInset, theme.ColorNameSeparator, radiusInner, 0,
		padded(1, 1, 8, 6, container.NewBorder(nil, nil, side, nil, texts)))
	return c
}

// show draws the device, and says whether the card's height has changed. One
// that is out is drawn quietly.
func (c *deviceCard) show(d server.Device, taking []server.Transfer) (resized bool) {
	if icon := deviceIcon(d); c.icon.Resource.Name() != icon.Name() {
		c.icon.SetResource(icon)
	}
	name, importance := visible(d.Name), widget.MediumImportance
	if d.Status != server.In {
		importance = widget.LowImportance
	}
	if c.name.Text != name || c.name.Importance != importance {
		c.name.Text, c.name.Importance = name, importance
		c.name.Refresh()
	}
	setText(c.caption, d.Addr.String()+" · "+standing(d))
	setText(c.sums, sumsText(d))
	setShown(c.sums, d.Status == server.In)
	c.acts.show(d)
	c.showTransfers(taking)

	before := c.shown
	if c.shown = min(len(taking), transfersShown+1); c.sums.Visible() {
		c.shown++
	}
	return c.shown != before
}

func (c *deviceCard) showTransfers(taking []server.Transfer) {
	for i, l := range c.lines {
		if i < len(taking) {
			l.show(taking[i])
		}
		setShown(l.content, i < len(taking))
	}
	hidden := len(taking) - len(c.lines)
	if hidden > 0 {
		setText(c.more, countText(int64(hidden), phrase("and {{.Count}} more")))
	}
	setShown(c.more, hidden > 0)
}

// standing says in few words how a device came in, or why it is out, and when
// that was.
func standing(d server.Device) string {
	at := map[string]any{"Time": d.Since.Local().Format(timeOfArrival)}
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

// sumsText says how much a device got, and what it wanted last, and when.
func sumsText(d server.Device) string {
	if d.Requests == 0 {
		return lang.L("nothing yet")
	}
	return strings.Join([]string{
		countText(d.Requests, phrase("{{.Count}} requests")), bytesText(d.Bytes), lastText(d),
	}, " · ")
}

// lastText names the file or folder that a device wanted last, and when.
func lastText(d server.Device) string {
	target, _, _ := strings.Cut(d.Target, "?")
	name := path.Base(readableTarget(target))
	at := d.Last.Local().Format(timeOfArrival)
	if name == "/" || name == "." {
		return lang.L("last at {{.Time}}", map[string]any{"Time": at})
	}
	return lang.L("last {{.Name}} at {{.Time}}", map[string]any{"Name": name, "Time": at})
}

// deviceIcon is a picture of a device.
func deviceIcon(d server.Device) fyne.Resource {
	if d.Mobile {
		return accented(iconPhone)
	}
	return accented(iconLaptop)
}
