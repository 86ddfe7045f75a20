package app

import (
	"io"
	"log"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	script "github.com/go-text/typesetting/language"
	"golang.org/x/text/language"
)

// samples are characters of those scripts that Fyne has no glyphs for: it
// takes them from a font of the system, if there is one.
var samples = map[string][]rune{
	"Jpan": []rune("共有"), "Hans": []rune("共享"), "Deva": []rune("साझा"),
}

// drawable says whether the window can be drawn in a language.
func drawable(tag language.Tag) bool {
	s, _ := tag.Script()
	switch s.String() {
	case "Arab", "Hebr":
		return false // Fyne has no layout from right to left
	}
	for _, r := range samples[s.String()] {
		if !systemFonts().draw(r) {
			return false
		}
	}
	return true
}

// glyphs are the fonts that the system has.
type glyphs struct{ fonts *fontscan.FontMap }

var systemFonts = sync.OnceValue(func() glyphs {
	fonts := fontscan.NewFontMap(log.New(io.Discard, "", 0))
	if err := fonts.UseSystemFonts(""); err != nil { // as Fyne does, which would show no character then
		return glyphs{}
	}
	fonts.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}, Aspect: font.Aspect{}})
	return glyphs{fonts}
})

func (g glyphs) draw(r rune) bool {
	if g.fonts == nil {
		return false
	}
	g.fonts.SetScript(script.LookupScript(r))
	face := g.fonts.ResolveFace(r)
	if face == nil {
		return false
	}
	_, ok := face.NominalGlyph(r)
	return ok
}
