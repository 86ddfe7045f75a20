package app

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
)

// LogFile returns the path of the file that the person wants the requests to
// be written to as well, "" for none.
func (s *Settings) LogFile() string {
	if !s.Bool(keyLogFile) {
		return ""
	}
	return logFilePath()
}

// logFilePath is where the log file lies, "" where the person has no folder for
// such files.
func logFilePath() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "windowsill", "requests.log")
}

// newLogChoice lets the person have the requests in a file too.
func newLogChoice(c *control, m memory) fyne.CanvasObject {
	failure := kit.NewParagraph("")
	failure.Importance = widget.DangerImportance
	failure.Hide()
	choice := widget.NewCheck(lang.L("Also write the log to a file"), nil)
	choice.Checked = m.prefs.LogFile() != ""
	choice.OnChanged = func(on bool) {
		m.prefs.SetBool(keyLogFile, on)
		path := m.prefs.LogFile()
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
	where := kit.NewHint(words.Visible(words.ShortPath(logFilePath())))
	where.Wrapping = fyne.TextWrapBreak // a path may have no spaces
	size := kit.NewHint(lang.L("It holds 10 MB; the last five files before it stay beside it."))
	return kit.Paragraphs(kit.Option(choice, kit.Paragraphs(where, size)), failure)
}
