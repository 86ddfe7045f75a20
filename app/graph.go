package app

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// graph shows the speed of the last minute, the latest at the right. It is
// drawn anew once a second at most.
type graph struct {
	widget.BaseWidget
	speed  server.Speed
	raster *canvas.Raster
}

func newGraph() *graph {
	g := &graph{}
	g.raster = canvas.NewRaster(g.draw)
	g.ExtendBaseWidget(g)
	return g
}

// show draws a speed unless it is on the screen already.
func (g *graph) show(s server.Speed) {
	if s.Beat == g.speed.Beat {
		return
	}
	g.speed = s
	g.raster.Refresh()
}

// MinSize returns room for a bar for each second.
func (g *graph) MinSize() fyne.Size { return fyne.NewSize(60, 20) }

// CreateRenderer is called by Fyne.
func (g *graph) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(g.raster) }

// draw fills w by h device pixels: the fastest second reaches the top.
func (g *graph) draw(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	ink, ground := theme.Color(kit.ColorAccent), theme.Color(theme.ColorNameSeparator)
	var most int64 = 1
	for _, n := range g.speed.Minute {
		most = max(most, n)
	}
	for x := range w {
		n := g.speed.Minute[x*len(g.speed.Minute)/w]
		height := int(float64(n) / float64(most) * float64(h-1))
		paintColumn(img, x, h-1-height, ink)
		if n == 0 {
			img.Set(x, h-1, ground)
		}
	}
	return img
}

func paintColumn(img *image.RGBA, x, top int, ink color.Color) {
	for y := top; y < img.Rect.Max.Y; y++ {
		img.Set(x, y, ink)
	}
}
