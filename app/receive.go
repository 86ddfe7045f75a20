package app

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/desktop"
	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
	"windowsill/server"
)

// canReceive reports whether the button for that does something.
func (s *sharing) canReceive() bool {
	_, valid := s.port.value()
	return valid && !s.control.busy && !s.pending && !stateStyles[s.snapshot.State].shared
}

// receive lets devices send files, without sharing any.
func (s *sharing) receive() {
	if s.canReceive() {
		explainFirewall(s.asker, s.options.store, runtime.GOOS, func() { s.startReceiving(s.control.start) })
	}
}

// startReceiving lets devices send files on the port that is typed, by way of
// control.start or control.restart.
func (s *sharing) startReceiving(start func(server.Share, func(error))) {
	port, valid := s.port.value()
	folder, how, err := s.options.receiving()
	if err != nil {
		s.control.report(errNoReceivedFolder)
	}
	if !valid || err != nil {
		return
	}
	s.found = ""
	start(server.Share{
		Folder: folder, Port: port, ExactPort: s.port.wanted && port != 0,
		Where: s.options.given.Where, TLS: s.options.tls(), Receiving: how,
	}, s.done)
	s.actions.redraw()
}

// sortings are the ways to sort what comes in, by what the settings hold.
var sortings = map[string]server.Sorting{"": server.Unsorted, "day": server.ByDay, "device": server.ByDevice}

// receivedFolder returns where files go that come in.
func receivedFolder(store *settings.Store) (string, error) {
	if folder := settings.ReceivedFolder.Get(store); folder != "" {
		return folder, nil
	}
	return desktop.ReceivedFolder()
}

// receivedPlace says where files go that come in, and lets the person choose another
// folder.
type receivedPlace struct {
	w    *Window
	said *widget.Label
}

func newReceivedPlace(w *Window) *receivedPlace {
	p := &receivedPlace{w, kit.NewCaption("")}
	p.draw()
	return p
}

func (p *receivedPlace) draw() {
	if folder, err := receivedFolder(p.w.store); err == nil {
		kit.SetText(p.said, words.Visible(words.ShortPath(folder)))
	}
}

// choose goes on with then once a folder is chosen.
func (p *receivedPlace) choose(then func()) {
	folder, _ := receivedFolder(p.w.store)
	chooseFolder(p.w.control.life, p.w.win, folder, p.w.control.onUI, func(folder string, err error) {
		if err != nil {
			p.w.report(err)
		}
		if folder != "" {
			p.w.sharing.options.setReceivedFolder(folder)
			p.draw()
			then()
		}
	})
}

// chooseAgain is what helps if the folder that is shared, or that files go to that come
// in, is not there.
func (p *receivedPlace) chooseAgain(err error) {
	if s := p.w.sharing.snapshot; s.Share.Receiving.On && s.Err == err {
		p.choose(p.w.sharing.receive)
		return
	}
	p.w.desktop.picker.chooseFolder()
}

// newReceivedSettings is where files go that come in, and who sees them.
func newReceivedSettings(p *receivedPlace) fyne.CanvasObject {
	store := p.w.store
	choose := kit.NewButton(lang.L("Folder…"), kit.IconFolder, widget.MediumImportance, func() { p.choose(func() {}) })
	choose.Name = lang.L("Choose the folder for received files")
	keys := []string{"", "day", "device"}
	now := 0
	for i, k := range keys {
		if k == settings.ReceivedSort.Get(store) {
			now = i
		}
	}
	sort := kit.NewSelectRow(lang.L("Sort into folders"), []string{lang.L("No"), lang.L("By day"), lang.L("By device")}, now,
		func(i int) { settings.ReceivedSort.Set(store, keys[i]) })
	shown := kit.NewCheck(lang.L("Visitors see what has come in"), func(on bool) { settings.ReceivedShown.Set(store, on) })
	shown.Draw(settings.ReceivedShown.Get(store))
	return kit.Paragraphs(
		kit.SelectRows(kit.Border(nil, nil, nil, container.NewCenter(choose), kit.Padded(4, 0, 0, 0, kit.Lines(kit.NewText(lang.L("Save to"), theme.SizeNameText, false), p.said))), sort),
		kit.Option(shown, kit.NewHint(lang.L("Otherwise each visitor sees only what they sent themselves. This counts from the next time that you receive files."))))
}
