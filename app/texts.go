package app

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

const (
	previewLines = 3
	previewChars = 240
)

// texts are those that devices have sent and that the person is not done with.
type texts struct {
	app    fyne.App
	onUI   func(func())
	onOpen func(address string)
	redraw func()
	done   map[server.Text]bool
}

func newTexts(a fyne.App, onUI func(func()), onOpen func(address string), redraw func()) *texts {
	return &texts{app: a, onUI: onUI, onOpen: onOpen, redraw: redraw, done: map[server.Text]bool{}}
}

// matters returns the texts of a snapshot, the latest first.
func (x *texts) matters(s server.Snapshot) (all []matter) {
	for _, t := range slices.Backward(s.Texts) {
		if !t.ByOwner && !x.done[t] {
			all = append(all, matter{t, func() *kit.Prompt { return x.newCard(t) }})
		}
	}
	return all
}

// newCard is one text and what can be done with it.
func (x *texts) newCard(t server.Text) *kit.Prompt {
	name := map[string]any{"Name": shortName(t.Name)}
	copy := kit.NewCopyButton(x.app, x.onUI, lang.L("Copy"), widget.HighImportance)
	copy.Set(lang.L("Copy"), t.Text)
	copy.Button.Name = lang.L("Copy the text from {{.Name}}", name)
	buttons := []*kit.Button{copy.Button}
	if link := t.Link(); link != "" {
		buttons = append(buttons, kit.NewButton(lang.L("Open…"), nil, widget.MediumImportance, func() { x.onOpen(link) }))
	}
	hide := kit.NewCloseButton(lang.L("Hide"), func() {
		x.done[t] = true
		x.redraw()
	})
	hide.Name = lang.L("Hide the text from {{.Name}}", name)
	return kit.NewPrompt(kit.ColorAccent, lang.L("{{.Name}} sent a text", name), []string{preview(t.Text)}, append(buttons, hide)...)
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
