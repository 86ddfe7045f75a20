package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
	"windowsill/assets"
)

// looks are the themes, as FYNE_THEME knows them; "" is that of the system.
var looks = []string{"", "light", "dark"}

// newLooksChoice is how the window looks and which language it speaks.
func newLooksChoice(store *settings.Store) fyne.CanvasObject {
	system := lang.L("as the system")
	tags := append([]string{""}, words.Languages(assets.Languages())...)
	names := make([]string, len(tags))
	for i, tag := range tags {
		if names[i] = system; tag != "" {
			names[i] = display.Self.Name(language.Make(tag))
		}
	}
	return kit.Paragraphs(
		kit.SelectRows(
			kit.NewSelectRow(lang.L("Colours"), []string{system, lang.L("light"), lang.L("dark")}, max(slices.Index(looks, settings.Theme.Get(store)), 0),
				func(i int) { settings.Theme.Set(store, looks[i]) }),
			kit.NewSelectRow(lang.L("Language"), names, max(slices.Index(tags, settings.Language.Get(store)), 0),
				func(i int) { settings.Language.Set(store, tags[i]) })),
		kit.NewHint(lang.L("It counts from the next start on. Pages follow the language and colours of the visitor’s browser.")))
}
