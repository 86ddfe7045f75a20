package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const slimHeight = 6

// slimBar is a progress bar that is no taller than it must be. A share below
// zero means that the end is unknown: the bar is then faint all along.
type slimBar struct {
	widget.BaseWidget
	share      float32 // of the whole, 0 to 1
	track, bar *canvas.Rectangle
}

func newSlimBar() *slimBar {
	b := &slimBar{
		track: &canvas.Rectangle{CornerRadius: slimHeight / 2},
		bar:   &canvas.Rectangle{CornerRadius: slimHeight / 2},
	}
	b.ExtendBaseWidget(b)
	return b
}

// set shows how much is done, 0 to 1; a negative share if nobody knows.
func (b *slimBar) set(share float32) {
	if share = min(share, 1); share == b.share {
		return
	}
	b.share = share
	b.Refresh()
}

// MinSize returns a size with room for the ends to be round.
func (b *slimBar) MinSize() fyne.Size { return fyne.NewSize(4*slimHeight, slimHeight) }

// CreateRenderer is called by Fyne.
func (b *slimBar) CreateRenderer() fyne.WidgetRenderer {
	r := &slimRenderer{b}
	r.paint()
	return r
}

type slimRenderer struct{ *slimBar }

func (r *slimRenderer) paint() {
	r.track.FillColor = theme.Color(theme.ColorNameSeparator)
	r.bar.FillColor = theme.Color(colorAccent)
	if r.share < 0 {
		r.track.FillColor = theme.Color(theme.ColorNameFocus)
	}
	r.Layout(r.slimBar.Size())
}

func (r *slimRenderer) Layout(s fyne.Size) {
	top := (s.Height - slimHeight) / 2
	for _, o := range r.Objects() {
		o.Move(fyne.NewPos(0, top))
	}
	r.track.Resize(fyne.NewSize(s.Width, slimHeight))
	r.bar.Resize(fyne.NewSize(s.Width*max(r.share, 0), slimHeight))
}

func (r *slimRenderer) MinSize() fyne.Size           { return r.slimBar.MinSize() }
func (r *slimRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.track, r.bar} }
func (r *slimRenderer) Destroy()                     {}

func (r *slimRenderer) Refresh() {
	r.paint()
	r.track.Refresh()
	r.bar.Refresh()
}
