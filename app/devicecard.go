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

// deviceCard is one device: who it is, below that what it takes at present or
// did, and beside it what can be done about it.
type deviceCard struct {
	content       fyne.CanvasObject
	icon          *widget.Icon
	name, caption *widget.Label
	head          *kit.LabelPair // of these two
	sums          *widget.Label  // what it takes, or did
	acts          *deviceActs
}

func newDeviceCard(acts *deviceActs) *deviceCard {
	c := &deviceCard{
		icon: widget.NewIcon(kit.Accented(kit.IconLaptop)), acts: acts,
		name: kit.NewStrong(""), caption: kit.NewCaption(""), sums: kit.NewCaption(""),
	}
	c.head = kit.NewLabelPair(c.name, c.caption)
	texts := kit.VStack(-12, container.NewBorder(nil, nil, nil, acts.content, c.head.Content), c.sums)
	tile := kit.NewCard(kit.ColorTint, "", kit.RadiusInner, 8, container.NewGridWrap(fyne.NewSquareSize(20), c.icon))
	side := container.NewVBox(kit.Gap(4), tile)
	c.content = kit.NewCard(kit.ColorInset, theme.ColorNameSeparator, kit.RadiusInner, 0,
		kit.Padded(1, 1, 8, 6, container.NewBorder(nil, nil, side, nil, texts)))
	return c
}

// show draws the device, and says whether the card's height has changed. One
// that is out is drawn quietly.
func (c *deviceCard) show(d server.Device, taking []server.Transfer) (resized bool) {
	if icon := deviceIcon(d); c.icon.Resource.Name() != icon.Name() {
		c.icon.SetResource(icon)
	}
	resized = c.showHead(d)
	if len(taking) > 0 {
		kit.SetText(c.sums, nowText(taking))
	} else {
		kit.SetText(c.sums, sumsText(d))
	}
	resized = resized || c.sums.Visible() != (d.Status == server.In)
	kit.SetShown(c.sums, d.Status == server.In)
	c.acts.show(d)
	return resized
}

// showHead draws who the device is, and says whether the height has changed.
func (c *deviceCard) showHead(d server.Device) (resized bool) {
	name, importance := words.Visible(d.Name), widget.MediumImportance
	if d.Status != server.In {
		importance = widget.LowImportance
	}
	caption := d.Addr.String() + " · " + standing(d)
	if c.name.Text == name && c.name.Importance == importance && c.caption.Text == caption {
		return false
	}
	return c.head.Change(func() {
		c.name.Text, c.name.Importance, c.caption.Text = name, importance, caption
	})
}

// nowText says what a device takes or sends at this moment.
func nowText(taking []server.Transfer) string {
	t := taking[0]
	texts := []string{words.Visible(t.Name)}
	if t.Total >= 0 {
		texts = append(texts, fmt.Sprintf("%d %%", int(100*shareOf(t))))
	}
	if more := len(taking) - 1; more > 0 {
		texts = append(texts, words.Count(int64(more), words.Phrase("and {{.Count}} more")))
	}
	return strings.Join(texts, " · ")
}

// standing says in few words how a device came in, or why it is out, and when
// that was.
func standing(d server.Device) string {
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

// sumsText says what a device did so far, what it wanted last, and when.
func sumsText(d server.Device) string {
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

// deviceIcon is a picture of a device.
func deviceIcon(d server.Device) fyne.Resource {
	if d.Mobile {
		return kit.Accented(kit.IconPhone)
	}
	return kit.Accented(kit.IconLaptop)
}
