package app

import (
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"windowsill/server"
)

// Open brings the window to the front, with the files and folders that a later start
// of the program was given, if it was given any. Any goroutine may call it.
func (w *Window) Open(paths []string) {
	w.control.onUI(func() {
		w.desktop.tray.show()
		if len(paths) == 0 {
			return
		}
		w.view.showSettings(false)
		w.control.whenFree(func() {
			if len(paths) == 1 && server.IsFolder(paths[0]) {
				w.sharing.open(paths[0])
				return
			}
			w.sharing.openItems(items(paths))
		})
	})
}

// items are paths in which devices may do what the policy allows.
func items(paths []string) []server.Item {
	all := make([]server.Item, len(paths))
	for n, path := range paths {
		all[n] = server.Item{Path: path, Most: server.Change}
	}
	return all
}

// dropped takes what was dropped on the window: a folder, or the one that a file is in.
// Of several things only one folder can be shared, and the person says which.
func (w *Window) dropped(_ fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	w.view.showSettings(false)
	var folders int
	w.control.background(func() error {
		folders = len(existing(paths, len(paths)))
		return nil
	}, func(error) {
		switch {
		case len(paths) == 1 && folders == 1:
			w.propose(paths[0])
		case len(paths) > 0:
			w.offerParent(paths, folders)
		}
	})
}

// offerParent offers to share the folder in which everything lies that was dropped, or of
// several the first.
func (w *Window) offerParent(paths []string, folders int) {
	q := parentQuestion(paths, folders)
	q.OnYes = func() { w.sharing.open(filepath.Dir(paths[0])) }
	q.OnAlso = func() { w.propose(paths[0]) }
	w.asker.Ask(q)
}

// chooseFolder lets the person choose a folder.
func (w *Window) chooseFolder() {
	w.view.showSettings(false)
	chooseFolder(w.control.life, w.win, w.sharing.folder.folder, w.control.onUI, func(folder string, err error) {
		switch {
		case err != nil:
			w.report(err)
		case folder != "":
			w.propose(folder)
		}
	})
}

// propose takes a folder as chosen, or offers to share it instead of the present one.
func (w *Window) propose(folder string) {
	if w.sharing.isSharing() {
		w.sharing.offerInstead(folder)
		return
	}
	w.sharing.folder.set(folder)
	w.view.focusFirst()
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
		q = trayQuestion(q, w.desktop.hide)
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
