package app

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/desktop"
	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// driveHelp tells how other computers open the share as a drive.
type driveHelp struct {
	win     fyne.Window
	sharing *sharing
	link    func() server.Link // that the main view shows
	copied  *kit.CopyButton
	control *control
}

func newDriveHelp(w *Window, link func() server.Link) *driveHelp {
	copied := kit.NewCopyButton(w.app, w.control.onUI, lang.L("Copy address"), widget.MediumImportance)
	return &driveHelp{w.win, w.sharing, link, copied, w.control}
}

// driveStep is what one does on one kind of system.
type driveStep struct{ system, text string }

// driveSteps returns the ways to an address, in the words of the systems. File
// managers that take addresses of all kinds know WebDAV by a scheme of its own.
func driveSteps(plain string) []driveStep {
	at, http, dav := "//"+addressText(plain)+"/", "http:", "dav:"
	if isSecure(plain) {
		http, dav = "https:", "davs:"
	}
	return []driveStep{
		{"Windows", lang.L("Explorer › This PC › Map network drive: {{.Address}}", map[string]any{"Address": http + at})},
		{"Mac", lang.L("Finder › Go › Connect to Server: {{.Address}}", map[string]any{"Address": http + at})},
		{"Linux", lang.L("Address bar of Files: {{.Files}}, of Dolphin: {{.Dolphin}}", map[string]any{"Files": dav + at, "Dolphin": "web" + dav + at})},
	}
}

// isSecure reports whether a link is that of an encrypted share.
func isSecure(link string) bool { return strings.HasPrefix(link, "https:") }

// drivePassword says what to answer when a system asks for a name and a password; ""
// where none does.
func drivePassword(s server.Snapshot) string {
	if !needsPIN(s) {
		return ""
	}
	return lang.L("Any name will do; the password is the PIN, {{.PIN}}.", map[string]any{"PIN": s.PIN.Digits})
}

// open shows it, if a folder is shared.
func (h *driveHelp) open() {
	link := h.link()
	if !h.sharing.isSharing() || link.Plain == "" {
		return
	}
	text := kit.Column(-6, kit.NewTitle(lang.L("Open as a drive")),
		kit.NewParagraph(lang.L("On another computer, the folder can be a drive like any other.")))
	for _, step := range driveSteps(link.Plain) {
		text.Add(kit.NewStrong(step.system))
		text.Add(kit.NewParagraph(step.text))
	}
	if password := drivePassword(h.sharing.snapshot); password != "" {
		text.Add(kit.NewParagraph(password))
	}
	text.Add(kit.NewParagraph(lang.L("Windows copies files of up to 50 MB from a drive like this. For larger ones, use the browser.")))

	var popup *widget.PopUp
	back := kit.NewButton(lang.L("Close"), nil, widget.HighImportance, func() { popup.Hide() })
	back.OnEscape = func() { popup.Hide() }
	h.copied.Button.OnEscape = back.OnEscape
	h.copied.Set(lang.L("Copy address"), link.Plain)
	popup = kit.NewSheet(h.win, text, container.NewHBox(h.openHere(link.Plain), layout.NewSpacer(), h.copied.Button, back))
	popup.Show()
	h.win.Canvas().Focus(back)
}

// fileManagerTime is how long a file manager may take to start.
const fileManagerTime = 25 * time.Second

// openHere returns a button that opens the drive in the file manager of this
// computer, and shows only if that can.
func (h *driveHelp) openHere(plain string) fyne.CanvasObject {
	_, port, err := net.SplitHostPort(addressText(plain))
	switch {
	case err != nil && isSecure(plain):
		port = "443"
	case err != nil:
		port = "80"
	}
	address := "://" + net.JoinHostPort("localhost", port) + "/"
	button := kit.NewButton(lang.L("Open in Files"), nil, widget.MediumImportance, nil)
	button.Hide()
	h.inTime(func(ctx context.Context) {
		scheme := desktop.DriveScheme(ctx)
		if scheme == "" {
			return
		}
		if isSecure(plain) {
			scheme += "s"
		}
		h.control.onUI(func() {
			button.OnTapped = func() { h.inTime(func(ctx context.Context) { h.show(ctx, scheme+address) }) }
			button.Show()
		})
	})
	return button
}

// inTime calls do on another goroutine than Fyne's.
func (h *driveHelp) inTime(do func(context.Context)) {
	ctx, cancel := context.WithTimeout(h.control.life, fileManagerTime)
	go func() {
		defer cancel()
		do(ctx)
	}()
}

func (h *driveHelp) show(ctx context.Context, address string) {
	if desktop.ShowFolder(ctx, address) != nil && h.control.life.Err() == nil {
		h.control.onUI(func() { dialog.ShowError(words.Translated{Err: errNoFiles}, h.win) })
	}
}

// errNoFiles is a sentence for a person.
var errNoFiles = errors.New("The file manager does not open the drive. Type its address into it instead.")
