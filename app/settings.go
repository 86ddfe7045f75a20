package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/server"
)

// settingsPage is the window's second level, and there is no third. It holds
// what is rare.
type settingsPage struct {
	content fyne.CanvasObject
	back    *button
	rights  *rightsChoice
	hidden  *widget.Check
	index   *widget.Check // shows a folder with an index.html as a web site
	network *networkChoice
	later   *widget.Label // says when a change counts
}

// newSettingsPage puts the groups of settings below each other; more are those
// that see to themselves.
func newSettingsPage(version string, onBack func(), onHidden func(bool), onRights func(server.Permission), onPlace func(func(*server.Where)),
	onIndex func(bool), onLicences func(), more ...fyne.CanvasObject) *settingsPage {
	p := &settingsPage{
		rights:  newRightsChoice(onRights),
		network: newNetworkChoice(onPlace),
		back:    newButton(lang.L("Back"), iconBack, widget.LowImportance, onBack),
		hidden:  widget.NewCheck(lang.L("Also share hidden files"), onHidden),
		index:   widget.NewCheck(lang.L("Show a folder with an index.html as a web site"), onIndex),
		later:   newProse(lang.L("It counts from the next share on.")),
	}
	p.back.onEscape = onBack
	p.later.Importance = widget.LowImportance
	hint := newProse(lang.L("Their names begin with a dot, and many hold settings, passwords or keys. Without this switch nobody can see or open them."))
	hint.Importance = widget.LowImportance
	sharing := container.New(falling{-6}, newTitle(lang.L("Folder")), padded(0, 0, 4, 0, p.hidden), hint,
		padded(0, 0, 4, 0, p.index), hinted(lang.L("Without this switch it is listed like all folders.")), p.later)

	about := container.New(falling{-6}, newTitle(lang.L("About")),
		newProse(lang.L("Windowsill {{.Version}} shares a folder on your network, for as long as you like. It is free software under the MIT licence.", map[string]any{"Version": version})),
		container.NewHBox(padded(4, 0, 8, 0, newButton(lang.L("Licences of what it is built from"), nil, widget.MediumImportance, onLicences))))
	keys := container.New(falling{-6}, newTitle(lang.L("Keys")), newKeyTable())

	page := container.New(falling{12}, newPanel(12, p.rights.content), newPanel(12, sharing), newPanel(12, p.network.content))
	for _, m := range append(more, keys, about) {
		page.Add(newPanel(12, m))
	}
	top := container.NewHBox(p.back)
	p.content = container.NewBorder(padded(0, 8, 0, 0, top), nil, nil, nil, container.NewVScroll(container.New(narrow{620}, page)))
	return p
}

// show draws the switches. Later says that a share is running with another
// setting.
func (p *settingsPage) show(hidden, listing, later bool) {
	setChecked(p.hidden, hidden)
	setChecked(p.index, !listing)
	setShown(p.later, later)
}

func newKeyTable() fyne.CanvasObject {
	table := tight()
	for _, k := range windowKeys {
		what := newText(lang.L(k.what), theme.SizeNameText, false)
		table.Add(container.NewBorder(nil, nil, container.New(wide{140}, newText(k.String(), theme.SizeNameText, true)), nil, what))
	}
	return table
}

// narrow keeps its child in the middle and no wider than is easy to read.
type narrow struct{ width float32 }

func (l narrow) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l narrow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	width := min(s.Width, l.width)
	o[0].Resize(fyne.NewSize(width, s.Height))
	o[0].Move(fyne.NewPos((s.Width-width)/2, 0))
}
