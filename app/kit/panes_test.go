package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestPanes(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme())
	upper, lower := box(100, 50), box(80, 30)
	p := NewPanes(upper, lower, 0.75)
	w := test.NewTempWindow(t, p.Content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(120, 400))
	at(t, "the upper one", upper, 0, 0, 120, 292)
	at(t, "the lower one", lower, 0, 308, 120, 92)
	edge := p.Content.Objects[1].(*paneEdge)
	edge.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, -100)})
	at(t, "the upper one after dragging", upper, 0, 0, 120, 192)
	edge.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, -1000)})
	at(t, "the upper one has what it needs", upper, 0, 0, 120, 50)
	p.Place(0.5)
	p.Fold(true)
	at(t, "the lower one has what it needs", lower, 0, 370, 120, 30)
	p.Fold(false)
	at(t, "the lower one as before", lower, 0, 208, 120, 192)
	p.ShowLower(false)
	at(t, "the upper one has all", upper, 0, 0, 120, 400)
	if edge.Visible() {
		t.Error("There is an edge of nothing.")
	}
}
