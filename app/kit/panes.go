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
	offset       float32 // of the height, that the upper pane has
	unfolded     float32 // the offset before the lower one was folded
}

// NewPanes returns panes of which the upper one has this part of the height.
func NewPanes(upper, lower fyne.CanvasObject, offset float32) *Panes {
	p := &Panes{upper: upper, lower: lower, offset: offset, unfolded: offset}
	edge := &paneEdge{moved: p.drag, grip: &canvas.Rectangle{CornerRadius: 2}}
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

// Fold leaves the lower pane only what it needs, or gives it back what it had.
func (p *Panes) Fold(fold bool) {
	switch {
	case fold == p.IsFolded():
	case fold:
		p.unfolded = p.offset
		p.Place(folded)
	default:
		p.Place(p.unfolded)
	}
}

// ShowLower shows or hides the lower pane altogether.
func (p *Panes) ShowLower(shown bool) {
	if p.lower.Visible() != shown {
		SetShown(p.lower, shown)
		p.Content.Refresh()
	}
}

// drag moves the edge by a distance.
func (p *Panes) drag(distance float32) {
	if height := p.Content.Size().Height; height > 0 {
		p.Place((p.upper.Size().Height + Gutter/2 + distance) / height)
	}
}

type panesLayout struct{ *Panes }

func (l panesLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	upper, lower := l.upper.MinSize(), l.lower.MinSize()
	if !l.lower.Visible() {
		return upper
	}
	return fyne.NewSize(max(upper.Width, lower.Width), upper.Height+Gutter+lower.Height)
}

func (l panesLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	edge := o[1]
	SetShown(edge, l.lower.Visible())
	l.upper.Move(fyne.NewPos(0, 0))
	if !l.lower.Visible() {
		l.upper.Resize(s)
		return
	}
	most := s.Height - Gutter - l.lower.MinSize().Height
	top := max(min(s.Height*l.offset-Gutter/2, most), l.upper.MinSize().Height)
	l.upper.Resize(fyne.NewSize(s.Width, top))
	edge.Move(fyne.NewPos(0, top))
	edge.Resize(fyne.NewSize(s.Width, Gutter))
	l.lower.Move(fyne.NewPos(0, top+Gutter))
	l.lower.Resize(fyne.NewSize(s.Width, max(0, s.Height-top-Gutter)))
}

// paneEdge is what can be dragged. Its methods are called by Fyne.
type paneEdge struct {
	widget.BaseWidget
	moved   func(distance float32)
	grip    *canvas.Rectangle
	hovered bool
}

func (e *paneEdge) Dragged(d *fyne.DragEvent)      { e.moved(d.Dragged.DY) }
func (e *paneEdge) DragEnd()                       {}
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
