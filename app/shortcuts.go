package app

import (
	"runtime"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"windowsill/app/kit"
	"windowsill/app/words"
)

// shortcut is a shortcut of the window: Ctrl and a key, on a Mac Cmd.
type shortcut struct {
	keys []fyne.KeyName // any of them
	name string         // of the key, for a person
	what string         // it does
	do   func(*Window)
}

// shortcuts are all of them. Copying reaches the window only if no text is selected,
// pasting only if no text is typed.
var shortcuts = []shortcut{
	{[]fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter}, words.Phrase("Return"), words.Phrase("Share, or stop sharing"), func(w *Window) { w.sharing.toggle() }},
	{[]fyne.KeyName{fyne.KeyO}, "O", words.Phrase("Choose a folder"), func(w *Window) { w.desktop.picker.chooseFolder() }},
	{[]fyne.KeyName{fyne.KeyV}, "V", words.Phrase("Share what was copied: files, or a text"), func(w *Window) { w.desktop.picker.paste() }},
	{[]fyne.KeyName{fyne.KeyC}, "C", words.Phrase("Copy the link"), (*Window).copyLink},
	{[]fyne.KeyName{fyne.KeyB}, "B", words.Phrase("Show the code large"), func(w *Window) { w.view.code.open() }},
	{[]fyne.KeyName{fyne.KeyL}, "L", words.Phrase("Fold or unfold the requests"), func(w *Window) { w.view.activity.foldLog() }},
	{[]fyne.KeyName{fyne.KeyF}, "F", words.Phrase("Filter the requests"), func(w *Window) { w.view.activity.filterLog() }},
	{[]fyne.KeyName{fyne.KeyI}, "I", words.Phrase("Let in"), func(w *Window) { w.view.alerts.attention.press(isAsking, buttonLetIn) }},
	{[]fyne.KeyName{fyne.KeyN}, "N", words.Phrase("Not now"), func(w *Window) { w.view.alerts.attention.press(isAsking, buttonNotNow) }},
	{[]fyne.KeyName{fyne.KeyComma}, words.Phrase("Comma"), words.Phrase("Settings"), func(w *Window) { w.view.toggleSettings() }},
	{[]fyne.KeyName{fyne.KeyQ, fyne.KeyW}, "Q", words.Phrase("Quit"), (*Window).leave},
}

// String returns the shortcut as a person knows it.
func (s shortcut) String() string {
	if runtime.GOOS == "darwin" {
		return "Cmd + " + lang.L(s.name)
	}
	return lang.L("Ctrl") + " + " + lang.L(s.name)
}

// bindKeys makes the window react to its shortcuts.
func (w *Window) bindKeys() {
	c := w.win.Canvas()
	for _, s := range shortcuts {
		for _, name := range s.keys {
			c.AddShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault}, w.typedShortcut)
		}
	}
	c.AddShortcut(&fyne.ShortcutCopy{}, w.typedShortcut)
	c.AddShortcut(&fyne.ShortcutPaste{}, w.typedShortcut)
	c.SetOnTypedKey(w.typedKey)
}

// typedShortcut does what a shortcut says, unless a question or a menu is in front of
// the window, or was until now: Ctrl+Return sends a text, and must not also stop the share.
func (w *Window) typedShortcut(typed fyne.Shortcut) {
	if w.asker.HasJustSubmitted() {
		return
	}
	name := fyne.KeyC
	switch typed := typed.(type) {
	case *fyne.ShortcutPaste:
		name = fyne.KeyV
	case *desktop.CustomShortcut:
		name = typed.KeyName
	}
	for _, s := range shortcuts {
		if slices.Contains(s.keys, name) && w.win.Canvas().Overlays().Top() == nil {
			s.do(w)
		}
	}
}

// typedKey is a key while nothing has the focus: Escape goes back, and F shows the code
// large.
func (w *Window) typedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyF && !w.asker.IsOpen():
		w.view.code.open()
	case k.Name != fyne.KeyEscape:
	case w.asker.IsOpen():
		w.asker.Decline()
	default:
		w.view.showSettings(false)
	}
}

// newShortcutTable lists the shortcuts.
func newShortcutTable() fyne.CanvasObject {
	table := kit.TextStack()
	for _, s := range shortcuts {
		what := kit.NewText(lang.L(s.what), theme.SizeNameText, false)
		table.Add(kit.Border(nil, nil, kit.FixedWidth(140, kit.NewText(s.String(), theme.SizeNameText, true)), nil, what))
	}
	return table
}
