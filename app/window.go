package app

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	"fyne.io/fyne/v2"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/assets"
	"windowsill/server"
)

// Window is the window of the program. Everything in it runs on Fyne's goroutine,
// except where control, scanner, feed and ticker say otherwise. It connects all the
// rest, so that it has more methods than other types.
type Window struct {
	app   fyne.App
	win   fyne.Window
	store *settings.Store
	asker *kit.Asker

	control  *control
	sharing  *sharing
	owner    *owner
	autoStop *autoStop
	view     *view
	desktop  *integration
	feed     *feed
	ticker   *ticker
	ending   func() // as in ShowAndRun; may be called twice
}

// New makes the window of a server; ShowAndRun shows it. onUI takes functions from any
// goroutine and runs them later, one after the other, on the goroutine that runs the
// app: with Fyne's own driver that is fyne.Do.
func New(a fyne.App, store *settings.Store, e Engine, onUI func(func())) *Window {
	a.Settings().SetTheme(kit.NewTheme(settings.Theme.Get(store)))
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	w := &Window{app: a, win: a.NewWindow("Windowsill"), store: store, ending: func() {}}
	w.asker = kit.NewAsker(w.win)
	w.control = newControl(e, onUI, store.Where, w.report)
	w.sharing = newSharing(w.control, store, w.asker, sharingActions{
		redraw: w.redraw, chooseFolder: func() { w.desktop.picker.chooseFolder() }, chooseFiles: func() { w.desktop.picker.chooseFiles() }, stopped: func() { w.owner.resetAccess() },
	})
	w.owner = newOwner(w.sharing, w.control, store, w.asker, newRemarks(onUI, w.redraw))
	w.autoStop = newAutoStop(func(now time.Time) { w.view.showAutoStop(w.autoStop, now) })
	w.desktop = &integration{
		notifier:  newNotifier(a, w.control.do, func(folder string) { onUI(func() { w.desktop.files.openFolder(folder) }) }, w.sharing.recount),
		inhibitor: newSleepInhibitor(w.control.do),
		tray:      newTray(a, w.win, w.trayActions(), onUI),
		picker:    newPicker(w),
		files:     newFileCommands(w),
	}
	w.view = wireView(w)
	w.feed = newFeed(onUI, w.draw)
	w.ticker = newTicker(onUI, w.tick)
	w.win.SetContent(w.view.content)
	w.win.SetMaster()
	w.win.SetOnDropped(w.desktop.picker.dropped)
	w.win.SetCloseIntercept(w.close)
	w.bindKeys()
	w.redraw()
	return w
}

// freeMemoryAfter is how long after the start everything has been drawn once. The
// memory for that is then given back to the system; Go itself takes minutes for it.
const freeMemoryAfter = 4 * time.Second

// ShowAndRun shows the window and returns when it has been closed. By then nothing is
// shared any more. What is in first is shared at once; a port below 0 means the
// remembered one. As soon as the program begins to end, which may take a while, ending is
// called: a later start of the program must not be handed to it any more.
func (w *Window) ShowAndRun(first server.Share, ending func()) {
	w.ending = ending
	// Fyne ends its loop before it says so: what a later start hands over in between
	// would be drawn in a window that is gone.
	told, done := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer done()
	defer context.AfterFunc(told, ending)()
	w.open(first)
	w.desktop.tray.start(w.control.life)
	w.app.Lifecycle().SetOnStopped(w.end)
	w.app.Lifecycle().SetOnStarted(func() { time.AfterFunc(freeMemoryAfter, debug.FreeOSMemory) })
	w.win.CenterOnScreen()
	w.win.ShowAndRun()
	// However the window has ended; there is nobody left to tell. Other jobs are not
	// waited for: one may be asking a drive that does not answer.
	_ = w.control.stopNow()
	w.store.Wait()
}

// open prepares what the person sees first.
func (w *Window) open(first server.Share) {
	w.feed.start(w.control.engine)
	w.sharing.options.given = first
	port := settings.Port.Get(w.store)
	w.sharing.port.set(port, port != settings.DefaultPort)
	if first.Port >= 0 {
		w.sharing.port.set(first.Port, first.ExactPort)
	}
	w.view.recall(w.store)
	w.applyLimits()
	items := sharedItems(first)
	switch {
	case first.Receiving.On: // the folder is where to
		w.sharing.receive()
		w.recall(false)
		return
	case len(items) > 0:
		w.sharing.folder.setItems(items)
		w.sharing.toggle()
	}
	w.recall(len(items) == 0)
}

