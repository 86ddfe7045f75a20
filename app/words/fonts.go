package words

import (
	"io"
	"log"
	"slices"

	"github.com/go-text/typesetting/fontscan"
	"golang.org/x/text/language"
)

// samples has characters of the scripts that Fyne's own font lacks. For those
// it takes a font of the system, if there is one.
var samples = map[string][]rune{
	"Jpan": []rune("共有"), "Hans": []rune("共享"), "Deva": []rune("साझा"),
}

// drawable reports whether Fyne can draw a language.
func drawable(tag language.Tag) bool {
	s, _ := tag.Script()
	switch s.String() {
	case "Arab", "Hebr":
		return false // Fyne has no right-to-left layout
	}
	sample := samples[s.String()]
	return len(sample) == 0 || systemHasGlyphs(sample)
}

// systemHasGlyphs reports whether the system's fonts have each of these
// characters. It reads only the index of fonts that Fyne uses as well: the
// fonts themselves are large.
func systemHasGlyphs(sample []rune) bool {
	fonts, err := fontscan.SystemFonts(log.New(io.Discard, "", 0), "")
	return err == nil && !slices.ContainsFunc(sample, func(r rune) bool {
		return !slices.ContainsFunc(fonts, func(f fontscan.Footprint) bool { return f.Runes.Contains(r) })
	})
}
