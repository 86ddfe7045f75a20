package app

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// bigCode shows the code as large as the screen, for a beamer or a TV, and with
// a code for the Wi-Fi if the person wants one. Both can be printed.
type bigCode struct {
	sharing *sharing
	control *control
	app     fyne.App
	link    func() server.Link // the one that is shown
	saveAs  func(win fyne.Window, name string, save func(path string) error)

	win    fyne.Window // nil while it is not shown
	place  *fyne.Container
	shown  []kit.PosterStep
	wifi   server.WiFi // as the person typed it
	recall bool        // it was asked for what is remembered of it
}

// open shows it.
func (b *bigCode) open() {
	if b.sharing.now.State != server.Sharing || len(b.sharing.now.Links) == 0 {
		return
	}
	if b.win != nil {
		b.win.RequestFocus()
		return
	}
	if !b.recall {
		b.wifi, b.recall = b.sharing.store.WiFi(), true
	}
	b.place = container.NewStack()
	b.win = b.app.NewWindow("Windowsill")
	b.win.SetPadded(false)
	b.win.SetOnClosed(func() { b.win, b.shown = nil, nil })
	b.win.Canvas().SetOnTypedKey(b.typed)
	add := kit.NewButton(lang.L("Wi-Fi for guests…"), nil, widget.MediumImportance, b.askWiFi)
	save := kit.NewButton(lang.L("Save as PNG or PDF…"), nil, widget.MediumImportance, b.save)
	back := kit.NewButton(lang.L("Close"), nil, widget.HighImportance, b.close)
	bar := kit.Padded(8, 8, 8, 8, container.NewCenter(container.NewHBox(add, save, back)))
	b.win.SetContent(container.NewBorder(nil, bar, nil, nil, b.place))
	b.win.Resize(fyne.NewSize(900, 640))
	b.win.SetFullScreen(true)
	b.draw()
	b.win.Show()
}

// draw shows the present codes: the address may change meanwhile. When nothing
// is shared any more there is none.
func (b *bigCode) draw() {
	switch s := b.sharing.now; {
	case b.win == nil:
	case s.State != server.Sharing:
		b.close()
	default:
		steps := posterSteps(s, b.link(), b.wifi)
		if equalSteps(b.shown, steps) {
			return
		}
		b.shown = steps
		b.place.Objects = []fyne.CanvasObject{kit.NewPoster(words.Visible(s.Name), steps)}
		b.place.Refresh()
	}
}

func equalSteps(a, b []kit.PosterStep) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Code != b[i].Code || a[i].Title != b[i].Title || len(a[i].Lines) != len(b[i].Lines) {
			return false
		}
	}
	return true
}

func (b *bigCode) close() {
	if b.win != nil {
		b.win.Close()
	}
}

// typed is a key: Escape and F lead back, and Escape first out of a question.
func (b *bigCode) typed(k *fyne.KeyEvent) {
	asked := b.win.Canvas().Overlays().Top()
	switch {
	case asked != nil && k.Name == fyne.KeyEscape:
		asked.Hide()
	case asked == nil && (k.Name == fyne.KeyEscape || k.Name == fyne.KeyF):
		b.close()
	}
}

// askWiFi asks for the Wi-Fi's name, which the system may know, and for its
// password, which only a person does.
func (b *bigCode) askWiFi() {
	if b.wifi.Name != "" {
		b.askFor(b.wifi)
		return
	}
	b.control.jobs.Go(func() {
		name := b.control.engine.WiFiName(context.Background())
		b.control.onUI(func() { b.askFor(server.WiFi{Name: name}) })
	})
}

func (b *bigCode) askFor(w server.WiFi) {
	if b.win == nil {
		return
	}
	name, password := kit.NewEntry(""), kit.NewEntry(lang.L("none: an open network"))
	password.Password = true
	name.SetText(w.Name)
	password.SetText(w.Password)
	hidden := widget.NewCheck(lang.L("It does not show its name"), nil)
	hidden.SetChecked(w.Hidden)
	keep := widget.NewCheck(lang.L("Remember it on this computer"), nil)
	keep.SetChecked(b.sharing.store.WiFi().Name != "")
	form := dialog.NewForm(lang.L("Wi-Fi for guests"), lang.L("Show the code"), lang.L("Cancel"), []*widget.FormItem{
		widget.NewFormItem(lang.L("Name"), name), widget.NewFormItem(lang.L("Password"), password),
		widget.NewFormItem("", hidden), widget.NewFormItem("", keep),
	}, func(ok bool) {
		if ok {
			b.show(server.WiFi{Name: name.Text, Password: password.Text, Hidden: hidden.Checked}, keep.Checked)
		}
	}, b.win)
	for _, e := range []*kit.Entry{name, password} {
		e.OnEscape = form.Hide
		e.OnSubmitted = func(string) { form.Submit() }
	}
	form.Resize(fyne.NewSize(460, 0))
	form.Show()
	first := name
	if w.Name != "" {
		first = password
	}
	b.win.Canvas().Focus(first)
}

// show adds the code of a Wi-Fi; one without a name takes it away.
func (b *bigCode) show(w server.WiFi, keep bool) {
	b.wifi = w
	if !keep {
		w = server.WiFi{}
	}
	b.sharing.store.SetWiFi(w)
	b.draw()
}

// save writes what is shown to a file.
func (b *bigCode) save() {
	sheet := kit.RenderSheet(kit.NewPoster(words.Visible(b.sharing.now.Name), b.shown))
	b.saveAs(b.win, "windowsill.pdf", func(path string) error {
		if err := kit.SaveSheet(path, sheet); err != nil {
			return &words.Error{Text: lang.L("The card could not be saved as {{.Name}}. Choose another place.", map[string]any{"Name": words.Visible(filepath.Base(path))}), Err: err}
		}
		return nil
	})
}

// posterSteps says what a guest does: join the Wi-Fi, if there is a code for
// that, and open the folder.
func posterSteps(s server.Snapshot, link server.Link, w server.WiFi) []kit.PosterStep {
	open := kit.PosterStep{Code: link.URL, Lines: []string{addressText(link.Plain)}}
	if s.Network.Name != "" {
		open.Lines = append(open.Lines, addressText(s.Network.Name))
	}
	if s.PIN.Digits != "" && !s.Policy.Open {
		open.Lines = append(open.Lines, lang.L("PIN {{.Digits}}", map[string]any{"Digits": spacedPIN(s.PIN.Digits)}))
	}
	if w.Name == "" {
		return []kit.PosterStep{open}
	}
	join := kit.PosterStep{Title: lang.L("1 · Join the Wi-Fi"), Code: w.Code(), Lines: []string{words.Visible(w.Name)}}
	if w.Password != "" {
		join.Lines = append(join.Lines, words.Visible(w.Password))
	}
	open.Title = lang.L("2 · Open the folder")
	return []kit.PosterStep{join, open}
}
