package app

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// codeWindow shows the code as large as the screen, for a projector or a TV, and with a
// code for the Wi-Fi if the person wants one. Both can be printed.
type codeWindow struct {
	app     fyne.App
	sharing *sharing
	link    func() server.Link // that the main view shows
	saveAs  func(win fyne.Window, name string, save func(path string) error)

	win      fyne.Window // nil while it is closed
	sheet    *fyne.Container
	steps    []kit.SheetStep // that are drawn
	wifi     server.WiFi     // as the person typed it
	recalled bool            // wifi is what was remembered, or newer
}

// open shows the window, if a folder is shared.
func (w *codeWindow) open() {
	if !w.sharing.isSharing() || len(w.sharing.snapshot.Links) == 0 {
		return
	}
	if w.win != nil {
		w.win.RequestFocus()
		return
	}
	if !w.recalled {
		w.wifi, w.recalled = w.sharing.options.store.WiFi(), true
	}
	w.sheet = container.NewStack()
	w.win = w.app.NewWindow("Windowsill")
	w.win.SetPadded(false)
	w.win.SetOnClosed(func() { w.win, w.steps = nil, nil })
	w.win.Canvas().SetOnTypedKey(w.typed)
	add := kit.NewButton(lang.L("Wi-Fi for guests…"), nil, widget.MediumImportance, w.askWiFi)
	save := kit.NewButton(lang.L("Save as PNG or PDF…"), nil, widget.MediumImportance, w.save)
	back := kit.NewButton(lang.L("Close"), nil, widget.HighImportance, w.close)
	bar := kit.Padded(8, 8, 8, 8, container.NewCenter(container.NewHBox(add, save, back)))
	w.win.SetContent(kit.Border(nil, bar, nil, nil, w.sheet))
	w.win.Resize(fyne.NewSize(900, 640))
	w.win.SetFullScreen(true)
	w.draw()
	w.win.Show()
}

// draw shows the present codes: the address may change meanwhile. When nothing is
// shared any more it closes the window.
func (w *codeWindow) draw() {
	switch {
	case w.win == nil:
	case !w.sharing.isSharing():
		w.close()
	default:
		s := w.sharing.snapshot
		steps := sheetSteps(s, w.link(), w.wifi)
		if slices.EqualFunc(w.steps, steps, sameStep) {
			return
		}
		w.steps = steps
		w.sheet.Objects = []fyne.CanvasObject{kit.NewCodeSheet(words.Visible(s.Name), steps)}
		w.sheet.Refresh()
	}
}

func sameStep(a, b kit.SheetStep) bool {
	return a.Code == b.Code && a.Title == b.Title && slices.Equal(a.Lines, b.Lines)
}

func (w *codeWindow) close() {
	if w.win != nil {
		w.win.Close()
	}
}

// typed is a key: Escape and F close the window, and Escape first a dialog.
func (w *codeWindow) typed(k *fyne.KeyEvent) {
	open := w.win.Canvas().Overlays().Top()
	switch {
	case open != nil && k.Name == fyne.KeyEscape:
		open.Hide()
	case open == nil && (k.Name == fyne.KeyEscape || k.Name == fyne.KeyF):
		w.close()
	}
}

// askWiFi asks for the Wi-Fi's name, which the system may know, and its password, which
// only a person does.
func (w *codeWindow) askWiFi() {
	if w.wifi.Name != "" {
		w.showForm(w.wifi)
		return
	}
	name, c := "", w.sharing.control
	c.background(func() error {
		name = c.engine.WiFiName(context.Background())
		return nil
	}, func(error) { w.showForm(server.WiFi{Name: name}) })
}

func (w *codeWindow) showForm(known server.WiFi) {
	if w.win == nil {
		return
	}
	name, password := kit.NewEntry(""), kit.NewEntry(lang.L("none: an open network"))
	name.Name, password.Name = lang.L("Name"), lang.L("Password")
	password.Password = true
	name.SetText(known.Name)
	password.SetText(known.Password)
	hidden := kit.NewCheck(lang.L("Hidden network"), nil)
	hidden.SetChecked(known.Hidden)
	keep := kit.NewCheck(lang.L("Remember it on this computer"), nil)
	keep.SetChecked(w.sharing.options.store.WiFi().Name != "")
	form := dialog.NewForm(lang.L("Wi-Fi for guests"), lang.L("Show the code"), lang.L("Cancel"), []*widget.FormItem{
		widget.NewFormItem(lang.L("Name"), name), widget.NewFormItem(lang.L("Password"), password),
		widget.NewFormItem("", hidden), widget.NewFormItem("", keep),
	}, func(ok bool) {
		if ok {
			w.setWiFi(server.WiFi{Name: name.Text, Password: password.Text, Hidden: hidden.Checked}, keep.Checked)
		}
	}, w.win)
	for _, e := range []*kit.Entry{name, password} {
		e.OnEscape = form.Hide
		e.OnSubmitted = func(string) { form.Submit() }
	}
	form.Resize(fyne.NewSize(460, 0))
	form.Show()
	first := name
	if known.Name != "" {
		first = password
	}
	w.win.Canvas().Focus(first)
}

// setWiFi adds the code of a Wi-Fi. One without a name removes it.
func (w *codeWindow) setWiFi(wifi server.WiFi, keep bool) {
	w.wifi = wifi
	if !keep {
		wifi = server.WiFi{}
	}
	w.sharing.options.store.SetWiFi(wifi)
	w.draw()
}

// save writes what is shown to a file.
func (w *codeWindow) save() {
	sheet := kit.RenderSheet(kit.NewCodeSheet(words.Visible(w.sharing.snapshot.Name), w.steps))
	w.saveAs(w.win, "windowsill.pdf", func(path string) error {
		if err := kit.SaveSheet(path, sheet); err != nil {
			return &words.Error{Text: lang.L("The card could not be saved as {{.Name}}. Choose another place.", map[string]any{"Name": words.Visible(filepath.Base(path))}), Err: err}
		}
		return nil
	})
}

// sheetSteps returns what people do who want to come in: join the Wi-Fi, if there is a
// code for it, and open the folder.
func sheetSteps(s server.Snapshot, link server.Link, w server.WiFi) []kit.SheetStep {
	open := kit.SheetStep{Code: link.URL, Lines: []string{addressText(link.Plain)}}
	if s.Network.Name != "" {
		open.Lines = append(open.Lines, addressText(s.Network.Name))
	}
	if needsPIN(s) {
		open.Lines = append(open.Lines, lang.L("PIN {{.Digits}}", map[string]any{"Digits": spacedPIN(s.PIN.Digits)}))
	}
	if w.Name == "" {
		return []kit.SheetStep{open}
	}
	join := kit.SheetStep{Title: lang.L("1 · Join the Wi-Fi"), Code: w.Code(), Lines: []string{words.Visible(w.Name)}}
	if w.Password != "" {
		join.Lines = append(join.Lines, words.Visible(w.Password))
	}
	open.Title = lang.L("2 · Open the folder")
	return []kit.SheetStep{join, open}
}
