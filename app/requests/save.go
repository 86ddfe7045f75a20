package requests

import (
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
	"windowsill/app/words"
)

// saver saves the log. saveAs is that of [NewPanel].
type saver struct {
	lines  *lines
	saveAs func(name string, save func(path string) error)
}

// menuItems returns the formats in which the log can be saved.
func (s saver) menuItems() []*fyne.MenuItem {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("Save as a log file…"), func() { s.chooseFile(".log") }),
		fyne.NewMenuItem(lang.L("Save as a table (CSV)…"), func() { s.chooseFile(".csv") }),
	}
	for _, item := range items {
		item.Disabled = s.lines.log.Len() == 0
	}
	return items
}

// chooseFile asks for a path and saves the log there.
func (s saver) chooseFile(extension string) {
	log := s.lines.log
	name := "windowsill-" + time.Now().Format("2006-01-02-1504") + extension
	s.saveAs(name, func(path string) error { return save(path, log) })
}

// save writes a log to a file: as CSV if its name ends so, else in the Combined Log
// Format. The error is a sentence for a person.
func save(path string, log Log) error {
	write := log.WriteCombined
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		write = log.WriteCSV
	}
	if err := kit.WriteFile(path, write); err != nil {
		return &words.Error{Text: lang.L("The log could not be saved as {{.Name}}. Choose another place.", map[string]any{"Name": words.Visible(filepath.Base(path))}), Err: err}
	}
	return nil
}
