package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const barHeight = 6

// ProgressBar is a thin progress bar.
type ProgressBar struct {
	widget.BaseWidget
	Value float32 // 0 to 1; below 0 if the end is unknown

	track, bar *canvas.Rectangle
}

// NewProgressBar returns a bar at 0.
func NewProgressBar() *ProgressBar {
	b := &ProgressBar{
		track: &canvas.Rectangle{CornerRadius: barHeight / 2},
		bar:   &canvas.Rectangle{CornerRadius: barHeight / 2},
	}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the value: 0 to 1, or below 0 if the end is unknown.
func (b *ProgressBar) Set(value float32) {
	if value = min(value, 1); value == b.Value {
		return
	}
	b.Value = value
	b.Refresh()
}

// MinSize leaves room for round ends.
func (b *ProgressBar) MinSize() fyne.Size { return fyne.NewSize(4*barHeight, barHeight) }

// CreateRenderer is called by Fyne.
func (b *ProgressBar) CreateRenderer() fyne.WidgetRenderer {
	r := &progressBarRenderer{b}
	r.paint()
	return r
}

type progressBarRenderer struct{ *ProgressBar }

func (r *progressBarRenderer) paint() {
	r.track.FillColor = theme.Color(theme.ColorNameSeparator)
	r.bar.FillColor = theme.Color(ColorAccent)
	if r.Value < 0 {
		r.track.FillColor = theme.Color(theme.ColorNameFocus)
	}
	r.Layout(r.ProgressBar.Size())
}

func (r *progressBarRenderer) Layout(s fyne.Size) {
	top := (s.Height - barHeight) / 2
	for _, o := range r.Objects() {
		o.Move(fyne.NewPos(0, top))
	}
	r.track.Resize(fyne.NewSize(s.Width, barHeight))
	r.bar.Resize(fyne.NewSize(s.Width*max(r.Value, 0), barHeight))
}

func (r *progressBarRenderer) MinSize() fyne.Size { return r.ProgressBar.MinSize() }
func (r *progressBarRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.track, r.bar}
}
func (r *progressBarRenderer) Destroy() {}

func (r *progressBarRenderer) Refresh() {
	r.paint()
	r.track.Refresh()
	r.bar.Refresh()
}
