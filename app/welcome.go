package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
)

// newWelcome is shown until something has happened: it says the next steps.
func newWelcome() fyne.CanvasObject {
	texts := kit.TextStack(
		kit.Centered(kit.NewHeading(lang.L("Ready when you are"))),
		kit.Centered(kit.NewCaption(lang.L("Nothing is shared. Nobody can see your files."))),
	)
	steps := container.NewCenter(kit.FixedWidth(270, kit.VStack(2,
		newStep("1", lang.L("Press Share"), lang.L("It appears on your network.")),
		newStep("2", lang.L("Scan the code"), lang.L("With a phone on the same Wi-Fi.")),
		newStep("3", lang.L("That’s all"), lang.L("It opens in the browser.")),
	)))
	return kit.NewPanel(8, container.New(welcomeLayout{}, newIllustration(), texts, steps))
}

// welcomeLayout puts picture, text and steps into the middle. Where the window is too low
// for all of them it hides the picture first, then the steps.
type welcomeLayout struct{}

const welcomeGap = 14

func (welcomeLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[2].MinSize().Width, o[1].MinSize().Height)
}

func (welcomeLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	picture, texts, steps := o[0].MinSize().Height, o[1].MinSize().Height, o[2].MinSize().Height
	kit.SetShown(o[2], texts+welcomeGap+steps <= s.Height)
	kit.SetShown(o[0], picture+texts+steps+2*welcomeGap <= s.Height)
	height := float32(-welcomeGap)
	for _, c := range o {
		if c.Visible() {
			height += c.MinSize().Height + welcomeGap
		}
	}
	y := (s.Height - height) / 2
	for _, c := range o {
		if c.Visible() {
			c.Move(fyne.NewPos(0, y))
			c.Resize(fyne.NewSize(s.Width, c.MinSize().Height))
			y += c.MinSize().Height + welcomeGap
		}
	}
}

// newStep is one instruction with its number.
func newStep(number, title, body string) fyne.CanvasObject {
	style := widget.RichTextStyleStrong
	style.ColorName = kit.ColorAccent
	n := widget.NewRichText(&widget.TextSegment{Text: number, Style: style})
	disc := kit.NewCard(kit.ColorTint, "", 16, 0, container.NewGridWrap(fyne.NewSquareSize(32), container.NewCenter(n)))
	text := kit.NewCaption(body)
	text.SizeName = theme.SizeNameText
	return kit.Border(nil, nil, container.NewCenter(disc), nil, kit.TextStack(kit.NewStrong(title), text))
}

// illustration is a computer and a phone, and what goes between them.
type illustration struct {
	widget.BaseWidget
	dots [3]*canvas.Circle
}

func newIllustration() *illustration {
	s := &illustration{}
	for i := range s.dots {
		s.dots[i] = &canvas.Circle{}
	}
	s.ExtendBaseWidget(s)
	s.paint()
	return s
}

func (s *illustration) paint() {
	for _, d := range s.dots {
		d.FillColor = theme.Color(kit.ColorAccent)
	}
}

// Refresh draws the picture in the colours of the present theme.
func (s *illustration) Refresh() {
	s.paint()
	s.BaseWidget.Refresh()
}

// CreateRenderer is called by Fyne.
func (s *illustration) CreateRenderer() fyne.WidgetRenderer {
	dots := container.NewHBox()
	for i, d := range s.dots {
		side := float32(4 + i)
		dots.Add(container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(side), d)))
	}
	return widget.NewSimpleRenderer(container.NewCenter(container.NewHBox(
		kit.CenteredIcon(theme.NewThemedResource(kit.IconLaptop), 58), kit.Padded(0, 0, 6, 4, dots), kit.CenteredIcon(kit.Accented(kit.IconPhone), 48),
	)))
}
