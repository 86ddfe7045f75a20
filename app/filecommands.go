package app

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/desktop"
	"windowsill/app/kit"
)

// fileCommands is what the person can do with files on this computer: those of the share,
// and those that came in.
type fileCommands struct {
	app     fyne.App
	control *control
	asker   *kit.Asker
	remarks *remarks
	forget  func(upload uint64) // takes a file that came in out of the list
	redraw  func()
}

func newFileCommands(w *Window) *fileCommands {
	return &fileCommands{
		app: w.app, control: w.control, asker: w.asker, remarks: w.owner.remarks,
		forget: func(upload uint64) { w.view.lists.received.forget(upload) }, redraw: w.redraw,
	}
}

// openFolder shows a folder of the share in the system's file manager.
func (f *fileCommands) openFolder(folder string) {
	at := filepath.ToSlash(folder)
	if !strings.HasPrefix(at, "/") {
		at = "/" + at // before the letter of a drive
	}
	f.control.tryThen(func() error { return f.app.OpenURL(&url.URL{Scheme: "file", Path: at}) }, func(err error) {
		if err != nil {
			f.control.report(errNotOpened)
		}
	})
}

// openReceived opens a file that came in with the person's program for it.
func (f *fileCommands) openReceived(path string) {
	at := filepath.ToSlash(path)
	if !strings.HasPrefix(at, "/") {
		at = "/" + at // before the letter of a drive
	}
	f.control.tryThen(func() error { return f.app.OpenURL(&url.URL{Scheme: "file", Path: at}) }, func(err error) {
		if err != nil {
			f.control.report(errFileNotOpened)
		}
	})
}

// copyReceived copies a picture that came in, or the text of a file.
func (f *fileCommands) copyReceived(path string) {
	if isPictured(path) {
		f.copyPicture(path)
		return
	}
	var text string
	f.control.background(func() (err error) {
		text, err = readText(path)
		return err
	}, func(err error) {
		if err != nil {
			f.control.report(errNotCopied)
			return
		}
		kit.CopyText(text)
		f.remarks.add(lang.L("Copied"), "", nil)
	})
}

func (f *fileCommands) copyPicture(path string) {
	f.control.background(func() error {
		png, err := readPicture(f.control.life, path, f.control.engine.Picture)
		if err != nil {
			return err
		}
		return desktop.CopyPicture(f.control.life, png)
	}, func(err error) {
		if err != nil {
			f.control.report(errPictureNotCopied)
			return
		}
		f.remarks.add(lang.L("Copied"), "", nil)
	})
}

// deleteReceived asks whether a file that came in is to be deleted.
func (f *fileCommands) deleteReceived(r receivedFile) {
	q := kit.Question{
		Title: lang.L("Delete “{{.Name}}”?", map[string]any{"Name": baseName(r.path)}),
		Body:  lang.L("It is deleted from this computer for good."),
		Yes:   lang.L("Delete"), No: lang.L("Keep it"), Danger: true,
	}
	q.OnYes = func() {
		f.control.background(func() error { return os.Remove(r.path) }, func(err error) {
			if err != nil && !os.IsNotExist(err) {
				f.control.report(errNotDeleted)
				return
			}
			f.forget(r.id)
			f.redraw()
		})
	}
	f.asker.Ask(q)
}
