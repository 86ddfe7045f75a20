package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// SheetStep is one thing to do: a code to scan, and what to type
// instead.
type SheetStep struct {
	Title string
	Code  string // what the QR code says
	Lines []string
}

// NewCodeSheet draws steps side by side below a title, black on white, to be seen
// from afar or printed. It fills its place.
func NewCodeSheet(title string, steps []SheetStep) fyne.CanvasObject {
	ground := canvas.NewRectangle(color.White)
	columns := container.NewGridWithColumns(len(steps))
	most := 0 // lines, so that all codes have one size
	for _, s := range steps {
		most = max(most, len(s.Lines))
	}
	for _, s := range steps {
		columns.Add(newStepColumn(s, most))
	}
	return container.NewStack(ground, container.New(sheetLayout{}, newSheetText(title, true), columns))
}

// newStepColumn draws a step with room for this many lines.
func newStepColumn(s SheetStep, lines int) fyne.CanvasObject {
	code := NewQRCode()
	code.Set(s.Code)
	column := container.New(stepLayout{}, code.raster, newSheetText(s.Title, true))
	for i := range lines {
		text := ""
		if i < len(s.Lines) {
			text = s.Lines[i]
		}
		column.Add(newSheetText(text, i == 0))
	}
	return column
}

func newSheetText(text string, bold bool) *canvas.Text {
	t := canvas.NewText(text, color.Black)
	t.TextStyle.Bold, t.Alignment = bold, fyne.TextAlignCenter
	return t
}

// fit gives text this size, or the largest that there is room for.
func fit(t *canvas.Text, size, width float32) {
	t.TextSize = size
	if w := t.MinSize().Width; w > width && w > 0 {
		t.TextSize = size * width / w
	}
}

// sheetLayout puts a title above the rest, with a margin around both.
type sheetLayout struct{}

func (sheetLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 150) }

func (sheetLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	margin := min(s.Width, s.Height) / 20
	title := o[0].(*canvas.Text)
	fit(title, s.Height/12, s.Width-2*margin)
	height := title.MinSize().Height
	title.Move(fyne.NewPos(margin, margin))
	title.Resize(fyne.NewSize(s.Width-2*margin, height))
	o[1].Move(fyne.NewPos(margin, margin+height))
	o[1].Resize(fyne.NewSize(s.Width-2*margin, s.Height-2*margin-height))
}

// stepLayout puts a title above a code and lines below it. The code is as large
// as possible.
type stepLayout struct{}

func (stepLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(80, 100) }

func (stepLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	size := s.Height / 16
	var texts float32
	for i, c := range o[1:] {
		t := c.(*canvas.Text)
		fit(t, size, s.Width*0.94)
		if i > 0 || t.Text != "" {
			texts += t.MinSize().Height
		}
	}
	side := max(0, min(s.Width, s.Height-texts))
	y := (s.Height - side - texts) / 2
	put := func(c fyne.CanvasObject, width, height float32) {
		c.Resize(fyne.NewSize(width, height))
		c.Move(fyne.NewPos((s.Width-width)/2, y))
		y += height
	}
	if t := o[1].(*canvas.Text); t.Text != "" {
		put(t, s.Width, t.MinSize().Height)
	}
	put(o[0], side, side)
	for _, c := range o[2:] {
		put(c, s.Width, c.MinSize().Height)
	}
}
