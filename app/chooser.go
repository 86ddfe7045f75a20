package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/desktop"
	"windowsill/app/kit"
	"windowsill/app/words"
)

// chooseFolder lets the person choose a folder, beginning at start (which may be ""),
// in the desktop's dialog, or in one of the window if the desktop has none. It
// returns at once. picked gets the path by way of onUI, or "" if the person cancels.
// When ctx is done the dialog closes and picked is no longer called.
func chooseFolder(ctx context.Context, win fyne.Window, start string, onUI func(func()), picked func(path string, err error)) {
	d := desktop.Dialog{Parent: nativeHandle(win), Title: lang.L("Choose a folder"), Accept: lang.L("Choose")}
	go func() {
		path, err := d.ChooseFolder(ctx, start)
		switch {
		case ctx.Err() != nil:
		case errors.Is(err, desktop.ErrNoDialog):
			onUI(func() { kit.ShowFolderDialog(win, desktop.ExistingFolder(start), picked) })
		default:
			onUI(func() { picked(path, err) })
		}
	}()
}

// chooseFiles lets the person choose one or several files in the same way. picked gets
// none if the person cancels.
func chooseFiles(ctx context.Context, win fyne.Window, near string, onUI func(func()), picked func(paths []string, err error)) {
	d := desktop.Dialog{Parent: nativeHandle(win), Title: lang.L("Choose files"), Accept: lang.L("Choose")}
	go func() {
		paths, err := d.ChooseFiles(ctx, near)
		switch {
		case ctx.Err() != nil:
		case errors.Is(err, desktop.ErrNoDialog):
			onUI(func() { kit.ShowFileDialog(win, desktop.ExistingFolder(near), picked) })
		default:
			onUI(func() { picked(paths, err) })
		}
	}()
}

// chooseNewFile lets the person choose where a new file of this name goes, in the
// same way. Then it calls save on another goroutine than Fyne's, and shows its error.
func chooseNewFile(ctx context.Context, win fyne.Window, name string, onUI func(func()), save func(path string) error) {
	d := desktop.Dialog{Parent: nativeHandle(win), Title: lang.L("Save as")}
	saveTo := func(path string) {
		if err := save(path); err != nil {
			onUI(func() { dialog.ShowError(words.Translated{Err: err}, win) })
		}
	}
	go func() {
		path, err := d.ChooseNewFile(ctx, name)
		switch {
		case ctx.Err() != nil:
		case errors.Is(err, desktop.ErrNoDialog):
			onUI(func() {
				suggested := filepath.Join(desktop.HomeFolder(), name)
				kit.ShowSaveDialog(win, suggested, func(path string) { go saveTo(path) })
			})
		case err != nil:
			onUI(func() { dialog.ShowError(words.Translated{Err: err}, win) })
		case path != "":
			saveTo(path)
		}
	}()
}

// nativeHandle names the window to the desktop, so that its dialogs are above it; ""
// if it has no name for it.
func nativeHandle(win fyne.Window) (handle string) {
	native, ok := win.(driver.NativeWindow)
	if !ok || runtime.GOOS != "linux" {
		return ""
	}
	native.RunNative(func(c any) {
		if x, ok := c.(driver.X11WindowContext); ok {
			handle = fmt.Sprintf("x11:%x", x.WindowHandle)
		}
	})
	return handle
}
