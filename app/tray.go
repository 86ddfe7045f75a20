package app

import (
	"bytes"
	"context"
	"image"
	"image/png"

	"fyne.io/fyne/v2"
	fynedesktop "fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/image/draw"

	"windowsill/app/desktop"
	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/assets"
	"windowsill/server"
)

// tray is the program's icon in the tray of the desktop. Where there is one the
// window can go while sharing goes on; where there is none nothing could bring
// it back.
type tray struct {
	window *Window
	app    fynedesktop.App // nil where the driver knows no tray
	watch  func(ctx context.Context, tell func(there bool)) (there bool)
	there  bool              // the desktop shows the icon
	hidden bool              // the window went into the tray
	choice fyne.CanvasObject // in the settings, whether it goes there without a question
	drawn  trayFace
}

// trayFace is what differs in the menu from state to state.
type trayFace struct {
	verb       string
	acts, open bool
}

func newTray(w *Window) *tray {
	t := &tray{window: w, watch: desktop.WatchTray}
	t.app, _ = w.app.(fynedesktop.App)
	goesOn := widget.NewCheck(lang.L("Go on in the tray when the window is closed"), func(on bool) { settings.Tray.Set(w.store, on) })
	goesOn.Checked = settings.Tray.Get(w.store)
	t.choice = kit.Option(goesOn, kit.NewHint(lang.L("Without a question. The icon in the tray brings the window back, and quits.")))
	t.choice.Hide()
	return t
}

// start puts the icon into the tray if there is one. Fyne takes it only before
// it runs, so this waits, but not for long, for what the desktop says.
func (t *tray) start(life context.Context) {
	if t.app == nil || !t.watch(life, func(there bool) { t.window.control.onUI(func() { t.set(there) }) }) {
		return
	}
	t.app.SetSystemTrayIcon(trayIcon())
	t.set(true)
	t.app.SetSystemTrayWindow(t.window.win) // a click on the icon shows it
	t.window.win.SetCloseIntercept(t.window.close)
}

// set takes the word of the desktop whether it shows the icon. A window that
// would be lost comes back.
func (t *tray) set(there bool) {
	t.there = there
	if there == !t.choice.Visible() {
		kit.SetShown(t.choice, there)
		t.window.view.settings.content.Refresh() // nobody else tells its layout
	}
	t.draw(t.window.sharing)
	if !there && t.hidden {
		t.show()
	}
}

func (t *tray) hide() {
	t.hidden = true
	t.window.bell.front = false
	t.window.win.Hide()
}

// show brings the window to the front.
func (t *tray) show() {
	t.hidden = false
	t.window.win.Show()
	t.window.win.RequestFocus()
}

// offer adds the way into the tray to the question that is asked before the
// end.
func (t *tray) offer(q kit.Question) kit.Question {
	if !t.there {
		return q
	}
	q.Body += " " + lang.L("In the tray sharing goes on without the window. A click on the icon there brings it back.")
	q.No, q.Also, q.OnAlso = lang.L("Keep the window"), q.Yes, q.OnYes
	q.Yes, q.OnYes, q.Danger = lang.L("Keep sharing in the tray"), t.hide, false
	return q
}

// draw makes the menu follow the state.
func (t *tray) draw(do *sharing) {
	f := faces[do.now.State]
	face := trayFace{verb: f.verb, acts: f.acts && do.ready(), open: do.now.State == server.Sharing}
	if !t.there || face == t.drawn {
		return
	}
	t.drawn = face
	act := fyne.NewMenuItem(lang.L(face.verb), t.act)
	copyLink := fyne.NewMenuItem(lang.L("Copy link"), t.copyLink)
	code := fyne.NewMenuItem(lang.L("Show QR code"), t.showCode)
	act.Disabled, copyLink.Disabled, code.Disabled = !face.acts, !face.open, !face.open
	quit := fyne.NewMenuItem(lang.L("Quit"), t.quit)
	quit.IsQuit = true
	t.app.SetSystemTrayMenu(fyne.NewMenu("Windowsill", act, copyLink, code, fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.L("Show window"), t.show), fyne.NewMenuItemSeparator(), quit))
}

// act is the big button. Sharing shows the window, as it may lead to a
// question, and else to the code.
func (t *tray) act() {
	if t.window.sharing.now.State != server.Sharing {
		t.show()
		t.window.openSettings(false)
	}
	t.window.sharing.act()
}

// copyLink and showCode leave the settings, while which the link is not drawn.
func (t *tray) copyLink() {
	t.window.openSettings(false)
	t.window.copyLink()
}

func (t *tray) showCode() {
	t.window.openSettings(false)
	t.window.view.big.open()
}

// quit asks only if something would be cut off.
func (t *tray) quit() {
	if len(t.window.sharing.now.Transfers) == 0 {
		t.window.quit()
		return
	}
	t.show()
	t.window.leave()
}

// trayIcon is the program's icon as small as trays show it: on Linux it is sent
// to them pixel by pixel.
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
