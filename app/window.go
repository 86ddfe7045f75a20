package app

import (
	"context"
	"os"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/desktop"
	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/assets"
	"windowsill/server"
)

// Window is the one window of the program. Everything in it runs on Fyne's
// goroutine, but for what control, looker and feed say.
type Window struct {
	app     fyne.App
	win     fyne.Window
	store   *settings.Store
	control *control
	feed    *feed
	clock   *clock
	asker   *kit.Asker
	view    *view
	sharing *sharing
	bell    *bell
	ending  *ending // when the share stops by itself
	tray    *tray
	unwatch func() // nil while the server is not watched
}

// New makes the window of a server, as the settings want it; ShowAndRun shows it. onUI takes functions
// from any goroutine and runs them later, one after the other, on the
// goroutine that runs the app: with Fyne's own driver that is fyne.Do.
func New(a fyne.App, store *settings.Store, e Engine, onUI func(func())) *Window {
	a.Settings().SetTheme(kit.NewTheme())
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	w := &Window{
		app:     a,
		win:     a.NewWindow("Windowsill"),
		store:   store,
		control: &control{engine: e, onUI: onUI},
	}
	w.control.awake = &sleepInhibitor{order: w.control.order, stayAwake: desktop.StayAwake}
	w.ending = &ending{hour: -1}
	w.feed = &feed{onUI: onUI, draw: w.draw}
	w.asker = kit.NewAsker(w.win)
	w.bell = &bell{app: a, order: w.control.order, offer: desktop.Notify, open: func(folder string) { onUI(func() { w.openFolder(folder) }) }}
	w.bell.watch(a.Lifecycle())
	w.sharing = &sharing{win: w.win, store: w.store, control: w.control, asker: w.asker}
	w.control.where = w.store.Where
	w.sharing.redraw = w.redraw
	w.tray = newTray(w)
	w.view = newView(w, &looker{look: e.Look, onUI: onUI})
	w.sharing.view = w.view
	w.clock = &clock{onUI: onUI, tick: func() { w.tick(time.Now()) }}
	w.win.SetContent(w.view.content)
	w.win.SetMaster()
	w.win.SetOnDropped(w.dropped)
	w.win.SetCloseIntercept(w.close)
	w.bindKeys()
	w.sharing.redraw()
	return w
}

// settled is how long after the start all has been drawn that shows at first.
// What that needed is given back to the system; Go itself takes minutes for it.
const settled = 4 * time.Second

// ShowAndRun shows the window and returns when it was closed; by then nothing
// is shared any more. A folder in first is shared at once; a port below zero
// stands for the remembered one.
func (w *Window) ShowAndRun(first server.Share) {
	w.open(first)
	w.tray.start(w.sharing.life)
	w.app.Lifecycle().SetOnStopped(w.end)
	w.app.Lifecycle().SetOnStarted(func() { time.AfterFunc(settled, debug.FreeOSMemory) })
	w.win.CenterOnScreen()
	w.win.ShowAndRun()
	// However the window came to its end; nobody is left to tell. Other jobs are
	// not waited for: one may be asking a drive that does not answer.
	_ = w.control.stopNow()
	w.store.Wait()
}

// open prepares the first sight.
func (w *Window) open(first server.Share) {
	life, endLife := context.WithCancel(context.Background())
	cancel := w.control.engine.Watch(w.feed.offer)
	w.sharing.life, w.unwatch = life, func() { endLife(); cancel() }
	w.sharing.hidden, w.sharing.where = first.Hidden, first.Where
	port := settings.Port.Get(w.store)
	w.view.port.set(port, port != settings.DefaultPort)
	if first.Port >= 0 {
		w.view.port.set(first.Port, first.ExactPort)
	}
	w.win.Resize(w.size())
	w.bound()
	if first.Folder != "" {
		w.view.folder.set(first.Folder)
		w.sharing.act()
	}
	w.recall(first.Folder == "")
}

// size is the size of the window the last time, or the default.
func (w *Window) size() fyne.Size {
	size := fyne.NewSize(settings.Width.Get(w.store), settings.Height.Get(w.store))
	if size.Width <= 0 || size.Height <= 0 {
		return fyne.NewSize(900, 680)
	}
	return size
}

// recall brings back the folders of earlier times that still exist, and as a
// first sight the last one of them. It does not wait for them: a disk may be
// slow, or a network far away.
func (w *Window) recall(firstSight bool) {
	last, recent := settings.Folder.Get(w.store), w.store.RecentFolders()
	w.control.jobs.Go(func() {
		recent := existing(recent, settings.RecentMax+1) // one of them may be the present one
		lastExists := len(existing([]string{last}, 1)) > 0
		w.control.onUI(func() {
			if firstSight && lastExists && w.view.folder.folder == "" {
				w.view.folder.set(last)
				if settings.ShareAtOnce.Get(w.store) {
					w.sharing.act()
				}
			}
			w.view.folder.remembered(recent)
			if firstSight {
				w.view.focusFirst(w.win.Canvas())
			}
		})
	})
}

