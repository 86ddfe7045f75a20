package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestPanes(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(""))
	upper, lower := box(100, 50), box(80, 30)
	p := NewPanes(upper, lower, 0.75, 50, func(height float32) float32 { return height })
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
	edge.DragEnd()
	p.Place(0.5)
	p.Fold(true)
	at(t, "the lower one has what it needs", lower, 0, 370, 120, 30)
	p.Fold(false)
	at(t, "the lower one as before", lower, 0, 208, 120, 192)
	edge.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, 130)})
	at(t, "the lower one stays of use", lower, 0, 320, 120, 80)
	edge.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, 10)})
	at(t, "or folds", lower, 0, 370, 120, 30)
	edge.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, -20)})
	edge.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, -20)})
	at(t, "and comes back in the same pull", lower, 0, 308, 120, 92)
	edge.DragEnd()
	w.Resize(fyne.NewSize(120, 90))
	at(t, "where there is no room for both, the upper one has all", upper, 0, 0, 120, 90)
	if edge.Visible() || lower.Visible() {
		t.Error("There is half a pane, or an edge of nothing.")
	}
	w.Resize(fyne.NewSize(120, 150))
	at(t, "the lower one is back", lower, 0, 70, 120, 80)
	p.fit = func(height float32) float32 { return height - float32(int(height)%24) }
	p.Content.Refresh()
	at(t, "the lower one ends with a whole row", lower, 0, 72, 120, 78)
}

// Where there is no room for both, who asks for the lower one gets it, and the upper one
// when they fold it again.
func TestPanesUnfoldWithoutRoom(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(""))
	upper, lower := box(100, 50), box(80, 30)
	p := NewPanes(upper, lower, 0.75, 50, func(height float32) float32 {
		if height < 48 {
			return 0
		}
		return height
	})
	w := test.NewTempWindow(t, p.Content)
	w.SetPadded(false)
	for _, height := range []float32{110, 90} {
		w.Resize(fyne.NewSize(120, height))
		if p.Toggle(); upper.Visible() || !lower.Visible() || lower.Size().Height != height {
			t.Errorf("%v high: the upper one is shown: %v, the lower one has %v.", height, upper.Visible(), lower.Size())
		}
		if p.Toggle(); !upper.Visible() {
			t.Errorf("%v high: the upper one does not come back.", height)
		}
		p.Fold(false)
		w.Resize(fyne.NewSize(120, 400))
		if !upper.Visible() || lower.Size().Height != 92 {
			t.Errorf("With room for both the lower one has %v.", lower.Size())
		}
		w.Resize(fyne.NewSize(120, height))
		if !upper.Visible() {
			t.Error("The lower one takes the place of the upper one unasked.")
		}
	}
}
