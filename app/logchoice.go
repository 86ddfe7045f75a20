package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
)

// newLogChoice lets the person have the requests in a file too.
func newLogChoice(c *control, store *settings.Store) fyne.CanvasObject {
	failure := kit.NewParagraph("")
	failure.Importance = widget.DangerImportance
	failure.Hide()
	choice := widget.NewCheck(lang.L("Also write the log to a file"), nil)
	choice.Checked = store.LogFile() != ""
	choice.OnChanged = func(on bool) {
		settings.LogToFile.Set(store, on)
		path := store.LogFile()
		c.order(func() {
			err := c.engine.SetLogFile(path)
			c.onUI(func() {
				if err != nil {
					kit.SetText(failure, lang.L("This could not be changed: {{.Reason}}", map[string]any{"Reason": err.Error()}))
				}
				kit.SetShown(failure, err != nil)
			})
		})
	}
	where := kit.NewHint(words.Visible(words.ShortPath(settings.LogFilePath())))
	where.Wrapping = fyne.TextWrapBreak // a path may have no spaces
	size := kit.NewHint(lang.L("It holds 10 MB; the last five files before it stay beside it."))
	return kit.Paragraphs(kit.Option(choice, kit.Paragraphs(where, size)), failure)
}
