package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colours that Fyne has no name for. Look them up with theme.Color whenever
// something is drawn: the system may change between light and dark.
const (
	ColorSurface = fyne.ThemeColorName("surface") // cards, one step lighter than the background
	ColorInset   = fyne.ThemeColorName("inset")   // what is in a card
	ColorTint    = fyne.ThemeColorName("tint")    // a thin accent: chips, the place to drop a folder
	colorRaised  = fyne.ThemeColorName("raised")  // buttons on ColorTint
	ColorAccent  = fyne.ThemeColorName("accent")  // the accent for pictures and text
	ColorLive    = fyne.ThemeColorName("live")    // behind text in ColorNameSuccess
	ColorCaution = fyne.ThemeColorName("caution") // behind text in ColorNameWarning
	ColorAlarm   = fyne.ThemeColorName("alarm")   // behind text in ColorNameError
	colorStop    = fyne.ThemeColorName("stop")    // buttons that end something
	colorPaper   = fyne.ThemeColorName("paper")   // behind the QR code: always white
)

// sizeDigits is for digits that are read from a few steps away.
const sizeDigits = fyne.ThemeSizeName("digits")

// Sizes that all panels share, in device-independent pixels.
const (
	RadiusCard  = 16
	RadiusInner = 10
	Gutter      = 16 // between cards
	Margin      = 18 // around everything
)

// palette has a colour for each variant, as 0xRRGGBBAA.
type palette struct{ light, dark uint32 }

var palettes = map[fyne.ThemeColorName]palette{
	ColorSurface: {0xffffffff, 0x1b1e27ff},
	ColorInset:   {0xf6f7fbff, 0x14161dff},
	ColorTint:    {0xeef0ffff, 0x232843ff},
	colorRaised:  {0xffffffff, 0x343b60ff},
	ColorAccent:  {0x4353d9ff, 0x98a3ffff},
	ColorLive:    {0xdcf5e8ff, 0x12352aff},
	ColorCaution: {0xfff3d6ff, 0x362b12ff},
	ColorAlarm:   {0xfdeaeaff, 0x3a1b20ff},
	colorStop:    {0xc92a2aff, 0xd23c42ff},
	colorPaper:   {0xffffffff, 0xffffffff},

	theme.ColorNameBackground:          {0xf2f3f8ff, 0x111318ff},
	theme.ColorNameForeground:          {0x171a24ff, 0xeceef4ff},
	theme.ColorNamePlaceHolder:         {0x5c6577ff, 0x9aa2b3ff},
	theme.ColorNameDisabled:            {0x5c6577ff, 0x9aa2b3ff}, // Fyne draws quiet labels in it: it has to be readable
	theme.ColorNamePrimary:             {0x4353d9ff, 0x5263f2ff},
	theme.ColorNameForegroundOnPrimary: {0xffffffff, 0xffffffff},
	theme.ColorNameHyperlink:           {0x4353d9ff, 0x98a3ffff},
	theme.ColorNameFocus:               {0x4353d952, 0x98a3ff66},
	theme.ColorNameSelection:           {0x4353d940, 0x98a3ff55},
	theme.ColorNameHover:               {0x171a240f, 0xffffff14},
	theme.ColorNamePressed:             {0x171a2426, 0xffffff2e},
	theme.ColorNameSuccess:             {0x0b7547ff, 0x3ddc97ff},
	theme.ColorNameForegroundOnSuccess: {0xffffffff, 0x0b1a13ff},
	theme.ColorNameWarning:             {0x8a5a00ff, 0xf5c04dff},
	theme.ColorNameForegroundOnWarning: {0xffffffff, 0x1d1503ff},
	theme.ColorNameError:               {0xc92a2aff, 0xf0686cff},
	theme.ColorNameForegroundOnError:   {0xffffffff, 0x1c0607ff},
	theme.ColorNameButton:              {0xe8eaf3ff, 0x2a2f3cff},
	theme.ColorNameDisabledButton:      {0xe8eaf3ff, 0x222632ff},
	theme.ColorNameInputBackground:     {0xffffffff, 0x14161dff},
	theme.ColorNameInputBorder:         {0x858da2ff, 0x6b738bff},
	theme.ColorNameSeparator:           {0xe3e6eeff, 0x2a2f3bff},
	theme.ColorNameScrollBar:           {0x171a2459, 0xffffff59},
	theme.ColorNameOverlayBackground:   {0xffffffff, 0x1f232dff},
	theme.ColorNameMenuBackground:      {0xffffffff, 0x232834ff},
	theme.ColorNameHeaderBackground:    {0xf6f7fbff, 0x14161dff},
	theme.ColorNameShadow:              {0x1a20451f, 0x00000066},
}

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNamePadding:         4,
	theme.SizeNameInnerPadding:    8,
	theme.SizeNameInlineIcon:      18,
	theme.SizeNameText:            14,
	theme.SizeNameCaptionText:     12,
	theme.SizeNameSubHeadingText:  17,
	theme.SizeNameHeadingText:     23,
	sizeDigits:                    20,
	theme.SizeNameInputRadius:     RadiusInner,
	theme.SizeNameButtonRadius:    RadiusInner,
	theme.SizeNameSelectionRadius: 6,
	theme.SizeNamePopupRadius:     RadiusInner,
	theme.SizeNameMenuRadius:      RadiusInner,
	theme.SizeNameDialogRadius:    RadiusCard,
	theme.SizeNameScrollBarSmall:  4,
	theme.SizeNameScrollBarRadius: 4,
}

// windowTheme has quiet greys, one accent, green only for what is live and red
// only for stopping and failing. The rest is Fyne's.
type windowTheme struct {
	fyne.Theme
	look string // see NewTheme
}

// NewTheme returns the theme of the window: "light" or "dark", or with "" as the system
// is.
func NewTheme(look string) fyne.Theme { return windowTheme{theme.DefaultTheme(), look} }

// Color returns a colour by its name.
func (t windowTheme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch t.look {
	case "light":
		v = theme.VariantLight
	case "dark":
		v = theme.VariantDark
	}
	p, ok := palettes[n]
	if !ok {
		return t.Theme.Color(n, v)
	}
	c := p.dark
	if v == theme.VariantLight {
		c = p.light
	}
	return color.NRGBA{R: uint8(c >> 24), G: uint8(c >> 16), B: uint8(c >> 8), A: uint8(c)}
}

// Size returns a size by its name.
func (t windowTheme) Size(n fyne.ThemeSizeName) float32 {
	if s, ok := sizes[n]; ok {
		return s
	}
	return t.Theme.Size(n)
}
