package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
	"windowsill/assets"
)

// The limits that a person can choose; 0 is none.
var (
	speeds      = []int{0, 250_000, 1_000_000, 5_000_000, 20_000_000} // bytes per second
	connections = []int{0, 20, 100, 500}
	fileSizes   = []int{0, 10_000_000, 100_000_000, 1_000_000_000, 4_000_000_000}
	fileCounts  = []int{0, 10, 100, 1_000, 10_000, 100_000}
	totalSizes  = []int{0, 1_000_000_000, 10_000_000_000, 50_000_000_000, 200_000_000_000}
)

// newLimitSettings is how much of the network and of this computer devices get, and
// how much they may add. It counts at once, also for what is on its way.
func newLimitSettings(store *settings.Store, onChange func()) fyne.CanvasObject {
	speed := func(n int) string {
		return lang.L("{{.Size}} per second", map[string]any{"Size": words.Bytes(int64(n))})
	}
	size := func(n int) string { return words.Bytes(int64(n)) }
	count := func(n int) string {
		return lang.N("{{.Count}} connections", n, map[string]any{"Count": words.Number(int64(n))})
	}
	files := func(n int) string {
		return lang.N("{{.Count}} files", n, map[string]any{"Count": words.Number(int64(n))})
	}
	row := func(label string, key settings.Key[int], values []int, text func(int) string) fyne.CanvasObject {
		return newLimitRow(label, values, max(key.Get(store), 0), text, func(n int) { key.Set(store, n); onChange() })
	}
	return kit.Paragraphs(
		kit.SelectRows(
			row(lang.L("Downloads, all together"), settings.Speed, speeds, speed),
			row(lang.L("Downloads, each device"), settings.SpeedPerDevice, speeds, speed),
			row(lang.L("At the same time"), settings.Connections, connections, count),
			row(lang.L("Added files, each"), settings.AddedFile, fileSizes, size),
			row(lang.L("Added files, all together"), settings.AddedTotal, totalSizes, size),
			row(lang.L("Added files, how many"), settings.AddedFiles, fileCounts, files)),
		kit.NewHint(lang.L("A browser uses up to six connections.")+
			"\n"+lang.L("At least 512 MB of the drive always stay free.")))
}

// newLimitRow returns a label and a choice of numbers.
func newLimitRow(label string, values []int, now int, text func(int) string, onChosen func(int)) fyne.CanvasObject {
	options := make([]string, len(values))
	for i, n := range values {
		options[i] = text(n)
		if n == 0 {
			options[i] = lang.L("No limit")
		}
	}
	return kit.NewSelectRow(label, options, max(slices.Index(values, now), 0), func(i int) { onChosen(values[i]) })
}

// themes are the values of settings.Theme, in the order of the choice.
var themes = []string{"", "light", "dark"}

// newWindowSettings is the theme and the language of the window.
func newWindowSettings(store *settings.Store) fyne.CanvasObject {
	system := lang.L("System")
	tags := append([]string{""}, words.Languages(assets.Languages())...)
	names := make([]string, len(tags))
	for i, tag := range tags {
		if names[i] = system; tag != "" {
			names[i] = display.Self.Name(language.Make(tag))
		}
	}
	return kit.Paragraphs(
		kit.SelectRows(
			kit.NewSelectRow(lang.L("Theme"), []string{system, lang.L("Light"), lang.L("Dark")}, max(slices.Index(themes, settings.Theme.Get(store)), 0),
				func(i int) {
					settings.Theme.Set(store, themes[i])
					fyne.CurrentApp().Settings().SetTheme(kit.NewTheme(themes[i]))
				}),
			kit.NewSelectRow(lang.L("Language"), names, max(slices.Index(tags, settings.Language.Get(store)), 0),
				func(i int) { settings.Language.Set(store, tags[i]) })),
		kit.NewHint(lang.L("The language changes the next time Windowsill starts.")))
}

// newLogSettings lets the person have the log of requests in a file too.
func newLogSettings(c *control, store *settings.Store, reveal func(fyne.CanvasObject)) fyne.CanvasObject {
	failure := kit.NewParagraph("")
	failure.Importance = widget.DangerImportance
	failure.Hide()
	check := kit.NewCheck(lang.L("Write requests to a file"), nil)
	check.Checked = store.LogFile() != ""
	check.OnChanged = func(on bool) {
		settings.LogToFile.Set(store, on)
		path := store.LogFile()
		c.tryThen(func() error { return c.engine.SetLogFile(path) }, func(err error) {
			if err != nil {
				kit.SetText(failure, words.ErrorText(err))
			}
			if kit.SetShown(failure, err != nil); err != nil {
				reveal(failure)
			}
		})
	}
	path := kit.NewHint(words.Visible(words.ShortPath(settings.LogFilePath())))
	path.Wrapping = fyne.TextWrapBreak // a path may have no spaces
	size := kit.NewHint(lang.L("A new file begins at 10 MB; the last five are kept."))
	return kit.Paragraphs(kit.Option(check, kit.Paragraphs(path, size)), failure)
}
