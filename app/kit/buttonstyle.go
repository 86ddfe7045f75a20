package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// ButtonStyle is the size of a button, and its colours unless its importance
// brings others.
type ButtonStyle struct {
	text                   fyne.ThemeSizeName
	icon, pad, radius      float32
	background, foreground fyne.ThemeColorName
}

// The styles of buttons.
var (
	PlainStyle = ButtonStyle{theme.SizeNameText, 18, 8, RadiusInner, theme.ColorNameButton, theme.ColorNameForeground}
	// BigStyle is for the one button that matters.
	BigStyle = ButtonStyle{theme.SizeNameSubHeadingText, 22, 12, 13, theme.ColorNameButton, theme.ColorNameForeground}
	// TintStyle is for buttons on ColorTint, where grey looks disabled.
	TintStyle = ButtonStyle{theme.SizeNameText, 18, 8, RadiusInner, colorRaised, theme.ColorNameForeground}
	// SmallStyle is for a button on a line with text.
	SmallStyle = ButtonStyle{theme.SizeNameCaptionText, 16, 5, RadiusInner, theme.ColorNameButton, theme.ColorNameForeground}
	// LinkStyle is for a short verb behind a line of text.
	LinkStyle = ButtonStyle{theme.SizeNameCaptionText, 16, 5, 6, theme.ColorNameButton, ColorAccent}
	// DigitsStyle is for digits that are read from a few steps away.
	DigitsStyle = ButtonStyle{sizeDigits, 16, 5, RadiusInner, theme.ColorNameButton, theme.ColorNameForeground}
	// QuietStyle is for a button that is seldom needed.
	QuietStyle = ButtonStyle{theme.SizeNameCaptionText, 16, 6, RadiusInner, theme.ColorNameButton, theme.ColorNamePlaceHolder}
)

// emphasis has the background and foreground of important buttons, in any style.
var emphasis = map[widget.Importance][2]fyne.ThemeColorName{
	widget.HighImportance:    {theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary},
	widget.DangerImportance:  {colorStop, colorPaper},
	widget.WarningImportance: {ColorCaution, theme.ColorNameWarning},
}

// colours returns the colours of the button in its present state. A button of
// low importance has a background only under the pointer.
func (r *buttonRenderer) colours() (background color.Color, foreground fyne.ThemeColorName) {
	names, ok := emphasis[r.Importance]
	if !ok {
		names = [2]fyne.ThemeColorName{r.Style.background, r.Style.foreground}
	}
	overlay := r.overlay()
	low := r.Importance == widget.LowImportance
	switch {
	case r.Disabled() && low:
		return color.Transparent, theme.ColorNameDisabled
	case r.Disabled():
		return theme.Color(theme.ColorNameDisabledButton), theme.ColorNameDisabled
	case overlay != "":
		return blend(theme.Color(names[0]), theme.Color(overlay)), names[1]
	case low:
		return color.Transparent, names[1]
	}
	return theme.Color(names[0]), names[1]
}

// overlay returns the colour that is laid over the background, "" for none.
func (r *buttonRenderer) overlay() fyne.ThemeColorName {
	switch {
	case r.state.pressed:
		return theme.ColorNamePressed
	case r.state.hovered:
		return theme.ColorNameHover
	}
	return ""
}

// ringInset is how far inside the edge the focus ring is, so that it can be seen
// whatever is around the button.
const ringInset = 2

// ringColor returns the colour of the focus ring.
func (r *buttonRenderer) ringColor() color.Color {
	if !r.state.focused || r.Disabled() {
		return color.Transparent
	}
	if names, ok := emphasis[r.Importance]; ok {
		return theme.Color(names[1])
	}
	return theme.Color(ColorAccent)
}

// blend returns a translucent colour on top of another one.
func blend(under, over color.Color) color.Color {
	u, o := color.NRGBAModel.Convert(under).(color.NRGBA), color.NRGBAModel.Convert(over).(color.NRGBA)
	mix := func(u, o, a uint8) uint8 { return uint8((int(u)*(255-int(a)) + int(o)*int(a)) / 255) }
	return color.NRGBA{mix(u.R, o.R, o.A), mix(u.G, o.G, o.A), mix(u.B, o.B, o.A), u.A}
}

