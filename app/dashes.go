package app

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// dashes is a dashed line around a place where something can be dropped.
type dashes struct {
	widget.BaseWidget
	image *canvas.Image
}

func newDashes() *dashes {
	d := &dashes{image: &canvas.Image{}}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer is called by Fyne.
func (d *dashes) CreateRenderer() fyne.WidgetRenderer {
	return &dashesRenderer{dashes: d}
}

type dashesRenderer struct{ *dashes }

// Layout draws the line anew: a stretched one would have stretched dashes.
func (r *dashesRenderer) Layout(s fyne.Size) {
	red, green, blue, _ := theme.Color(colorAccent).RGBA()
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]g %[2]g">`+
		`<path fill="none" stroke="#%02[5]x%02[6]x%02[7]x" stroke-opacity="0.75" stroke-width="1.5" stroke-dasharray="7 6" d="`+
		`M%[8]g 1h%[3]ga%[9]g %[9]g 0 0 1 %[9]g %[9]gv%[4]ga%[9]g %[9]g 0 0 1 -%[9]g %[9]gh-%[3]ga%[9]g %[9]g 0 0 1 -%[9]g -%[9]gv-%[4]ga%[9]g %[9]g 0 0 1 %[9]g -%[9]gz"/></svg>`,
		s.Width, s.Height, s.Width-2*radiusCard, s.Height-2*radiusCard, red>>8, green>>8, blue>>8, float32(radiusCard), float32(radiusCard-1))
	// Fyne remembers what it has drawn by this name.
	name := fmt.Sprintf("dashes-%gx%g-%02x%02x%02x.svg", s.Width, s.Height, red>>8, green>>8, blue>>8)
	if s.Width > 2*radiusCard && s.Height > 2*radiusCard && (r.image.Resource == nil || r.image.Resource.Name() != name) {
		r.image.Resource = fyne.NewStaticResource(name, []byte(svg))
		r.image.Refresh()
	}
	r.image.Resize(s)
}

func (r *dashesRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *dashesRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.image} }
func (r *dashesRenderer) Refresh()                     { r.Layout(r.dashes.Size()) }
func (r *dashesRenderer) Destroy()                     {}
