package app

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// buttonLook is how large a button is, and the colours of one that does not
// stand out by its importance.
type buttonLook struct {
	text              fyne.ThemeSizeName
	icon, pad, radius float32
	ground, ink       fyne.ThemeColorName
}

var (
	plainLook = buttonLook{theme.SizeNameText, 18, 8, radiusInner, theme.ColorNameButton, theme.ColorNameForeground}
	// bigLook is for the one button that matters.
	bigLook = buttonLook{theme.SizeNameSubHeadingText, 22, 14, 13, theme.ColorNameButton, theme.ColorNameForeground}
	// tintLook is for what lies on colorTint, where grey looks dead.
	tintLook = buttonLook{theme.SizeNameText, 18, 8, radiusInner, colorRaised, theme.ColorNameForeground}
	// tabLook is for a choice between views, on a grey ground.
	tabLook = buttonLook{theme.SizeNameCaptionText, 18, 5, 8, colorRaised, theme.ColorNameForeground}
	// digitsLook is for digits to be read from a few steps away.
	digitsLook = buttonLook{sizeDigits, 16, 5, radiusInner, theme.ColorNameButton, theme.ColorNameForeground}
	// quietLook is for a button that one seldom needs.
	quietLook = buttonLook{theme.SizeNameCaptionText, 16, 6, radiusInner, theme.ColorNameButton, theme.ColorNamePlaceHolder}
)

// standingOut are the grounds and inks of buttons of importance, whatever
// their look.
var standingOut = map[widget.Importance][2]fyne.ThemeColorName{
	widget.HighImportance:    {theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary},
	widget.DangerImportance:  {colorStop, colorPaper},
	widget.WarningImportance: {colorCaution, theme.ColorNameWarning},
}

// colours returns the ground and the ink of the button as it is now. One of
// low importance has a ground only while something is done with it.
func (b *button) colours() (ground color.Color, ink fyne.ThemeColorName) {
	names, ok := standingOut[b.Importance]
	if !ok {
		names = [2]fyne.ThemeColorName{b.look.ground, b.look.ink}
	}
	over := b.over()
	low := b.Importance == widget.LowImportance
	switch {
	case b.Disabled() && low:
		return color.Transparent, theme.ColorNameDisabled
	case b.Disabled():
		return theme.Color(theme.ColorNameDisabledButton), theme.ColorNameDisabled
	case over != "":
		return blend(theme.Color(names[0]), theme.Color(over)), names[1]
	case low:
		return color.Transparent, names[1]
	}
	return theme.Color(names[0]), names[1]
}

// over is the colour that is laid over the ground, "" for none.
func (b *button) over() fyne.ThemeColorName {
	switch {
	case b.pressed:
		return theme.ColorNamePressed
	case b.hovered:
		return theme.ColorNameHover
	}
	return ""
}

// ringInset is how far the line lies inside of the edge: so it is seen on
// whatever the button lies.
const ringInset = 2

// ring is the colour of the line in a button that has the focus.
func (b *button) ring() color.Color {
	if !b.focused || b.Disabled() {
		return color.Transparent
	}
	if names, ok := standingOut[b.Importance]; ok {
		return theme.Color(names[1])
	}
	return theme.Color(colorAccent)
}

// blend lays a thin colour over another one.
func blend(under, over color.Color) color.Color {
	u, o := color.NRGBAModel.Convert(under).(color.NRGBA), color.NRGBAModel.Convert(over).(color.NRGBA)
	mix := func(u, o, a uint8) uint8 { return uint8((int(u)*(255-int(a)) + int(o)*int(a)) / 255) }
	return color.NRGBA{mix(u.R, o.R, o.A), mix(u.G, o.G, o.A), mix(u.B, o.B, o.A), u.A}
}

