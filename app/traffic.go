package app

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/requests"
	"windowsill/app/words"
	"windowsill/server"
)

// trafficPanel shows what goes on, as transfers or as requests.
type trafficPanel struct {
	content   fyne.CanvasObject
	transfers *transfersPanel
	log       *requests.Panel
	speed     *speedLine
	tabs      *kit.Tabs
}

func newTrafficPanel(t *transfersPanel, log *requests.Panel) *trafficPanel {
	p := &trafficPanel{transfers: t, log: log, speed: newSpeedLine()}
	p.tabs = kit.NewTabs([2]string{lang.L("Activity"), lang.L("Requests")}, [2]fyne.CanvasObject{t.content, log.Content})
	p.content = container.NewBorder(container.NewBorder(nil, nil, p.tabs.Content, p.speed.content), nil, nil, nil,
		kit.Padded(4, 0, 0, 0, container.NewStack(t.content, log.Content)))
	return p
}

func (p *trafficPanel) show(s server.Snapshot) {
	p.transfers.show(s)
	p.speed.show(s.Speed)
	p.log.Show(s)
}

// speedLine shows the speed of all transfers, now and in the last minute. It is hidden
// while nothing moves.
type speedLine struct {
	content fyne.CanvasObject
	now     *widget.Label
	graph   *speedGraph
}

func newSpeedLine() *speedLine {
	l := &speedLine{graph: newSpeedGraph(), now: kit.Untruncated(kit.NewCaption(""))}
	l.content = container.NewHBox(l.now, container.NewCenter(l.graph))
	l.content.Hide()
	return l
}

func (l *speedLine) show(s server.Speed) {
	kit.SetText(l.now, words.Speed(s.Now))
	l.graph.show(s)
	kit.SetShown(l.content, s.Minute != [60]int64{})
}

// speedGraph draws the speed of the last minute, the latest second at the right.
type speedGraph struct {
	widget.BaseWidget
	speed  server.Speed
	raster *canvas.Raster
}

func newSpeedGraph() *speedGraph {
	g := &speedGraph{}
	g.raster = canvas.NewRaster(g.draw)
	g.ExtendBaseWidget(g)
	return g
}

// show draws a speed unless it is the present one. That changes once a second.
func (g *speedGraph) show(s server.Speed) {
	if s.Beat == g.speed.Beat {
		return
	}
	g.speed = s
	g.raster.Refresh()
}

// MinSize has room for a bar for each second.
func (g *speedGraph) MinSize() fyne.Size { return fyne.NewSize(60, 20) }

// CreateRenderer is called by Fyne.
func (g *speedGraph) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(g.raster) }

// draw paints w by h device pixels. The fastest second reaches the top.
func (g *speedGraph) draw(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	bar, axis := theme.Color(kit.ColorAccent), theme.Color(theme.ColorNameSeparator)
	var fastest int64 = 1
	for _, n := range g.speed.Minute {
		fastest = max(fastest, n)
	}
	for x := range w {
		n := g.speed.Minute[x*len(g.speed.Minute)/w]
		height := int(float64(n) / float64(fastest) * float64(h-1))
		paintColumn(img, x, h-1-height, bar)
		if n == 0 {
			img.Set(x, h-1, axis)
		}
	}
	return img
}

// paintColumn paints a column of pixels from top to the bottom.
func paintColumn(img *image.RGBA, x, top int, c color.Color) {
	for y := top; y < img.Rect.Max.Y; y++ {
		img.Set(x, y, c)
	}
}