// CreateRenderer is called by Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	segment := &widget.TextSegment{Style: widget.RichTextStyleStrong}
	r := &buttonRenderer{Button: b, background: &canvas.Rectangle{}, ring: &canvas.Rectangle{}, segment: segment, text: widget.NewRichText(segment), icon: widget.NewIcon(nil)}
	if b.Alignment == widget.ButtonAlignLeading { // its text is not a verb but a value
		r.text.Truncation, segment.Style.TextStyle.Bold = fyne.TextTruncateEllipsis, false
	}
	r.paint()
	return r
}

// buttonRenderer draws icon and text in the middle of the button, or over its
// whole width.
type buttonRenderer struct {
	*Button
	background *canvas.Rectangle
	ring       *canvas.Rectangle   // while the button has the focus
	segment    *widget.TextSegment // of text
	text       *widget.RichText
	icon       *widget.Icon
}

// paint draws the present state.
func (r *buttonRenderer) paint() {
	background, foreground := r.colours()
	r.background.FillColor, r.background.CornerRadius = background, r.Style.radius
	r.ring.FillColor, r.ring.StrokeColor, r.ring.StrokeWidth = color.Transparent, r.ringColor(), 1.5
	r.ring.CornerRadius, r.ring.Hidden = r.Style.radius-ringInset, !r.state.focused
	r.segment.Text, r.segment.Style.SizeName, r.segment.Style.ColorName = r.Text, r.Style.text, foreground
	r.text.Hidden, r.icon.Hidden = r.Text == "" || !r.IsDrawn(), r.Icon == nil || !r.IsDrawn()
	if r.Icon != nil {
		if icon := theme.NewColoredResource(r.Icon, foreground); r.icon.Resource == nil || r.icon.Resource.Name() != icon.Name() {
			r.icon.SetResource(icon)
		}
	}
}

func (r *buttonRenderer) Refresh() {
	r.paint()
	r.Layout(r.Button.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// contentSizes returns the room that icon and text need, without the padding
// that Fyne gives to text.
func (r *buttonRenderer) contentSizes() (icon, text fyne.Size) {
	if r.Icon != nil {
		icon = fyne.NewSquareSize(r.Style.icon)
	}
	if r.Text != "" {
		text = r.text.MinSize().SubtractWidthHeight(2*textPad(), 2*textPad())
	}
	return icon, text
}

// textPad is the room that Fyne leaves around text.
func textPad() float32 { return theme.Size(theme.SizeNameInnerPadding) }

// gap returns the room between icon and text.
func (r *buttonRenderer) gap() float32 {
	if r.Icon == nil || r.Text == "" {
		return 0
	}
	return theme.Size(theme.SizeNamePadding)
}

func (r *buttonRenderer) MinSize() fyne.Size {
	icon, text := r.contentSizes()
	return fyne.NewSize(icon.Width+r.gap()+text.Width+2*r.Style.pad, max(icon.Height, text.Height)+2*r.Style.pad)
}

func (r *buttonRenderer) Layout(s fyne.Size) {
	r.background.Resize(s)
	r.ring.Move(fyne.NewSquareOffsetPos(ringInset))
	r.ring.Resize(s.SubtractWidthHeight(2*ringInset, 2*ringInset))
	icon, text := r.contentSizes()
	x := (s.Width - icon.Width - r.gap() - text.Width) / 2
	if r.Alignment == widget.ButtonAlignLeading {
		x = r.Style.pad
		text.Width = s.Width - 2*x - icon.Width - r.gap()
	}
	iconX, textX := x, x+icon.Width+r.gap()
	if r.IconPlacement == widget.ButtonIconTrailingText {
		iconX, textX = x+text.Width+r.gap(), x
	}
	r.icon.Move(fyne.NewPos(iconX, (s.Height-icon.Height)/2))
	r.icon.Resize(icon)
	r.text.Move(fyne.NewPos(textX-textPad(), (s.Height-text.Height)/2-textPad()))
	r.text.Resize(text.AddWidthHeight(2*textPad(), 2*textPad()))
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.ring, r.icon, r.text}
}

func (r *buttonRenderer) Destroy() {}
