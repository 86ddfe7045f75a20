package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"

	"windowsill/app/kit"
	"windowsill/app/words"
)

// errNoChooser says that the system has no dialog to choose with. The window
// then shows one of its own.
var errNoChooser = errors.New("no dialog to choose with")

// chooseFolder lets the person choose a folder, beginning at start (which may
// be ""), in the system's own dialog where there is one. It returns at once;
// picked gets the path by way of onUI, or "" if the person thought better of
// it. When ctx ends the dialog goes, and picked is not called any more.
func chooseFolder(ctx context.Context, win fyne.Window, start string, onUI func(func()), picked func(path string, err error)) {
	parent := nativeHandle(win)
	go func() {
		path, err := systemFolder(ctx, parent, start)
		switch {
		case ctx.Err() != nil:
		case errors.Is(err, errNoChooser):
			onUI(func() { showFolderDialog(win, start, picked) })
		default:
			onUI(func() { picked(path, err) })
		}
	}()
}

// chooseNewFile lets the person say where a file of that name should go, in
// the same way. Then it calls save, away from Fyne's goroutine, and shows the
// error if there is one.
func chooseNewFile(ctx context.Context, win fyne.Window, name string, onUI func(func()), save func(path string) error) {
	parent := nativeHandle(win)
	go func() {
		path, err := systemNewFile(ctx, parent, name)
		switch {
		case ctx.Err() != nil:
		case errors.Is(err, errNoChooser):
			onUI(func() {
				showNewFileDialog(win, name, func(path string) { go saveTo(win, onUI, path, save) })
			})
		case err != nil:
			onUI(func() { dialog.ShowError(translated{err}, win) })
		case path != "":
			saveTo(win, onUI, path, save)
		}
	}()
}

// saveTo saves, and shows the error if there is one.
func saveTo(win fyne.Window, onUI func(func()), path string, save func(path string) error) {
	if err := save(path); err != nil {
		onUI(func() { dialog.ShowError(translated{err}, win) })
	}
}

// showFolderDialog is for systems without a dialog of their own. It is as
// large as the window allows.
func showFolderDialog(win fyne.Window, start string, picked func(path string, err error)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if u == nil {
			picked("", err)
			return
		}
		picked(u.Path(), err)
	}, win)
	d.SetConfirmText(lang.L("Choose"))
	d.SetTitleText(lang.L("Choose a folder"))
	if u, err := storage.ListerForURI(storage.NewFileURI(existingFolder(start))); err == nil {
		d.SetLocation(u)
	}
	c := win.Canvas()
	typed := c.OnTypedKey()
	c.SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyEscape {
			d.Dismiss()
		}
	})
	d.SetOnClosed(func() { c.SetOnTypedKey(typed) })
	d.Show()
	d.Resize(c.Size().SubtractWidthHeight(2*kit.Margin, 2*kit.Margin)) // Fyne panics if this comes before Show
}

// existingFolder returns the folder, or the nearest one above it that is
// there, or the home folder.
func existingFolder(path string) string {
	for path != "" {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return path
		}
		up := filepath.Dir(path)
		if up == path || up == "." {
			break
		}
		path = up
	}
	return homeFolder()
}

func homeFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return string(filepath.Separator)
	}
	return home
}

// showNewFileDialog asks for the path of a new file, and once more before an
// older file would be replaced. (Fyne's own dialog empties the file as soon as
// it is chosen: if writing then failed, both would be lost.)
func showNewFileDialog(win fyne.Window, name string, picked func(path string)) {
	e := kit.NewEntry("")
	e.SetText(filepath.Join(homeFolder(), name))
	d := dialog.NewCustomConfirm(lang.L("Save as"), lang.L("Save"), lang.L("Cancel"), kit.FixedWidth(420, e), func(save bool) {
		path := typedPath(e.Text)
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
