package app

import (
	"path"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// pagePanel shows the latest index.html that visitors added, until the person makes it
// the page of its folder or leaves it as it is. Then comes the one before.
type pagePanel struct {
	content    fyne.CanvasObject
	title      *widget.Label
	use, leave *kit.Button
	onUse      func(folder string)

	last server.Snapshot
	done map[server.Page]bool // that are to stay as they are
}

func newPagePanel(onUse func(folder string)) *pagePanel {
	p := &pagePanel{
		title: kit.NewStrong(""),
		use:   kit.NewButton(lang.L("Use as page"), nil, widget.MediumImportance, nil),
		leave: kit.NewButton(lang.L("Leave it"), nil, widget.LowImportance, nil),
		onUse: onUse, done: map[server.Page]bool{},
	}
	texts := kit.VStack(-12, p.title, kit.NewCaption(lang.L("Listed like any file until you say so.")))
	buttons := container.NewCenter(kit.Padded(0, 0, 0, 6, container.NewHBox(p.leave, p.use)))
	p.content = kit.NewCard(kit.ColorInset, "", kit.RadiusInner, 2, container.NewBorder(nil, nil, nil, buttons, texts))
	p.content.Hide()
	return p
}

// show draws a page of a snapshot. Where folders are listed anyway, there is nothing
// to decide.
func (p *pagePanel) show(s server.Snapshot) {
	p.last = s
	open := slices.DeleteFunc(slices.Clone(s.Pages), func(one server.Page) bool { return p.done[one] })
	shown := len(open) > 0 && !s.Share.Listing
	if shown {
		one := open[len(open)-1]
		kit.SetText(p.title, addedText(one, namesOf(s.Devices)))
		p.use.OnTapped = func() { p.onUse(one.Folder) }
		p.leave.OnTapped = func() {
			p.done[one] = true
			p.show(p.last)
		}
	}
	kit.SetShown(p.content, shown)
}

// addedText says which page it is and, if that is known, who sent it.
func addedText(one server.Page, names deviceNames) string {
	name := words.Visible(path.Join(one.Folder, "index.html"))
	if !one.Addr.IsValid() {
		return lang.L("Visitors added {{.Name}}", map[string]any{"Name": name})
	}
	return lang.L("{{.Device}} added {{.Name}}", map[string]any{"Device": names.of(keyOf(one.Device, one.Addr)), "Name": name})
}

// acceptPage makes what visitors added the page of its folder.
func (o *owner) acceptPage(folder string) {
	o.control.tryThen(func() error { return o.control.engine.AcceptPage(folder) }, func(err error) {
		if err != nil {
			o.control.report(errNotAccepted)
		}
	})
}
