package app

import (
	"net/url"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

const (
	textsHeight  = 190 // of the panel at most; more texts can be scrolled to
	textsPreview = 3   // lines of a text that its card shows
	textsWidth   = 240 // characters that it shows
)

// textsPanel shows what devices have sent to the owner, until the person has
// done with it, and holds the button to send them something.
type textsPanel struct {
	content fyne.CanvasObject
	send    *kit.Button
	app     fyne.App
	onUI    func(func())
	onOpen  func(address string)

	now  []server.Text        // as drawn, the latest first
	done map[server.Text]bool // those that the person needs no more
	sent func() []server.Text // of the last snapshot
	list *fyne.Container
}

func newTextsPanel(a fyne.App, onUI func(func()), o *owner) *textsPanel {
	p := &textsPanel{
		send: kit.NewButton(lang.L("Text…"), kit.IconText, widget.MediumImportance, o.sendText),
		app:  a, onUI: onUI, onOpen: o.openAddress,
		done: map[server.Text]bool{}, list: kit.VStack(8),
	}
	p.send.Name = lang.L("Send text…")
	whole := kit.Padded(1, 1, 0, 0, p.list)
	p.content = kit.ScrollUpTo(textsHeight, whole)
	p.content.Hide()
	return p
}

// show draws the texts of a snapshot, and says whether the panel has changed.
func (p *textsPanel) show(s server.Snapshot) (changed bool) {
	kit.SetShown(p.send, s.State == server.Sharing)
	p.sent = func() []server.Text { return s.Texts }
	var now []server.Text
	for _, t := range slices.Backward(s.Texts) {
		if !t.ByOwner && !p.done[t] {
			now = append(now, t)
		}
	}
	if slices.Equal(now, p.now) {
		return false
	}
	p.now = now
	p.list.RemoveAll()
	for _, t := range now {
		p.list.Add(p.card(t))
	}
	kit.SetShown(p.content, len(now) > 0)
	return true
}

// card is one text and what can be done with it.
func (p *textsPanel) card(t server.Text) fyne.CanvasObject {
	name := words.Visible(t.Name)
	caption := kit.NewCaption(lang.L("{{.Name}} sent at {{.Time}}", map[string]any{"Name": name, "Time": words.TimeOfDay(t.At)}))
	copy := kit.NewCopyButton(p.app, p.onUI, lang.L("Copy"), widget.HighImportance)
	copy.Set(lang.L("Copy"), t.Text)
	copy.Button.Name = lang.L("Copy the text from {{.Name}}", map[string]any{"Name": name})
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(6), kit.FixedWidth(96, copy.Button))
	if link := t.Link(); link != "" {
		buttons.Add(kit.NewButton(lang.L("Open…"), nil, widget.MediumImportance, func() { p.onOpen(link) }))
	}
	done := kit.NewButton(lang.L("Done"), nil, widget.MediumImportance, func() { p.finish(t) })
	done.Name = lang.L("Done with the text from {{.Name}}", map[string]any{"Name": name})
	buttons.Add(done)
	text := kit.NewText(preview(t.Text), theme.SizeNameText, false)
	return kit.NewCard(kit.ColorSurface, kit.ColorAccent, kit.RadiusCard, 10,
		container.NewBorder(nil, nil, nil, kit.Padded(4, 0, 8, 0, container.NewVBox(buttons)), kit.VStack(-12, caption, text)))
}

// finish takes a text away that the person needs no more.
func (p *textsPanel) finish(t server.Text) {
	p.done[t] = true
	p.show(server.Snapshot{State: server.Sharing, Texts: p.sent()})
}

// preview is the beginning of a text, as it can be drawn.
func preview(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	more := len(lines) > textsPreview
	for i := range lines {
		lines[i] = words.Visible(strings.TrimRight(strings.ReplaceAll(lines[i], "\t", "    "), " \r"))
	}
	shown := []rune(strings.Join(lines[:min(len(lines), textsPreview)], "\n"))
	if more || len(shown) > textsWidth {
		return string(shown[:min(len(shown), textsWidth)]) + " …"
	}
	return string(shown)
}

// sendText asks for a text, and sends it to all who are in.
func (o *owner) sendText() {
	q := sendQuestion()
	q.OnYes = func() {
		text := q.Field.Text
		o.control.order(func() {
			err := o.control.engine.SendText(text)
			o.control.onUI(func() { o.sharing.view.urgent.notice.show(err) })
		})
	}
	o.asker.Ask(q)
}

// openAddress opens what a device sent, once the person has seen all of it.
func (o *owner) openAddress(address string) {
	q := addressQuestion(address)
	q.OnYes = func() {
		if u, err := url.Parse(address); err == nil {
			_ = fyne.CurrentApp().OpenURL(u) // the person sees whether a browser opens
		}
	}
	o.asker.Ask(q)
}
