package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	segmentsHeight = 32
	segmentInset   = 3 // of the chosen one
	segmentPad     = 6 // at least, on both sides of a text
	segmentText    = 13
	segmentTextMin = 9
)

// Segments is a choice of few options, side by side. For the keyboard it is one control,
// with the arrow keys. Most of its methods are called by Fyne.
type Segments struct {
	widget.BaseWidget
	OnFocus func() // the keyboard has got here; may be nil

	about    string // what the choice is about, for screen readers
	options  []string
	caution  int // the option that is drawn as a warning while it is chosen; -1 for none
	chosen   int
	onChosen func(i int)
	hovered  int // -1 for none
	focused  bool
}

// NewSegments returns a choice with the first option chosen. onChosen hears of another
// one that a person wants, which the caller then shows by Select, or does not.
func NewSegments(about string, options []string, caution int, onChosen func(i int)) *Segments {
	s := &Segments{about: about, options: options, caution: caution, onChosen: onChosen, hovered: -1}
	s.ExtendBaseWidget(s)
	return s
}

// Options returns the texts.
func (s *Segments) Options() []string { return s.options }

// Chosen returns the index of the option that is chosen.
func (s *Segments) Chosen() int { return s.chosen }

// Select shows an option as chosen.
func (s *Segments) Select(i int) {
	if i != s.chosen {
		s.chosen = i
		s.Refresh()
	}
}

// Choose does what a click on an option does.
func (s *Segments) Choose(i int) {
	if i != s.chosen && i >= 0 && i < len(s.options) {
		s.onChosen(i)
	}
}

// at returns the index of the option at a place.
func (s *Segments) at(p fyne.Position) int {
	x := float32(0)
	_, widths := s.fit()
	for i, width := range widths {
		if x += width; p.X < x {
			return i
		}
	}
	return len(s.options) - 1
}

// fit returns the size of the texts, one for all of them, and shares the width out as they
// need it.
func (s *Segments) fit() (size float32, widths []float32) {
	var all float32
	widths = make([]float32, len(s.options))
	for i, text := range s.options {
		widths[i] = fyne.MeasureText(text, segmentText, fyne.TextStyle{Bold: true}).Width
		all += widths[i]
	}
	count := float32(len(widths))
	scale := min(1, max(0, s.Size().Width-2*segmentPad*count)/all)
	pad := max(0, s.Size().Width-all*scale) / count
	for i := range widths {
		widths[i] = widths[i]*scale + pad
	}
	return max(segmentText*scale, segmentTextMin), widths
}

// Tapped is called by Fyne.
func (s *Segments) Tapped(e *fyne.PointEvent) { s.Choose(s.at(e.Position)) }

// MouseIn is called by Fyne.
func (s *Segments) MouseIn(e *desktop.MouseEvent) { s.hover(s.at(e.Position)) }

// MouseMoved is called by Fyne.
func (s *Segments) MouseMoved(e *desktop.MouseEvent) { s.hover(s.at(e.Position)) }

// MouseOut is called by Fyne.
func (s *Segments) MouseOut() { s.hover(-1) }

func (s *Segments) hover(i int) {
	if s.hovered != i {
		s.hovered = i
		s.Refresh()
	}
}

// FocusGained is called by Fyne.
func (s *Segments) FocusGained() {
	s.focused = true
	s.Refresh()
	call(s.OnFocus)
}

// FocusLost is called by Fyne.
func (s *Segments) FocusLost() {
	s.focused = false
	s.Refresh()
}

// TypedRune is called by Fyne.
func (s *Segments) TypedRune(rune) {}

// TypedKey is called by Fyne.
func (s *Segments) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		s.Choose(s.chosen - 1)
	case fyne.KeyRight, fyne.KeyDown:
		s.Choose(s.chosen + 1)
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		s.Choose((s.chosen + 1) % len(s.options))
	}
}

// AccessibilityLabel says what is chosen.
func (s *Segments) AccessibilityLabel() string { return s.about + ": " + s.options[s.chosen] }

// AccessibilityRole is that of a button.
func (s *Segments) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is called by Fyne.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	r := &segmentsRenderer{Segments: s, back: &canvas.Rectangle{CornerRadius: RadiusInner + 1}, pill: &canvas.Rectangle{CornerRadius: RadiusInner - 1}}
	for _, text := range s.options {
		t := &canvas.Text{Text: text, Alignment: fyne.TextAlignCenter}
		t.TextStyle.Bold = true
		r.texts = append(r.texts, t)
	}
	r.paint()
	return r
}

type segmentsRenderer struct {
	*Segments
	back, pill *canvas.Rectangle
	texts      []*canvas.Text
}

func (r *segmentsRenderer) paint() {
	r.back.FillColor, r.pill.FillColor = theme.Color(theme.ColorNameButton), theme.Color(colorRaised)
	r.back.StrokeColor, r.back.StrokeWidth = color.Transparent, 0
	if r.focused {
		r.back.StrokeColor, r.back.StrokeWidth = theme.Color(ColorAccent), 1.5
	}
	for i, t := range r.texts {
		name := theme.ColorNamePlaceHolder
		switch {
		case i == r.chosen && i == r.caution:
			name = theme.ColorNameWarning
			r.pill.FillColor = theme.Color(ColorCaution)
		case i == r.chosen, i == r.hovered:
			name = theme.ColorNameForeground
		}
		t.Color = theme.Color(name)
	}
}

func (r *segmentsRenderer) MinSize() fyne.Size { return fyne.NewSize(200, segmentsHeight) }

func (r *segmentsRenderer) Layout(s fyne.Size) {
	r.back.Resize(s)
	x := float32(0)
	size, widths := r.fit()
	for i, width := range widths {
		t := r.texts[i]
		t.TextSize = size
		t.Move(fyne.NewPos(x, 0))
		t.Resize(fyne.NewSize(width, s.Height))
		if i == r.chosen {
			r.pill.Move(fyne.NewPos(x+segmentInset, segmentInset))
			r.pill.Resize(fyne.NewSize(width-2*segmentInset, s.Height-2*segmentInset))
		}
		x += width
	}
}

func (r *segmentsRenderer) Objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{r.back, r.pill}
	for _, t := range r.texts {
		o = append(o, t)
	}
	return o
}

func (r *segmentsRenderer) Refresh() {
	r.paint()
	r.Layout(r.Segments.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *segmentsRenderer) Destroy() {}
