package app

import (
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
	textsHeight  = 190 // of the panel; more texts can be scrolled to
	previewLines = 3
	previewChars = 240
)

// textsPanel shows texts that devices have sent, until the person is done with them. It
// also has the button to send one.
type textsPanel struct {
	content fyne.CanvasObject
	send    *kit.Button
	app     fyne.App
	onUI    func(func())
	onOpen  func(address string)

	texts []server.Text        // of the last snapshot
	shown []server.Text        // as drawn, the latest first
	done  map[server.Text]bool // that the person needs no more
	list  *fyne.Container
}

func newTextsPanel(a fyne.App, onUI func(func()), onSend func(), onOpen func(address string)) *textsPanel {
	p := &textsPanel{
		send: kit.NewButton(lang.L("Text…"), kit.IconText, widget.MediumImportance, onSend),
		app:  a, onUI: onUI, onOpen: onOpen,
		done: map[server.Text]bool{}, list: kit.VStack(8),
	}
	p.send.Name = lang.L("Send text…")
	p.content = kit.ScrollUpTo(textsHeight, kit.Padded(1, 1, 0, 0, p.list))
	p.content.Hide()
	return p
}

// show draws the texts of a snapshot, and reports whether the panel has changed.
func (p *textsPanel) show(s server.Snapshot) (changed bool) {
	kit.SetShown(p.send, s.State == server.Sharing)
	p.texts = s.Texts
	return p.draw()
}

func (p *textsPanel) draw() (changed bool) {
	var now []server.Text
	for _, t := range slices.Backward(p.texts) {
		if !t.ByOwner && !p.done[t] {
			now = append(now, t)
		}
	}
	if slices.Equal(now, p.shown) {
		return false
	}
	p.shown = now
	p.list.RemoveAll()
	for _, t := range now {
		p.list.Add(p.newCard(t))
	}
	kit.SetShown(p.content, len(now) > 0)
	return true
}

// newCard is one text and what can be done with it.
func (p *textsPanel) newCard(t server.Text) fyne.CanvasObject {
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

// finish removes a text that the person needs no more.
func (p *textsPanel) finish(t server.Text) {
	p.done[t] = true
	p.draw()
}

// preview returns the beginning of a text, so that it can be drawn.
func preview(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	more := len(lines) > previewLines
	for i := range lines {
		lines[i] = words.Visible(strings.TrimRight(strings.ReplaceAll(lines[i], "\t", "    "), " \r"))
	}
	shown := []rune(strings.Join(lines[:min(len(lines), previewLines)], "\n"))
	if more || len(shown) > previewChars {
		return string(shown[:min(len(shown), previewChars)]) + " …"
	}
	return string(shown)
}
