package requests

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
)

// toolbar is the line above the list: its title or the filter, the pause while it is in
// use, and a menu with all that can be done.
type toolbar struct {
	area    fyne.CanvasObject // the content, which shows the menu's button under the pointer
	content *fyne.Container   // nothing else lays it out again
	win     fyne.Window
	title   *widget.Label
	filter  *kit.Entry
}

// newToolbar returns a toolbar with these menu items. onFilter hears what lines must
// contain.
func newToolbar(win fyne.Window, pause fyne.CanvasObject, menu func() []*fyne.MenuItem, onFilter func(text string)) *toolbar {
	b := &toolbar{win: win, title: kit.Untruncated(kit.NewStrong(lang.L("Requests"))), filter: kit.NewEntry(lang.L("Text, 404, 4xx, device"))}
	b.filter.Icon = theme.SearchIcon()
	b.filter.OnChanged, b.filter.OnEscape = onFilter, b.showAll
	b.filter.ActionItem = kit.NewIconButton(lang.L("Show all"), theme.ContentClearIcon(), b.showAll)
	b.filter.Hide()
	more := kit.NewMenuButton(lang.L("Options for the requests"), theme.MoreVerticalIcon(), menu)
	more.Shy = true
	b.content = kit.Border(nil, nil, b.title, container.NewHBox(pause, more), b.filter)
	b.area = kit.NewHoverArea(b.content, more)
	return b
}

// showFilter puts the filter in the place of the title.
func (b *toolbar) showFilter() {
	b.title.Hide()
	b.filter.Show()
	b.content.Refresh()
}

// typeFilter lets the person type what lines must contain.
func (b *toolbar) typeFilter() {
	b.showFilter()
	b.win.Canvas().Focus(b.filter)
}

// filterBy filters the lines, and shows by what.
func (b *toolbar) filterBy(text string) {
	b.showFilter()
	b.filter.SetText(text)
}

// showAll puts the filter away.
func (b *toolbar) showAll() {
	b.filter.SetText("")
	b.filter.Hide()
	b.title.Show()
	b.content.Refresh()
	b.win.Canvas().Unfocus()
}

// focusRing is drawn around the list while it has the focus.
type focusRing struct{ *canvas.Rectangle }

func newFocusRing() focusRing {
	r := focusRing{&canvas.Rectangle{FillColor: color.Transparent, StrokeWidth: 2, CornerRadius: kit.RadiusInner}}
	r.Hide()
	return r
}

func (r focusRing) show(focused bool) {
	r.StrokeColor = theme.Color(theme.ColorNameFocus)
	kit.SetShown(r.Rectangle, focused)
}