// recall brings back what was shared at earlier times and still exists, and first of all
// what was shared last. It does not wait for it: a disk may be slow, or a network far
// away.
func (w *Window) recall(atStart bool) {
	recent := w.store.RecentShares()
	last := len(recent) > 0
	w.control.background(func() error {
		if last {
			last = len(existing(recent[:1], 1)) > 0
		}
		recent = existing(recent, settings.RecentMax+1) // one of them may be the present one
		return nil
	}, func(error) {
		if atStart && last && len(w.sharing.folder.items) == 0 {
			w.sharing.folder.setItems(recent[0])
			if settings.ShareAtOnce.Get(w.store) {
				w.sharing.toggle()
			}
		}
		w.sharing.folder.setRecent(recent)
		if atStart {
			w.view.focusFirst()
		}
	})
}

// existing returns the first of these sets of which at least one item exists, at most
// limit. It asks the disk, which may be slow.
func existing(sets [][]server.Item, limit int) (found [][]server.Item) {
	for _, set := range sets {
		if len(found) == limit {
			break
		}
		if slices.ContainsFunc(set, func(i server.Item) bool { return exists(i.Path) }) {
			found = append(found, set)
		}
	}
	return found
}

func exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && (info.IsDir() || info.Mode().IsRegular())
}

// draw shows a snapshot, and does what a new state brings with it.
func (w *Window) draw(s server.Snapshot) {
	before, now := w.sharing.snapshot, time.Now()
	w.sharing.snapshot = s
	if before.State != s.State || before.Err != s.Err {
		w.ticker.set(s.State == server.Sharing)
		w.report(s.Err)
	}
	// A restart may be over before its snapshots are drawn.
	if s.State == server.Sharing && (before.State != s.State || !before.Since.Equal(s.Since)) {
		w.autoStop.start(now)
		w.store.Shared(s.Share)
		w.recall(false)
	} else if s.State == server.Sharing && !slices.Equal(before.Share.Items, s.Share.Items) {
		w.store.Changed(before.Share, s.Share)
		w.recall(false)
		w.sharing.recount()
	}
	if before.State == server.Sharing && s.State == server.Failed {
		w.owner.resetAccess()
	}
	if before.State == server.Sharing && s.State == server.Sharing && before.Network.ID != s.Network.ID {
		w.owner.followNetwork()
	}
	if !s.PIN.Flooded.IsZero() && !s.PIN.Flooded.Equal(before.PIN.Flooded) {
		w.report(errFlooded)
	}
	if s.LogErr != nil && before.LogErr == nil {
		w.report(s.LogErr)
	}
	w.redraw()
	w.desktop.draw(before, s, w.view.main.Visible())
	if s.State == server.Sharing && hasOtherFiles(before, s) {
		w.sharing.recount()
	}
	w.autoStop.follow(s, now)
	w.view.showAutoStop(w.autoStop, now)
}

// redraw shows the present state.
func (w *Window) redraw() {
	w.view.draw()
	w.desktop.tray.draw(w.sharing)
}

// tick shows what has changed only because time has passed.
func (w *Window) tick(now time.Time) {
	w.view.activity.tick(now)
	w.desktop.notifier.tick(w.sharing.snapshot, now)
	w.owner.tick(now)
	w.view.showHeader(now)
	w.view.showAutoStop(w.autoStop, now)
	if w.autoStop.isDue(now) && w.sharing.isSharing() && w.sharing.ready() {
		w.autoStop.at = time.Time{}
		w.sharing.toggle()
	}
}

// report says in the window what went wrong; nil takes the sentence away.
func (w *Window) report(err error) { w.view.alerts.notice.show(err) }

// end lets go of the server, and remembers the size of the window. A second call does
// nothing.
func (w *Window) end() {
	w.ending()
	if !w.feed.close() {
		return
	}
	w.control.end()
	w.ticker.set(false)
	w.desktop.inhibitor.set(false)
	w.sharing.folder.scanner.stop()
	w.view.lists.pictures.stop()
	w.desktop.picker.pasted.remove()
	w.view.remember(w.store)
}