// CreateRenderer is called by Fyne.
func (b *button) CreateRenderer() fyne.WidgetRenderer {
	segment := &widget.TextSegment{Style: widget.RichTextStyleStrong}
	r := &buttonRenderer{button: b, ground: &canvas.Rectangle{}, line: &canvas.Rectangle{}, segment: segment, text: widget.NewRichText(segment), icon: widget.NewIcon(nil)}
	if b.Alignment == widget.ButtonAlignLeading { // what it says is no verb, but what holds
		r.text.Truncation, segment.Style.TextStyle.Bold = fyne.TextTruncateEllipsis, false
	}
	r.paint()
	return r
}

// buttonRenderer draws a button: icon and text in the middle, or from the left
// to the right.
type buttonRenderer struct {
	*button
	ground  *canvas.Rectangle
	line    *canvas.Rectangle   // while it has the focus
	segment *widget.TextSegment // of text
	text    *widget.RichText
	icon    *widget.Icon
}

// paint takes over what the button says and how.
func (r *buttonRenderer) paint() {
	ground, ink := r.colours()
	r.ground.FillColor, r.ground.CornerRadius = ground, r.look.radius
	r.line.FillColor, r.line.StrokeColor, r.line.StrokeWidth = color.Transparent, r.ring(), 1.5
	r.line.CornerRadius, r.line.Hidden = r.look.radius-ringInset, !r.focused
	r.segment.Text, r.segment.Style.SizeName, r.segment.Style.ColorName = r.Text, r.look.text, ink
	r.text.Hidden, r.icon.Hidden = r.Text == "", r.Icon == nil
	if r.Icon != nil {
		if icon := theme.NewColoredResource(r.Icon, ink); r.icon.Resource == nil || r.icon.Resource.Name() != icon.Name() {
			r.icon.SetResource(icon)
		}
	}
}

func (r *buttonRenderer) Refresh() {
	r.paint()
	r.Layout(r.button.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// inside is the room that icon and text need; the text brings padding of its
// own, which is taken off.
func (r *buttonRenderer) inside() (icon, text fyne.Size) {
	if !r.icon.Hidden {
		icon = fyne.NewSquareSize(r.look.icon)
	}
	if !r.text.Hidden {
		text = r.text.MinSize().SubtractWidthHeight(2*textPad(), 2*textPad())
	}
	return icon, text
}

// textPad is how much room Fyne leaves around a text.
func textPad() float32 { return theme.Size(theme.SizeNameInnerPadding) }

// between is the gap between icon and text.
func (r *buttonRenderer) between() float32 {
	if r.icon.Hidden || r.text.Hidden {
		return 0
	}
	return theme.Size(theme.SizeNamePadding)
}

func (r *buttonRenderer) MinSize() fyne.Size {
	icon, text := r.inside()
	return fyne.NewSize(icon.Width+r.between()+text.Width+2*r.look.pad, max(icon.Height, text.Height)+2*r.look.pad)
}

func (r *buttonRenderer) Layout(s fyne.Size) {
	r.ground.Resize(s)
	r.line.Move(fyne.NewSquareOffsetPos(ringInset))
	r.line.Resize(s.SubtractWidthHeight(2*ringInset, 2*ringInset))
	icon, text := r.inside()
	x := (s.Width - icon.Width - r.between() - text.Width) / 2
	if r.Alignment == widget.ButtonAlignLeading {
		x = r.look.pad
		text.Width = s.Width - 2*x - icon.Width - r.between()
	}
	iconX, textX := x, x+icon.Width+r.between()
	if r.IconPlacement == widget.ButtonIconTrailingText {
		iconX, textX = x+text.Width+r.between(), x
	}
	r.icon.Move(fyne.NewPos(iconX, (s.Height-icon.Height)/2))
	r.icon.Resize(icon)
	r.text.Move(fyne.NewPos(textX-textPad(), (s.Height-text.Height)/2-textPad()))
	r.text.Resize(text.AddWidthHeight(2*textPad(), 2*textPad()))
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.line, r.icon, r.text}
}

func (r *buttonRenderer) Destroy() {}
