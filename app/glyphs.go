package app

import (
	"io"
	"log"
	"slices"

	"github.com/go-text/typesetting/fontscan"
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
	sample := samples[s.String()]
	return len(sample) == 0 || systemDraws(sample)
}

// systemDraws says whether each of the characters is in a font of the system.
// It asks the index alone, the same that Fyne uses: such fonts are large.
func systemDraws(sample []rune) bool {
	fonts, err := fontscan.SystemFonts(log.New(io.Discard, "", 0), "")
	return err == nil && !slices.ContainsFunc(sample, func(r rune) bool {
		return !slices.ContainsFunc(fonts, func(f fontscan.Footprint) bool { return f.Runes.Contains(r) })
	})
}
