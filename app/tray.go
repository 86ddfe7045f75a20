package app

import (
	"bytes"
	"context"
	"image"
	"image/png"

	"fyne.io/fyne/v2"
	fynedesktop "fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"golang.org/x/image/draw"

	"windowsill/app/desktop"
	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/assets"
)

// tray is the program's icon in the tray of the desktop. Where there is one the window
// can be hidden while sharing goes on. Where there is none nothing could bring it
// back.
type tray struct {
	app     fynedesktop.App // nil where Fyne has no tray
	win     fyne.Window
	actions trayActions
	onUI    func(func())
	watch   func(ctx context.Context, changed func(shown bool)) (shown bool)

	shown  bool // the desktop shows the icon
	hidden bool // the window is hidden in the tray
	drawn  trayMenu
}

// trayActions is what the menu does, and what follows when the tray comes or goes.
type trayActions struct {
	toggle, copyLink, showCode, quit func()
	close                            func() // the window's own button
	onShown                          func(shown bool)
}

// trayMenu is what differs in the menu from state to state.
type trayMenu struct {
	verb            string
	enabled, shared bool
}

func newTray(a fyne.App, win fyne.Window, actions trayActions, onUI func(func())) *tray {
	t := &tray{win: win, actions: actions, onUI: onUI, watch: desktop.WatchTray}
	t.app, _ = a.(fynedesktop.App)
	return t
}

// start puts the icon into the tray if there is one. Fyne takes it only before it runs,
// so this waits, but not for long, for what the desktop says.
func (t *tray) start(ctx context.Context) {
	if t.app == nil || !t.watch(ctx, func(shown bool) { t.onUI(func() { t.set(shown) }) }) {
		return
	}
	t.app.SetSystemTrayIcon(trayIcon())
	t.set(true)
	t.app.SetSystemTrayWindow(t.win) // a click on the icon shows it
	t.win.SetCloseIntercept(t.actions.close)
}

// set says whether the desktop shows the icon. A window that would be lost comes back.
func (t *tray) set(shown bool) {
	t.shown = shown
	t.actions.onShown(shown)
	if !shown && t.hidden {
		t.show()
	}
}

// keepsRunning reports whether closing the window only hides it.
func (t *tray) keepsRunning(store *settings.Store) bool { return t.shown && settings.Tray.Get(store) }

func (t *tray) hide() {
	t.hidden = true
	t.win.Hide()
}

// show brings the window to the front.
func (t *tray) show() {
	t.hidden = false
	t.win.Show()
	t.win.RequestFocus()
}

// draw makes the menu follow the state.
func (t *tray) draw(s *sharing) {
	style := styleOf(s.snapshot)
	menu := trayMenu{verb: style.verb, enabled: style.enabled && s.ready(), shared: s.isSharing()}
	if !t.shown || menu == t.drawn {
		return
	}
	t.drawn = menu
	toggle := fyne.NewMenuItem(lang.L(menu.verb), t.actions.toggle)
	copyLink := fyne.NewMenuItem(lang.L("Copy link"), t.actions.copyLink)
	code := fyne.NewMenuItem(lang.L("Show QR code"), t.actions.showCode)
	toggle.Disabled, copyLink.Disabled, code.Disabled = !menu.enabled, !menu.shared, !menu.shared
	quit := fyne.NewMenuItem(lang.L("Quit"), t.actions.quit)
	quit.IsQuit = true
	t.app.SetSystemTrayMenu(fyne.NewMenu("Windowsill", toggle, copyLink, code, fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.L("Show window"), t.show), fyne.NewMenuItemSeparator(), quit))
}

// trayActions returns what the menu does.
func (w *Window) trayActions() trayActions {
	return trayActions{
		toggle: func() {
			if !w.sharing.isSharing() { // this may lead to a question, or else to the code
				w.desktop.tray.show()
				w.view.showSettings(false)
			}
			w.sharing.toggle()
		},
		copyLink: func() {
			w.view.showSettings(false) // the link is not drawn meanwhile
			w.copyLink()
		},
		showCode: func() {
			w.view.showSettings(false)
			w.view.code.open()
		},
		quit: func() {
			if len(w.sharing.snapshot.Transfers) == 0 {
				w.quit()
				return
			}
			w.desktop.tray.show()
			w.leave()
		},
		close: w.close,
		onShown: func(shown bool) {
			w.view.settings.showTray(shown)
			w.desktop.tray.draw(w.sharing)
		},
	}
}

// trayQuestion adds the way into the tray to the question that is asked before the
// program ends.
func trayQuestion(q kit.Question, receiving bool, hide func()) kit.Question {
	inTray, goesOn := lang.L("Keep sharing in the tray"), lang.L("In the tray, sharing goes on without the window. Click the icon there to bring it back.")
	if receiving {
		inTray, goesOn = lang.L("Keep receiving in the tray"), lang.L("In the tray, files are still received without the window. Click the icon there to bring it back.")
	}
	q.Body += " " + goesOn
	q.No, q.Also, q.OnAlso = lang.L("Keep the window"), q.Yes, q.OnYes
	q.Yes, q.OnYes, q.Danger = inTray, hide, false
	return q
}

// trayIcon returns the program's icon in the size of trays: on Linux it is sent to them
// pixel by pixel.
func trayIcon() fyne.Resource {
	const size = 64
	large, err := png.Decode(bytes.NewReader(assets.Icon))
	if err != nil {
		return fyne.NewStaticResource("icon.png", assets.Icon)
	}
	small := image.NewNRGBA(image.Rect(0, 0, size, size))
	draw.CatmullRom.Scale(small, small.Rect, large, large.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	_ = png.Encode(&b, small) // a buffer takes everything
	return fyne.NewStaticResource("tray.png", b.Bytes())
}
