package kit

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"

	"windowsill/app/words"
)

// ShowFolderDialog lets a person choose a folder, beginning at start, in a dialog of
// Fyne's as large as the window allows. picked gets "" if the person cancels.
func ShowFolderDialog(win fyne.Window, start string, picked func(path string, err error)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if u == nil {
			picked("", err)
			return
		}
		picked(u.Path(), err)
	}, win)
	showFileDialog(win, d, lang.L("Choose a folder"), start)
}

// ShowFileDialog lets a person choose a file in the same way: Fyne's dialog knows one at a
// time. picked gets nothing if the person cancels.
func ShowFileDialog(win fyne.Window, start string, picked func(paths []string, err error)) {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if f == nil {
			picked(nil, err)
			return
		}
		_ = f.Close() // only its name matters
		picked([]string{f.URI().Path()}, err)
	}, win)
	showFileDialog(win, d, lang.L("Choose files"), start)
}

func showFileDialog(win fyne.Window, d *dialog.FileDialog, title, start string) {
	d.SetConfirmText(lang.L("Choose"))
	d.SetTitleText(title)
	if u, err := storage.ListerForURI(storage.NewFileURI(start)); err == nil {
		d.SetLocation(u)
	}
	c := win.Canvas()
	onTypedKey := c.OnTypedKey()
	c.SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyEscape {
			d.Dismiss()
		}
	})
	d.SetOnClosed(func() { c.SetOnTypedKey(onTypedKey) })
	d.Show()
	d.Resize(c.Size().SubtractWidthHeight(2*Margin, 2*Margin)) // Fyne panics if this comes before Show
}

// ShowSaveDialog lets a person type the path of a new file, and asks before an older
// file is replaced. (Fyne's own dialog empties the file as soon as it is chosen: if
// saving then fails, both are lost.)
func ShowSaveDialog(win fyne.Window, suggested string, picked func(path string)) {
	e := NewEntry("")
	e.SetText(suggested)
	d := dialog.NewCustomConfirm(lang.L("Save as"), lang.L("Save"), lang.L("Cancel"), FixedWidth(420, e), func(save bool) {
		path := words.ParsePath(e.Text)
		if !save || path == "" {
			return
		}
		confirmReplacing(win, path, picked)
	}, win)
	e.OnSubmitted = func(string) { d.Confirm() }
	e.OnEscape = d.Dismiss
	d.Show()
	win.Canvas().Focus(e)
}

func confirmReplacing(win fyne.Window, path string, picked func(path string)) {
	if _, err := os.Lstat(path); err != nil {
		picked(path)
		return
	}
	d := dialog.NewConfirm(lang.L("Replace the file?"), lang.L("{{.Name}} is already there.", map[string]any{"Name": words.Visible(filepath.Base(path))}), func(replace bool) {
		if replace {
			picked(path)
		}
	}, win)
	d.SetConfirmText(lang.L("Replace"))
	d.SetDismissText(lang.L("Keep it"))
	d.Show()
}
