package app

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/words"
	"windowsill/server"
)

// step is one thing to do on a poster: a code to scan, and what to type
// instead.
type step struct {
	title string
	code  string
	lines []string
}

// posterSteps says what a guest does: join the Wi-Fi, if there is a code for
// that, and open the folder.
func posterSteps(s server.Snapshot, link server.Link, w server.WiFi) []step {
	open := step{code: link.URL, lines: []string{addressText(link.Plain)}}
	if s.Network.Name != "" {
		open.lines = append(open.lines, addressText(s.Network.Name))
	}
	if s.PIN.Digits != "" && !s.Policy.Open {
		open.lines = append(open.lines, lang.L("PIN {{.Digits}}", map[string]any{"Digits": spacedPIN(s.PIN.Digits)}))
	}
	if w.Name == "" {
		return []step{open}
	}
	join := step{title: lang.L("1 · Join the Wi-Fi"), code: w.Code(), lines: []string{words.Visible(w.Name)}}
	if w.Password != "" {
		join.lines = append(join.lines, words.Visible(w.Password))
	}
	open.title = lang.L("2 · Open the folder")
	return []step{join, open}
}

// newPoster draws steps side by side below a title: black on white, to be seen
// from afar or printed. It fills whatever place it gets.
func newPoster(title string, steps []step) fyne.CanvasObject {
	ground := canvas.NewRectangle(color.White)
	columns := container.NewGridWithColumns(len(steps))
	most := 0 // lines: all codes are to be of one size
	for _, s := range steps {
		most = max(most, len(s.lines))
	}
	for _, s := range steps {
		columns.Add(newStepColumn(s, most))
	}
	return container.NewStack(ground, container.New(posterLayout{}, newPosterText(title, true), columns))
}

// newStepColumn draws a step with room for so many lines.
func newStepColumn(s step, lines int) fyne.CanvasObject {
	code := newQRCode()
	code.set(s.code)
	column := container.New(stepLayout{}, code.raster, newPosterText(s.title, true))
	for i := range lines {
		text := ""
		if i < len(s.lines) {
			text = s.lines[i]
		}
		column.Add(newPosterText(text, i == 0))
	}
	return column
}

func newPosterText(text string, bold bool) *canvas.Text {
	t := canvas.NewText(text, color.Black)
	t.TextStyle.Bold, t.Alignment = bold, fyne.TextAlignCenter
	return t
}

// fit gives a text the size it would like, or the largest that there is room
// for.
func fit(t *canvas.Text, size, width float32) {
	t.TextSize = size
	if w := t.MinSize().Width; w > width && w > 0 {
		t.TextSize = size * width / w
	}
}

// posterLayout puts a title above the rest, and a margin around both.
type posterLayout struct{}

func (posterLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 150) }

func (posterLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	margin := min(s.Width, s.Height) / 20
	title := o[0].(*canvas.Text)
	fit(title, s.Height/12, s.Width-2*margin)
	height := title.MinSize().Height
	title.Move(fyne.NewPos(margin, margin))
	title.Resize(fyne.NewSize(s.Width-2*margin, height))
	o[1].Move(fyne.NewPos(margin, margin+height))
	o[1].Resize(fyne.NewSize(s.Width-2*margin, s.Height-2*margin-height))
}

// stepLayout puts a heading above a code and lines below it; the code is as
// large as can be.
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
