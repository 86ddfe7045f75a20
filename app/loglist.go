package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
)

// logList draws those lines of a logView that are in sight, with a few rows
// that it uses again and again. It stays at the newest line until one scrolls
// up, and then keeps still whatever comes or falls out of the log. (A
// widget.List tells nobody when it is scrolled, and knows lines by their
// position, which for a full log changes all the time.)
type logList struct {
	widget.BaseWidget
	view     *logView
	scroll   viewport
	rows     logRows // line i is drawn by rows[i%len(rows)]
	cols     *logColumns
	follow   bool // stay at the newest line
	selected lineID

	onFollow func() // follow has changed
	onFocus  func(focused bool)
	onMenu   func(logLine, fyne.Position)
}

func newLogList(view *logView) *logList {
	l := &logList{view: view, follow: true}
	l.ExtendBaseWidget(l)
	l.scroll = viewport{container.NewVScroll(l)}
	l.scroll.OnScrolled = func(fyne.Position) { l.scrolled() }
	return l
}

// changed draws the lines anew after so many were taken from the front.
func (l *logList) changed(gone int) {
	l.Resize(l.scroll.Size().Max(l.MinSize()))
	top := l.scroll.Offset.Y - float32(gone*logRowHeight)
	if l.follow {
		top = l.scroll.bottom()
	}
	l.scroll.to(top)
	l.scroll.Refresh()
}

// setFollow stays at the newest line from now on, or no longer.
func (l *logList) setFollow(follow bool) {
	if follow == l.follow {
		return
	}
	l.follow = follow
	if l.onFollow != nil {
		l.onFollow()
	}
}

// scrolled is called when the person or a change of size moved the list.
func (l *logList) scrolled() {
	l.setFollow(l.scroll.Offset.Y >= l.scroll.bottom()-logRowHeight/2)
	l.place()
}

// place draws the lines that are in sight.
func (l *logList) place() {
	size := l.scroll.Size()
	if l.cols == nil || l.cols.total != size.Width {
		l.cols = newLogColumns(size.Width)
	}
	l.rows = l.rows.fit(size)
	first := max(0, int(l.scroll.Offset.Y/logRowHeight))
	for i := first; i < first+len(l.rows); i++ {
		r := l.rows[i%len(l.rows)]
		if i >= l.view.len() {
			kit.SetShown(r, false)
			continue
		}
		line := l.view.at(i)
		r.show(line, l.cols, line.id == l.selected)
		r.Move(fyne.NewPos(0, float32(i*logRowHeight)))
		kit.SetShown(r, true)
	}
}

// choose selects line i, and brings it into sight.
func (l *logList) choose(i int) {
	if l.view.len() == 0 {
		return
	}
	i = min(max(0, i), l.view.len()-1)
	l.selected = l.view.at(i).id
	top, height := float32(i*logRowHeight), l.scroll.Size().Height
	switch {
	case top < l.scroll.Offset.Y:
		l.scroll.to(top)
		l.scrolled()
	case top+logRowHeight > l.scroll.Offset.Y+height:
		l.scroll.to(top + logRowHeight - height)
		l.scrolled()
	}
	l.Refresh()
}

// MinSize is the height of all lines, in sight or not.
func (l *logList) MinSize() fyne.Size {
	return fyne.NewSize(0, float32(l.view.len()*logRowHeight))
}

// CreateRenderer is called by Fyne.
func (l *logList) CreateRenderer() fyne.WidgetRenderer { return logListRenderer{l} }

type logListRenderer struct{ *logList }

func (r logListRenderer) MinSize() fyne.Size { return r.logList.MinSize() }
func (r logListRenderer) Destroy()           {}

func (r logListRenderer) Layout(fyne.Size) {
	if r.follow {
		r.scroll.to(r.scroll.bottom())
	}
	r.place()
}

func (r logListRenderer) Refresh() {
	r.place()
	canvas.Refresh(r.logList)
}

func (r logListRenderer) Objects() []fyne.CanvasObject {
	o := make([]fyne.CanvasObject, len(r.rows))
	for i, row := range r.rows {
		o[i] = row
	}
	return o
}

// viewport is the scroll container around the list.
type viewport struct{ *container.Scroll }

// bottom is the offset that shows the newest line.
func (v viewport) bottom() float32 {
	return max(0, v.Content.MinSize().Height-v.Size().Height)
}

// to scrolls to an offset, or as close to it as can be.
func (v viewport) to(top float32) {
	v.ScrollToOffset(fyne.NewPos(0, min(max(0, top), v.bottom())))
}

// logRows are as many rows as can be in sight.
type logRows []*logRow

// fit returns the rows that a list of that size needs.
func (rows logRows) fit(size fyne.Size) logRows {
	count := max(0, int(size.Height/logRowHeight)+2) // layouts leave less than nothing to what lies in too small a place
	for len(rows) < count {
		rows = append(rows, newLogRow())
	}
	rows = rows[:count]
	for _, r := range rows {
		r.Resize(fyne.NewSize(size.Width, logRowHeight))
	}
	return rows
}

// logListLayout gives the list its place in the panel and keeps a list that
// follows at its end, whatever the size: a scroll container tells nobody when
// it grows or shrinks.
type logListLayout struct{ list *logList }

const logListRows = 4 // that there is always room for

func (logListLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().Max(fyne.NewSize(0, logListRows*logRowHeight))
}

func (l logListLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
	l.list.changed(0)
}
