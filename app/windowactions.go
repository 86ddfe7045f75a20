package app

import "windowsill/server"

// Open brings the window to the front, with what a later start of the program was given,
// which may be nothing. Any goroutine may call it.
func (w *Window) Open(paths []string) {
	w.control.onUI(func() {
		if w.control.life.Err() != nil { // there is no window any more
			return
		}
		w.desktop.tray.show()
		if len(paths) > 0 {
			w.view.showSettings(false)
			w.control.whenFree(func() { w.sharing.open(paths) })
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
	w.ending()
	w.control.stop(func(error) {
		w.end()
		w.win.Close()
	})
	w.redraw()
}
