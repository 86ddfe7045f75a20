package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// paceLine is how fast everything moves, and did in the last minute. Nothing is
// to be seen of it while nothing moves.
type paceLine struct {
	content fyne.CanvasObject
	graph   *graph
	now     *widget.Label
}

func newPaceLine() *paceLine {
	p := &paceLine{graph: newGraph(), now: kit.Untruncated(kit.NewCaption(""))}
	p.content = container.NewHBox(p.now, container.NewCenter(p.graph))
	p.content.Hide()
	return p
}

func (p *paceLine) show(s server.Speed) {
	kit.SetText(p.now, words.Speed(s.Now))
	p.graph.show(s)
	kit.SetShown(p.content, s.Minute != [60]int64{})
}
