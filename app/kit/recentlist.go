package kit

import (
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/words"
)

const (
	recentRowHeight = 32
	recentRowsMin   = 2 // that can be seen however low the window is
)

// RecentList lists what was used before, each one click away: a file, a folder, or several
// together. It scrolls where the window is too low for all of them.
type RecentList struct {
	widget.BaseWidget
	onChosen func(i int)
	sets     [][]string
	rows     *fyne.Container
}

// NewRecentList returns an empty list, which is hidden.
func NewRecentList() *RecentList {
	l := &RecentList{rows: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	l.ExtendBaseWidget(l)
	l.Hide()
	return l
}

// Set changes the list, and what is done with the set that is chosen. Each has at least
// one path. Without any the list is hidden.
func (l *RecentList) Set(sets [][]string, onChosen func(i int)) {
	l.onChosen = onChosen
	if slices.EqualFunc(l.sets, sets, slices.Equal[[]string]) {
		return
	}
	l.sets = sets
	l.rows.RemoveAll()
	for i, paths := range sets {
		l.rows.Add(newRecentRow(paths, func() { l.onChosen(i) }))
	}
	SetShown(l, len(sets) > 0)
	l.Refresh()
}

// MinSize has room for the first rows.
func (l *RecentList) MinSize() fyne.Size {
	rows := min(len(l.sets), recentRowsMin)
	return fyne.NewSize(100, float32(rows)*recentRowHeight+2)
}

// PreferredHeight returns the height that shows all rows.
func (l *RecentList) PreferredHeight() float32 { return float32(len(l.sets))*recentRowHeight + 2 }

// CreateRenderer is called by Fyne.
func (l *RecentList) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewVScroll(l.rows))
}

// recentRow is one of them: its name, and quietly where it is.
type recentRow struct {
	widget.BaseWidget
	paths          []string
	onTapped       func()
	back           *canvas.Rectangle
	name, place    *widget.Label
	hover, focused bool
}

func newRecentRow(paths []string, tapped func()) *recentRow {
	name := words.Visible(filepath.Base(paths[0]))
	if more := len(paths) - 1; more > 0 {
		name += " + " + words.Number(int64(more))
	}
	r := &recentRow{
		paths: paths, onTapped: tapped,
		back:  &canvas.Rectangle{CornerRadius: 8},
		name:  NewText(name, theme.SizeNameText, false),
		place: NewCaption(words.Visible(words.ShortPath(filepath.Dir(paths[0])))),
	}
	r.place.Alignment = fyne.TextAlignTrailing
	r.ExtendBaseWidget(r)
	r.paint()
	return r
}

func (r *recentRow) paint() {
	switch {
	case r.focused:
		r.back.FillColor = theme.Color(theme.ColorNameFocus)
	case r.hover:
		r.back.FillColor = theme.Color(theme.ColorNameHover)
	default:
		r.back.FillColor = nil
	}
}

func (r *recentRow) show(hover, focused bool) {
	r.hover, r.focused = hover, focused
	r.Refresh()
}

// Refresh draws the row in the colours of the present theme.
func (r *recentRow) Refresh() {
	r.paint()
	r.BaseWidget.Refresh()
}

// Tapped chooses it.
func (r *recentRow) Tapped(*fyne.PointEvent) { r.onTapped() }

// MouseIn is called by Fyne.
func (r *recentRow) MouseIn(*desktop.MouseEvent) { r.show(true, r.focused) }

// MouseMoved is called by Fyne.
func (r *recentRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (r *recentRow) MouseOut() { r.show(false, r.focused) }

// FocusGained is called by Fyne.
func (r *recentRow) FocusGained() { r.show(r.hover, true) }

// FocusLost is called by Fyne.
func (r *recentRow) FocusLost() { r.show(r.hover, false) }

// TypedRune is called by Fyne.
func (r *recentRow) TypedRune(rune) {}

// TypedKey chooses it by Space and Return.
func (r *recentRow) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		r.onTapped()
	}
}

// AccessibilityLabel returns the first path, and how many more there are.
func (r *recentRow) AccessibilityLabel() string {
	name := words.Visible(r.paths[0])
	if more := len(r.paths) - 1; more > 0 {
		name += " + " + words.Number(int64(more))
	}
	return lang.L("Shared before: {{.Name}}", map[string]any{"Name": name})
}

// AccessibilityRole is that of a button.
func (r *recentRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is called by Fyne.
func (r *recentRow) CreateRenderer() fyne.WidgetRenderer {
	icon := CenteredIcon(Muted(theme.HistoryIcon()), 18)
	texts := container.New(recentLayout{}, icon, r.name, r.place)
	return widget.NewSimpleRenderer(container.NewStack(r.back, texts))
}

// recentLayout gives the name the room that it needs, and the rest to the place.
type recentLayout struct{}

func (recentLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(80, recentRowHeight)
}

func (recentLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const icon = 30
	name := o[1].(*widget.Label)
	room := s.Width - icon
	width := fyne.MeasureText(name.Text, theme.Size(theme.SizeNameText), name.TextStyle).Width + 3*theme.InnerPadding()
	width = min(width, room)
	o[0].Resize(fyne.NewSize(icon, s.Height))
	o[1].Move(fyne.NewPos(icon-4, (s.Height-o[1].MinSize().Height)/2))
	o[1].Resize(fyne.NewSize(width, o[1].MinSize().Height))
	rest := room - width
	SetShown(o[2], rest > 60)
	o[2].Move(fyne.NewPos(icon+width, (s.Height-o[2].MinSize().Height)/2))
	o[2].Resize(fyne.NewSize(max(rest, 0), o[2].MinSize().Height))
}
