package kit

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// DashedBorder is a dashed line around its place.
type DashedBorder struct {
	widget.BaseWidget
	image *canvas.Image
}

// NewDashedBorder returns a dashed line in the accent colour.
func NewDashedBorder() *DashedBorder {
	d := &DashedBorder{image: &canvas.Image{}}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer is called by Fyne.
func (d *DashedBorder) CreateRenderer() fyne.WidgetRenderer {
	return &dashedBorderRenderer{DashedBorder: d}
}

type dashedBorderRenderer struct{ *DashedBorder }

// Layout draws the line for this size. Scaling would stretch the dashes.
func (r *dashedBorderRenderer) Layout(s fyne.Size) {
	red, green, blue, _ := theme.Color(ColorAccent).RGBA()
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]g %[2]g">`+
		`<path fill="none" stroke="#%02[5]x%02[6]x%02[7]x" stroke-opacity="0.75" stroke-width="1.5" stroke-dasharray="7 6" d="`+
		`M%[8]g 1h%[3]ga%[9]g %[9]g 0 0 1 %[9]g %[9]gv%[4]ga%[9]g %[9]g 0 0 1 -%[9]g %[9]gh-%[3]ga%[9]g %[9]g 0 0 1 -%[9]g -%[9]gv-%[4]ga%[9]g %[9]g 0 0 1 %[9]g -%[9]gz"/></svg>`,
		s.Width, s.Height, s.Width-2*RadiusCard, s.Height-2*RadiusCard, red>>8, green>>8, blue>>8, float32(RadiusCard), float32(RadiusCard-1))
	// Fyne caches drawings by this name.
	name := fmt.Sprintf("dashes-%gx%g-%02x%02x%02x.svg", s.Width, s.Height, red>>8, green>>8, blue>>8)
	if s.Width > 2*RadiusCard && s.Height > 2*RadiusCard && (r.image.Resource == nil || r.image.Resource.Name() != name) {
		r.image.Resource = fyne.NewStaticResource(name, []byte(svg))
		r.image.Refresh()
	}
	r.image.Resize(s)
}

func (r *dashedBorderRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *dashedBorderRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.image} }
func (r *dashedBorderRenderer) Refresh()                     { r.Layout(r.DashedBorder.Size()) }
func (r *dashedBorderRenderer) Destroy()                     {}
