package app

import (
	"runtime"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/words"
	"windowsill/server"
)

// windowKey is a shortcut of the window: Ctrl and a key, on a Mac Cmd.
type windowKey struct {
	keys []fyne.KeyName // any of them
	name string         // of the key, for a person
	what string         // it does
	do   func(*Window)
}

// windowKeys are all of them. Copying reaches the window only if no text is
// selected.
var windowKeys = []windowKey{
	{[]fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter}, words.Phrase("Return"), words.Phrase("Share, or stop sharing"), func(w *Window) { w.sharing.act() }},
	{[]fyne.KeyName{fyne.KeyO}, "O", words.Phrase("Choose a folder"), (*Window).choose},
	{[]fyne.KeyName{fyne.KeyC}, "C", words.Phrase("Copy the link"), (*Window).copyLink},
	{[]fyne.KeyName{fyne.KeyB}, "B", words.Phrase("Show the code large"), func(w *Window) { w.view.big.open() }},
	{[]fyne.KeyName{fyne.KeyL}, "L", words.Phrase("Activity, or requests"), func(w *Window) { w.view.activity.traffic.choice.Next() }},
	{[]fyne.KeyName{fyne.KeyComma}, words.Phrase("Comma"), words.Phrase("Settings"), (*Window).toggleSettings},
	{[]fyne.KeyName{fyne.KeyQ, fyne.KeyW}, "Q", words.Phrase("Quit"), (*Window).leave},
}

// String writes the shortcut as a person knows it.
func (k windowKey) String() string {
	if runtime.GOOS == "darwin" {
		return "Cmd + " + lang.L(k.name)
	}
	return lang.L("Ctrl") + " + " + lang.L(k.name)
}

// bindKeys makes the window listen to its shortcuts.
func (w *Window) bindKeys() {
	c := w.win.Canvas()
	for _, k := range windowKeys {
		for _, name := range k.keys {
			c.AddShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault}, w.shortcut)
		}
	}
	c.AddShortcut(&fyne.ShortcutCopy{}, w.shortcut)
	c.SetOnTypedKey(w.typed)
}

// shortcut does what a shortcut stands for. All of them rest while a question
// or a menu is in front of the window.
func (w *Window) shortcut(s fyne.Shortcut) {
	name := fyne.KeyC
	if s, ok := s.(*desktop.CustomShortcut); ok {
		name = s.KeyName
	}
	for _, k := range windowKeys {
		if slices.Contains(k.keys, name) && w.win.Canvas().Overlays().Top() == nil {
			k.do(w)
		}
	}
}

// copyLink is for the keyboard; the button does the same.
func (w *Window) copyLink() {
	if w.sharing.now.State == server.Sharing {
		w.view.link.copy.Copy()
	}
}

// typed is a key while nothing has the focus: Escape goes back,
// and F shows the code large.
func (w *Window) typed(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyF && !w.asker.IsOpen():
		w.view.big.open()
	case k.Name != fyne.KeyEscape:
	case w.asker.IsOpen():
		w.asker.Decline()
	default:
		w.openSettings(false)
	}
}
