package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// box is an object that needs at least this size.
func box(width, height float32) *canvas.Rectangle {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(width, height))
	return r
}

// at checks where an object is and how large.
func at(t *testing.T, what string, o fyne.CanvasObject, x, y, width, height float32) {
	t.Helper()
	if o.Position() != fyne.NewPos(x, y) || o.Size() != fyne.NewSize(width, height) {
		t.Errorf("%s: %v %v, want %v,%v %vx%v", what, o.Position(), o.Size(), x, y, width, height)
	}
}

func TestSplit(t *testing.T) {
	first, second := box(100, 50), box(80, 30)
	c := Split(8, func() float32 { return 70 }, first, second)
	if got := c.MinSize(); got != fyne.NewSize(100, 88) {
		t.Errorf("It needs %v.", got)
	}
	c.Resize(fyne.NewSize(120, 300))
	at(t, "the second gets what it prefers", second, 0, 230, 120, 70)
	at(t, "the first gets the rest", first, 0, 0, 120, 222)
	c.Resize(fyne.NewSize(120, 88))
	at(t, "the second gets what it needs", second, 0, 58, 120, 30)
	second.Hide()
	c.Resize(fyne.NewSize(120, 100))
	at(t, "the first gets all", first, 0, 0, 120, 100)
}

func TestBanner(t *testing.T) {
	above, rest := box(100, 60), box(80, 50)
	c := Banner(12, 0.4, above, rest)
	if got := c.MinSize(); got != fyne.NewSize(100, 50) {
		t.Errorf("It needs %v: more than the rest alone.", got)
	}
	c.Resize(fyne.NewSize(200, 300))
	at(t, "above", above, 0, 0, 200, 60)
	at(t, "the rest", rest, 0, 72, 200, 228)
	c.Resize(fyne.NewSize(200, 100))
	at(t, "no more than its share", above, 0, 0, 200, 40)
	above.Hide()
	c.Refresh()
	at(t, "all", rest, 0, 0, 200, 100)
}

func TestBesideOrBelow(t *testing.T) {
	first, second := box(50, 30), box(100, 20)
	c := BesideOrBelow(4, 170, first, second)
	c.Resize(fyne.NewSize(300, 30))
	at(t, "beside", second, 200, 5, 100, 20)
	c.Resize(fyne.NewSize(250, 60))
	at(t, "below", second, 0, 34, 250, 20)
	if got := c.MinSize(); got != fyne.NewSize(100, 54) {
		t.Errorf("It needs %v.", got)
	}
}

func TestSizes(t *testing.T) {
	for name, c := range map[string]struct {
		o        fyne.CanvasObject
		min      fyne.Size
		resizeTo fyne.Size
		want     fyne.Size
	}{
		"fixed width": {FixedWidth(80, box(10, 20)), fyne.NewSize(80, 20), fyne.NewSize(90, 30), fyne.NewSize(90, 30)},
		"max width":   {MaxWidth(80, box(10, 20)), fyne.NewSize(10, 20), fyne.NewSize(200, 30), fyne.NewSize(80, 30)},
		"at least":    {AtLeast(80, 90, box(10, 20)), fyne.NewSize(80, 90), fyne.NewSize(100, 100), fyne.NewSize(100, 100)},
	} {
		if got := c.o.MinSize(); got != c.min {
			t.Errorf("%s: needs %v, want %v", name, got, c.min)
		}
		c.o.Resize(c.resizeTo)
		if got := c.o.(*fyne.Container).Objects[0].Size(); got != c.want {
			t.Errorf("%s: gives %v, want %v", name, got, c.want)
		}
	}
}

func TestColumnWrapsText(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(""))
	text, below := NewParagraph("A sentence that is far too long for one line of this width."), box(10, 10)
	c := Column(4, text, below)
	c.Resize(fyne.NewSize(120, 400))
	lines := text.MinSize().Height / NewParagraph("x").MinSize().Height
	if lines < 2 || below.Position().Y != text.Size().Height+4 {
		t.Errorf("%v lines, and what is below is at %v", lines, below.Position())
	}
}

// Beside a title that needs the whole width there is no room for buttons.
func TestPromptShowsItsWholeTitle(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(""))
	for _, width := range []float32{296, 400, 500} {
		for _, title := range []string{"iPhone deleted a.jpg", "iPhone deleted Birthday Cake.jpg"} {
			p := NewPrompt(theme.ColorNameWarning, title, nil, NewButton("Undo", nil, 0, nil), NewCloseButton("Hide", nil))
			w := test.NewTempWindow(t, p.Content)
			w.Resize(fyne.NewSize(width, 200))
			var label *widget.Label
			for _, o := range test.LaidOutObjects(p.Content) {
				if l, ok := o.(*widget.Label); ok {
					label = l
				}
			}
			needed := fyne.MeasureText(title, theme.TextSize(), fyne.TextStyle{Bold: true}).Width + 2*theme.InnerPadding()
			if label.Size().Width < needed {
				t.Errorf("%q has %v in a window of %v, and needs %v.", title, label.Size().Width, width, needed)
			}
		}
	}
}
