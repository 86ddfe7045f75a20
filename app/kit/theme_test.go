package kit

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// luminance and contrast are those of WCAG 2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrastOfText(t *testing.T) {
	grounds := map[fyne.ThemeColorName][]fyne.ThemeColorName{ // words on them
		theme.ColorNameBackground:      {theme.ColorNameForeground, theme.ColorNamePlaceHolder, theme.ColorNameError},
		ColorSurface:                   {theme.ColorNameForeground, theme.ColorNamePlaceHolder, theme.ColorNameError, theme.ColorNameSuccess, theme.ColorNameWarning, ColorAccent},
		ColorInset:                     {theme.ColorNameForeground, theme.ColorNamePlaceHolder, ColorAccent},
		ColorTint:                      {theme.ColorNameForeground, theme.ColorNamePlaceHolder, theme.ColorNameError, ColorAccent},
		colorRaised:                    {theme.ColorNameForeground},
		ColorLive:                      {theme.ColorNameSuccess},
		ColorCaution:                   {theme.ColorNameWarning},
		ColorAlarm:                     {theme.ColorNameError, theme.ColorNameForeground},
		colorStop:                      {colorPaper},
		theme.ColorNamePrimary:         {theme.ColorNameForegroundOnPrimary},
		theme.ColorNameButton:          {theme.ColorNameForeground, theme.ColorNamePlaceHolder},
		theme.ColorNameInputBackground: {theme.ColorNameForeground, theme.ColorNamePlaceHolder},
	}
	th := NewTheme("")
	for name, v := range map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark} {
		for ground, words := range grounds {
			for _, w := range words {
				if c := contrast(th.Color(ground, v), th.Color(w, v)); c < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.1f, less than 4.5.", name, w, ground, c)
				}
			}
		}
	}
}

// WCAG 2.2, 1.4.11 asks 3:1 of what shows that there is something to tick.
func TestContrastOfBorders(t *testing.T) {
	th := NewTheme("")
	for _, v := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		if c := contrast(th.Color(ColorSurface, v), th.Color(theme.ColorNameInputBorder, v)); c < 3 {
			t.Errorf("variant %d: the border has a contrast of %.1f, less than 3.", v, c)
		}
	}
}

func TestPaperIsWhite(t *testing.T) {
	for _, v := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		if NewTheme("").Color(colorPaper, v) != (color.NRGBA{R: 255, G: 255, B: 255, A: 255}) {
			t.Errorf("variant %d: QR codes need white paper.", v)
		}
	}
}