// draw shows a snapshot, and does what a change of state brings with it.
func (w *Window) draw(s server.Snapshot) {
	before := w.sharing.now
	w.sharing.now = s
	if before.State != s.State || before.Err != s.Err {
		w.clock.set(s.State == server.Sharing)
		w.view.urgent.notice.show(s.Err)
		w.bell.failed(before, s)
	}
	// A restart may be over before its snapshots are drawn.
	if s.State == server.Sharing && (before.State != s.State || !before.Since.Equal(s.Since)) {
		w.ending.start(time.Now())
		w.store.Shared(s.Share)
		w.recall(false)
	}
	if before.State == server.Sharing && s.State == server.Sharing && before.Network.ID != s.Network.ID {
		w.view.owner.settle()
	}
	if !s.PIN.Flooded.IsZero() && !s.PIN.Flooded.Equal(before.PIN.Flooded) {
		w.view.urgent.notice.show(errFlooded)
	}
	w.redraw()
	w.bell.ring(waiting(s), w.view.main.Visible())
	w.bell.arrived(s, time.Now())
	w.bell.first(before, s)
	w.control.awake.set(len(s.Transfers) > 0)
	w.ending.look(s, time.Now())
	w.drawEnding(time.Now())
}

// redraw shows what holds now.
func (w *Window) redraw() {
	w.view.draw(w.sharing)
	w.tray.draw(w.sharing)
}

// drawEnding shows how long it takes until sharing stops by itself.
func (w *Window) drawEnding(now time.Time) {
	left, counts := w.ending.left(now)
	w.view.activity.end.show(left, counts && w.sharing.now.State == server.Sharing)
	w.view.settings.end.show(*w.ending)
}

// endWith takes the person's choice when sharing stops by itself.
func (w *Window) endWith(e ending) {
	*w.ending = e
	w.ending.start(time.Now())
	w.drawEnding(time.Now())
}

func (w *Window) pushEnding() {
	w.ending.pushOn()
	w.drawEnding(time.Now())
}

// dropped takes the first of what was dropped on the window.
func (w *Window) dropped(_ fyne.Position, uris []fyne.URI) {
	if len(uris) > 0 {
		w.openSettings(false)
		w.sharing.propose(uris[0].Path())
	}
}

// Open brings the window to the front, with a folder that a later start of the
// program was given, unless that is "". Any goroutine may call it.
func (w *Window) Open(folder string) {
	w.control.onUI(func() {
		w.tray.show()
		if folder != "" {
			w.openSettings(false)
			w.control.whenFree(func() { w.sharing.take(folder) })
		}
	})
}

// tick shows what has changed only because time has passed.
func (w *Window) tick(now time.Time) {
	w.view.activity.tick(now)
	w.bell.arrived(w.sharing.now, now)
	w.endIfItIsTime(now)
}

// endIfItIsTime stops a share that is to stop by itself.
func (w *Window) endIfItIsTime(now time.Time) {
	w.drawEnding(now)
	left, counts := w.ending.left(now)
	if counts && left == 0 && w.sharing.now.State == server.Sharing && w.sharing.ready() {
		w.ending.at = time.Time{}
		w.sharing.act()
	}
}

// openFolder shows a folder of the share in the system's file manager.
func (w *Window) openFolder(folder string) {
	w.control.order(func() {
		if err := openFolder(w.app, folder); err != nil {
			w.control.onUI(func() { w.view.urgent.notice.show(errNotOpened) })
		}
	})
}

// bound tells the server the limits that the person has chosen.
func (w *Window) bound() {
	b := w.store.Bounds()
	w.control.order(func() { w.control.engine.SetBounds(b) })
}

func (w *Window) choose() {
	w.openSettings(false)
	w.sharing.choose()
}

// openSettings goes to the settings, or back to the main view.
func (w *Window) openSettings(open bool) {
	if open == w.view.settings.content.Visible() {
		return
	}
	if open {
		w.view.settings.open()
	}
	kit.SetShown(w.view.settings.content, open)
	kit.SetShown(w.view.main, !open)
	w.win.Canvas().Unfocus()
	w.sharing.redraw()
	if !open {
		w.view.focusFirst(w.win.Canvas())
	}
}

func (w *Window) toggleSettings() { w.openSettings(!w.view.settings.content.Visible()) }

// close is the window's own button: the person may like the program to go on
// in the tray.
func (w *Window) close() {
	if w.tray.there && settings.Tray.Get(w.store) {
		w.tray.hide()
		return
	}
	w.leave()
}

// leave ends the program, and asks before if something is shared.
func (w *Window) leave() {
	s := w.sharing.now
	if s.State == server.Stopped || s.State == server.Failed {
		w.quit()
		return
	}
	q := quitQuestion(s)
	q.OnYes = w.quit
	w.asker.Ask(w.tray.offer(q))
}

func (w *Window) quit() {
	w.control.stop(func(error) {
		w.end()
		w.win.Close()
	})
	w.sharing.redraw()
}

// end lets go of the server and remembers what is to be remembered. A second
// call does nothing.
func (w *Window) end() {
	if w.unwatch == nil {
		return
	}
	w.feed.close()
	w.unwatch()
	w.unwatch = nil
	w.clock.set(false)
	w.control.awake.set(false)
	w.view.folder.looker.stop()
	size := w.win.Canvas().Size()
	settings.Width.Set(w.store, size.Width)
	settings.Height.Set(w.store, size.Height)
}

// version says which build this is.
func version(a fyne.App) string {
	if v := a.Metadata().Version; v != "" {
		return v
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return lang.L("(development)")
}

// existing returns the first few of these folders that are there. It asks the
// disk, which may be a slow one.
func existing(folders []string, limit int) []string {
	var found []string
	for _, f := range folders {
		if len(found) == limit {
			break
		}
		if info, err := os.Stat(f); err == nil && info.IsDir() {
			found = append(found, f)
		}
	}
	return found
}
