package app

import (
	"windowsill/app/desktop"
	"windowsill/server"
)

// integration is what goes on between the window and the desktop around it.
type integration struct {
	notifier  *notifier
	inhibitor *sleepInhibitor
	tray      *tray
	picker    *picker
	files     *fileCommands
}

// draw follows a snapshot. seen says that the main view can be seen.
func (i *integration) draw(before, now server.Snapshot, seen bool) {
	i.notifier.draw(before, now, seen)
	i.inhibitor.set(len(now.Transfers) > 0)
}

// hide puts the window into the tray.
func (i *integration) hide() {
	i.notifier.inFront = false
	i.tray.hide()
}

// sleepInhibitor keeps the computer awake while something is on its way.
type sleepInhibitor struct {
	do        func(call func()) // makes calls in order, off Fyne's goroutine
	stayAwake func(reason string) (release func(), err error)
	busy      bool
	release   func() // nil while the computer may sleep. Only for calls in do
}

func newSleepInhibitor(do func(call func())) *sleepInhibitor {
	return &sleepInhibitor{do: do, stayAwake: desktop.StayAwake}
}

// set says whether something is on its way.
func (i *sleepInhibitor) set(busy bool) {
	if busy == i.busy {
		return
	}
	i.busy = busy
	i.do(func() {
		if i.release != nil {
			i.release()
			i.release = nil
		}
		if busy {
			// Where the desktop cannot be asked, the computer sleeps when it likes.
			i.release, _ = i.stayAwake("Windowsill is sending or receiving files")
		}
	})
}
