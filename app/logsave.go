package app

import (
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
	"windowsill/app/words"
)

// saveItems are the forms in which the log can be saved.
func (p *logPanel) saveItems() []*fyne.MenuItem {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("Save as a log file…"), func() { p.chooseFile(".log") }),
		fyne.NewMenuItem(lang.L("Save as a table (CSV)…"), func() { p.chooseFile(".csv") }),
	}
	for _, item := range items {
		item.Disabled = p.save.Disabled()
	}
	return items
}

// chooseFile asks where to save the log, and saves it there.
func (p *logPanel) chooseFile(extension string) {
	log := p.view.log
	name := "windowsill-" + time.Now().Format("2006-01-02-1504") + extension
	p.saveAs(name, func(path string) error { return saveLog(path, log) })
}

// saveLog writes the log to a file: as a table if its name says so, otherwise
// in the Combined Log Format. The file of that name appears, or is replaced,
// only when all of it is written.
func saveLog(path string, log requestLog) error {
	write := log.WriteCombined
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		write = log.WriteCSV
	}
	if err := kit.WriteFile(path, write); err != nil {
		return &words.Error{Text: lang.L("The log could not be saved as {{.Name}}. Choose another place.", map[string]any{"Name": words.Visible(filepath.Base(path))}), Err: err}
	}
	return nil
}
