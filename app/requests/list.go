package requests

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
)

// list draws the lines that can be seen, with rows that it reuses. It stays at the
// newest line until somebody scrolls up. Then it keeps still, whatever enters or
// leaves the log. (A widget.List does not tell when it is scrolled, and knows lines
// by their index, which in a full log changes all the time.)
type list struct {
	widget.BaseWidget
	lines    *lines
	scroll   viewport
	rows     rowPool // line i is drawn by rows[i%len(rows)]
	cols     *columns
	follow   bool // stays at the newest line
	selected lineID

	onFollow func() // follow has changed
	onFocus  func(focused bool)
	onMenu   func(line, fyne.Position)
}

func newList(lines *lines, onFollow func(), onFocus func(bool), onMenu func(line, fyne.Position)) *list {
	l := &list{lines: lines, follow: true, onFollow: onFollow, onFocus: onFocus, onMenu: onMenu}
	l.ExtendBaseWidget(l)
	l.scroll = viewport{container.NewVScroll(l)}
	l.scroll.OnScrolled = func(fyne.Position) { l.scrolled() }
	return l
}

// refreshLines draws the lines after some have gone from the front.
func (l *list) refreshLines(gone int) {
	l.Resize(l.scroll.Size().Max(l.MinSize()))
	top := l.scroll.Offset.Y - float32(gone*rowHeight)
	if l.follow {
		top = l.scroll.bottom()
	}
	l.scroll.to(top)
	l.scroll.Refresh()
}

// setFollow makes the list stay at the newest line, or no longer.
func (l *list) setFollow(follow bool) {
	if follow != l.follow {
		l.follow = follow
		l.onFollow()
	}
}

// scrolled is called when a person or a new size has scrolled the list.
func (l *list) scrolled() {
	l.setFollow(l.scroll.Offset.Y >= l.scroll.bottom()-rowHeight/2)
	l.drawRows()
}

// drawRows draws the lines that can be seen.
func (l *list) drawRows() {
	size := l.scroll.Size()
	l.rows = l.rows.fit(size)
	first := max(0, int(l.scroll.Offset.Y/rowHeight))
	l.fitColumns(size.Width, first)
	for i := first; i < first+len(l.rows); i++ {
		r := l.rows[i%len(l.rows)]
		if i >= l.lines.len() {
			kit.SetShown(r, false)
			continue
		}
		line := l.lines.at(i)
		r.show(line, l.lines.names.text(line.Request), l.cols, line.id == l.selected)
		r.Move(fyne.NewPos(0, float32(i*rowHeight)))
		kit.SetShown(r, true)
	}
}

// fitColumns has columns of this width, with room for the names in the lines that can be
// seen, the first of which is first. It only grows: columns must not move to and fro.
func (l *list) fitColumns(width float32, first int) {
	if l.cols == nil {
		l.cols = newColumns(width, 0)
	}
	names := l.cols.names
	for i := first; i < min(first+len(l.rows), l.lines.len()); i++ {
		names = max(names, l.cols.measurer.width(l.lines.names.text(l.lines.at(i).Request)))
	}
	if width != l.cols.total || names > l.cols.names {
		l.cols = newColumns(width, names)
	}
}

// selectLine selects a line and scrolls to it.
func (l *list) selectLine(i int) {
	if l.lines.len() == 0 {
		return
	}
	i = min(max(0, i), l.lines.len()-1)
	l.selected = l.lines.at(i).id
	top, height := float32(i*rowHeight), l.scroll.Size().Height
	switch {
	case top < l.scroll.Offset.Y:
		l.scroll.to(top)
		l.scrolled()
	case top+rowHeight > l.scroll.Offset.Y+height:
		l.scroll.to(top + rowHeight - height)
		l.scrolled()
	}
	l.Refresh()
}

// MinSize returns the height of all lines.
func (l *list) MinSize() fyne.Size {
	return fyne.NewSize(0, float32(l.lines.len()*rowHeight))
}

// CreateRenderer is called by Fyne.
func (l *list) CreateRenderer() fyne.WidgetRenderer { return listRenderer{l} }

type listRenderer struct{ *list }

func (r listRenderer) MinSize() fyne.Size { return r.list.MinSize() }
func (r listRenderer) Destroy()           {}

func (r listRenderer) Layout(fyne.Size) {
	if r.follow {
		r.scroll.to(r.scroll.bottom())
	}
	r.drawRows()
}

func (r listRenderer) Refresh() {
	r.drawRows()
	canvas.Refresh(r.list)
}

func (r listRenderer) Objects() []fyne.CanvasObject {
	o := make([]fyne.CanvasObject, len(r.rows))
	for i, row := range r.rows {
		o[i] = row
	}
	return o
}

// viewport is the scroll container around the list.
type viewport struct{ *container.Scroll }

// bottom returns the offset at which the newest line can be seen.
func (v viewport) bottom() float32 {
	return max(0, v.Content.MinSize().Height-v.Size().Height)
}

// to scrolls to an offset, or as close to it as possible.
func (v viewport) to(top float32) {
	v.ScrollToOffset(fyne.NewPos(0, min(max(0, top), v.bottom())))
}

// rowPool has as many rows as can be seen.
type rowPool []*row

// fit returns the rows that a list of this size needs.
func (rows rowPool) fit(size fyne.Size) rowPool {
	count := max(0, int(size.Height/rowHeight)+2) // layouts give a negative height where there is no room
	for len(rows) < count {
		rows = append(rows, newRow())
	}
	rows = rows[:count]
	for _, r := range rows {
		r.Resize(fyne.NewSize(size.Width, rowHeight))
	}
	return rows
}

// listLayout keeps a list that follows at its end when its size changes: a scroll
// container does not tell.
type listLayout struct{ list *list }

func (listLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize()
}

func (l listLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	height := float32(int(s.Height/rowHeight)) * rowHeight // no half rows
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, height))
	l.list.refreshLines(0)
}
