package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// folded is the offset that leaves the lower pane only what it needs.
const folded = 1

// Panes are two objects above each other, with an edge between them that a person can
// move. (The edge of a container.Split is a grey bar over the whole width, in the colour
// of all shadows.)
type Panes struct {
	Content *fyne.Container

	upper, lower fyne.CanvasObject
	useful       float32 // height that the lower one gets beyond what it needs, unless it is folded
	fit          func(height float32) float32
	offset       float32 // of the height, that the upper pane has
	unfolded     float32 // the offset before the lower one was folded
	held         float32 // height of the upper one where the pointer holds the edge; 0 while it does not
	lowerFirst   bool    // where there is no room for both the lower one has all, as somebody asked for it
}

// NewPanes returns panes of which the upper one has this part of the height. The lower
// one gets at least the useful height beyond what it needs, if there is room for it. fit
// returns how much of a height beyond what it needs the lower one makes use of; the upper
// one gets the rest.
func NewPanes(upper, lower fyne.CanvasObject, offset, useful float32, fit func(height float32) float32) *Panes {
	p := &Panes{upper: upper, lower: lower, useful: useful, fit: fit, offset: offset, unfolded: offset}
	edge := &paneEdge{moved: p.drag, released: func() { p.held = 0 }, grip: &canvas.Rectangle{CornerRadius: 2}}
	edge.ExtendBaseWidget(edge)
	p.Content = container.New(panesLayout{p}, upper, edge, lower)
	return p
}

// Offset returns where the edge is, 0 to 1; 1 is folded.
func (p *Panes) Offset() float32 { return p.offset }

// Place moves the edge.
func (p *Panes) Place(offset float32) {
	p.offset = min(max(offset, 0), folded)
	p.Content.Refresh()
}

// IsFolded reports whether the lower pane has only what it needs.
func (p *Panes) IsFolded() bool { return p.offset == folded }

// Fold leaves the lower pane only what it needs, or gives it back what it had. Where that
// does not fit beside the upper one it gets all.
func (p *Panes) Fold(fold bool) {
	p.lowerFirst = !fold
	switch {
	case fold == p.IsFolded():
		p.Content.Refresh()
	case fold:
		p.unfolded = p.offset
		p.Place(folded)
	default:
		p.Place(p.unfolded)
	}
}

// Toggle folds the lower pane if it has more than it needs, and unfolds it otherwise.
func (p *Panes) Toggle() {
	p.Fold(p.lower.Visible() && p.lower.Size().Height > p.lower.MinSize().Height)
}

// drag moves the edge by a distance. Where the lower pane would be too low to be of use
// it folds.
func (p *Panes) drag(distance float32) {
	height := p.Content.Size().Height
	if height <= 0 {
		return
	}
	if p.held == 0 {
		p.held = p.upper.Size().Height
	}
	p.held += distance
	if lower := height - p.held - Gutter; lower < p.lower.MinSize().Height+p.useful/2 {
		p.Fold(true)
		return
	}
	p.Place(min((p.held+Gutter/2)/height, 0.99*folded))
}

type panesLayout struct{ *Panes }

func (l panesLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	upper, lower := l.upper.MinSize(), l.lower.MinSize()
	return fyne.NewSize(max(upper.Width, lower.Width), upper.Height+Gutter+lower.Height)
}

// Layout leaves out a pane where there is no room for both: half a pane is none.
func (l panesLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	needed := l.lower.MinSize().Height
	room := s.Height - Gutter - l.upper.MinSize().Height
	extra := l.extra(s.Height, room-needed)
	l.lowerFirst = l.lowerFirst && !l.IsFolded() && extra <= 0
	upper, lower := !l.lowerFirst, l.lowerFirst || room >= needed
	SetShown(l.upper, upper)
	SetShown(o[1], upper && lower)
	SetShown(l.lower, lower)
	height := s.Height
	if upper && lower {
		height = needed + extra
	}
	top := s.Height - height - Gutter
	l.upper.Move(fyne.NewPos(0, 0))
	if upper && lower {
		l.upper.Resize(fyne.NewSize(s.Width, top))
	} else if upper {
		l.upper.Resize(s)
	}
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(s.Width, Gutter))
	l.lower.Move(fyne.NewPos(0, s.Height-height))
	l.lower.Resize(fyne.NewSize(s.Width, height))
}

// extra returns what the lower pane gets beyond what it needs, of what there is.
func (l panesLayout) extra(height, room float32) float32 {
	if l.IsFolded() || room < 0 {
		return 0
	}
	wanted := max(height*(1-l.offset)-Gutter/2-l.lower.MinSize().Height, l.useful)
	return l.fit(min(wanted, room))
}

// paneEdge is what can be dragged. Its methods are called by Fyne.
type paneEdge struct {
	widget.BaseWidget
	moved    func(distance float32)
	released func()
	grip     *canvas.Rectangle
	hovered  bool
}

func (e *paneEdge) Dragged(d *fyne.DragEvent)      { e.moved(d.Dragged.DY) }
func (e *paneEdge) DragEnd()                       { e.released() }
func (e *paneEdge) Cursor() desktop.Cursor         { return desktop.VResizeCursor }
func (e *paneEdge) MouseIn(*desktop.MouseEvent)    { e.hover(true) }
func (e *paneEdge) MouseMoved(*desktop.MouseEvent) {}
func (e *paneEdge) MouseOut()                      { e.hover(false) }

func (e *paneEdge) hover(on bool) {
	e.hovered = on
	e.Refresh()
}

// Refresh draws the grip in the colours of the present theme.
func (e *paneEdge) Refresh() {
	e.paint()
	e.BaseWidget.Refresh()
}

func (e *paneEdge) paint() {
	e.grip.FillColor = theme.Color(theme.ColorNameInputBorder)
	if e.hovered {
		e.grip.FillColor = theme.Color(ColorAccent)
	}
}

func (e *paneEdge) CreateRenderer() fyne.WidgetRenderer {
	e.paint()
	return widget.NewSimpleRenderer(container.NewCenter(container.NewGridWrap(fyne.NewSize(36, 4), e.grip)))
}
