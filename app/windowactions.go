package app

import (
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/server"
)

// Open brings the window to the front, with what a later start of the program was given,
// which may be nothing. Any goroutine may call it.
func (w *Window) Open(paths []string) {
	w.control.onUI(func() {
		w.desktop.tray.show()
		if len(paths) > 0 {
			w.view.showSettings(false)
			w.control.whenFree(func() { w.sharing.open(paths) })
		}
	})
}

// dropped takes what was dropped on the window.
func (w *Window) dropped(_ fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	w.propose(paths)
}

// chooseFolder lets the person choose a folder.
func (w *Window) chooseFolder() {
	w.view.showSettings(false)
	chooseFolder(w.control.life, w.win, w.sharing.folder.only(), w.control.onUI, func(folder string, err error) {
		if folder == "" {
			w.picked(nil, err, nil)
			return
		}
		w.picked([]string{folder}, err, w.propose)
	})
}

// chooseFiles lets the person choose files.
func (w *Window) chooseFiles() {
	w.view.showSettings(false)
	chooseFiles(w.control.life, w.win, w.sharing.folder.only(), w.control.onUI, func(paths []string, err error) {
		w.picked(paths, err, w.propose)
	})
}

// addMenu offers what can be added to what is shared.
func (w *Window) addMenu() []*fyne.MenuItem {
	return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("Files…"), w.addFiles), fyne.NewMenuItem(lang.L("Folder…"), w.addFolder)}
}

// addFolder lets the person choose a folder that is shared too.
func (w *Window) addFolder() {
	chooseFolder(w.control.life, w.win, w.sharing.folder.only(), w.control.onUI, func(folder string, err error) {
		if folder == "" {
			w.picked(nil, err, nil)
			return
		}
		w.picked([]string{folder}, err, w.sharing.add)
	})
}

// addFiles lets the person choose files that are shared too.
func (w *Window) addFiles() {
	chooseFiles(w.control.life, w.win, w.sharing.folder.only(), w.control.onUI, func(paths []string, err error) {
		w.picked(paths, err, w.sharing.add)
	})
}

// picked goes on with what was chosen in a dialog, if it was anything.
func (w *Window) picked(paths []string, err error, then func([]string)) {
	switch {
	case err != nil:
		w.report(err)
	case len(paths) > 0:
		then(paths)
	}
}

// propose takes these as chosen, or offers to add them to what is shared.
func (w *Window) propose(paths []string) {
	w.view.showSettings(false)
	switch {
	case len(paths) == 0:
	case w.sharing.isSharing():
		w.sharing.offer(itemsOf(paths))
	default:
		w.sharing.folder.set(paths...)
		w.view.focusFirst()
	}
}

// openFolder shows a folder of the share in the system's file manager.
func (w *Window) openFolder(folder string) {
	at := filepath.ToSlash(folder)
	if !strings.HasPrefix(at, "/") {
		at = "/" + at // before the letter of a drive
	}
	w.control.tryThen(func() error { return w.app.OpenURL(&url.URL{Scheme: "file", Path: at}) }, func(err error) {
		if err != nil {
			w.report(errNotOpened)
		}
	})
}

// applyLimits tells the server the limits that the person has chosen.
func (w *Window) applyLimits() {
	b := w.store.Bounds()
	w.control.do(func() { w.control.engine.SetBounds(b) })
}

// showLimits shows where limits are set.
func (w *Window) showLimits() {
	w.view.showSettings(true)
	w.view.settings.showAdvanced(true)
}

// copyLink is for the keyboard and the tray.
func (w *Window) copyLink() {
	if w.sharing.isSharing() {
		w.view.column.link.copy.Copy()
	}
}

// close is the window's own button. The person may like the program to go on in the
// tray.
func (w *Window) close() {
	if w.desktop.tray.keepsRunning(w.store) {
		w.desktop.hide()
		return
	}
	w.leave()
}

// leave ends the program, and asks first if something is shared.
func (w *Window) leave() {
	s := w.sharing.snapshot
	if s.State == server.Stopped || s.State == server.Failed {
		w.quit()
		return
	}
	q := quitQuestion(s)
	q.OnYes = w.quit
	if w.desktop.tray.shown {
		q = trayQuestion(q, s.Share.Receiving.On, w.desktop.hide)
	}
	w.asker.Ask(q)
}

// quit stops sharing and ends the program.
func (w *Window) quit() {
	w.control.stop(func(error) {
		w.end()
		w.win.Close()
	})
	w.redraw()
}
