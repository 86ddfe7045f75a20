package app

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

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
	if err := writeWhole(path, write); err != nil {
		return said{lang.L("The log could not be saved as {{.Name}}. Choose another place.", map[string]any{"Name": words.Visible(filepath.Base(path))}), err}
	}
	return nil
}

// writeWhole writes a file beside its place and then moves it there.
func writeWhole(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".windowsill-*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err = write(f); err != nil {
		return err
	}
	if err = f.Chmod(0o644); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
