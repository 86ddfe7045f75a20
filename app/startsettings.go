package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/desktop"
	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
)

// startSettings is how the program starts, and when sharing stops. The entries that the
// desktop has are read and written off Fyne's goroutine.
type startSettings struct {
	content fyne.CanvasObject
	control *control

	atLogin *widget.Check
	menu    *widget.Check // nil where the desktop has no menu for it
	failure *widget.Label
	tray    fyne.CanvasObject // hidden where there is no tray

	stop  *kit.Dropdown
	rules []stopRule // of stop
}

func newStartSettings(c *control, store *settings.Store, onRule func(stopRule)) *startSettings {
	s := &startSettings{control: c, failure: kit.NewParagraph("")}
	s.failure.Importance = widget.DangerImportance
	s.failure.Hide()
	s.atLogin = widget.NewCheck(lang.L("Start with the computer"), func(on bool) {
		s.write(func() error { return desktop.SetStarts(on) })
	})
	atOnce := widget.NewCheck(lang.L("Share the last folder at once"), func(on bool) { settings.ShareAtOnce.Set(store, on) })
	atOnce.Checked = settings.ShareAtOnce.Get(store)
	rows := kit.Column(-6,
		kit.Option(s.atLogin, kit.NewHint(lang.L("The window opens when you log in."))),
		kit.Option(atOnce, kit.NewHint(lang.L("As soon as the window opens, without a press on Share."))))
	if desktop.HasMenu {
		label := lang.L("Share with Windowsill")
		s.menu = widget.NewCheck(lang.L("“Share with Windowsill” in the menu of folders"), func(on bool) {
			s.write(func() error { return desktop.SetMenu(on, label) })
		})
		rows.Add(kit.Option(s.menu, kit.NewHint(lang.L("A right click on a folder, or on the empty ground in it, shows it. Windows 11 has it under “Show more options”."))))
	}
	rows.Add(s.failure)
	s.content = kit.Paragraphs(rows, s.newTrayOption(store), s.newStopOption(onRule))
	return s
}

func (s *startSettings) newTrayOption(store *settings.Store) fyne.CanvasObject {
	check := widget.NewCheck(lang.L("Go on in the tray when the window is closed"), func(on bool) { settings.Tray.Set(store, on) })
	check.Checked = settings.Tray.Get(store)
	s.tray = kit.Option(check, kit.NewHint(lang.L("Without a question. The icon in the tray brings the window back, and quits.")))
	s.tray.Hide()
	return s.tray
}

func (s *startSettings) newStopOption(onRule func(stopRule)) fyne.CanvasObject {
	label := lang.L("Stop sharing by itself")
	rules, names := stopRules()
	s.rules = rules
	s.stop = kit.NewDropdown(label, names, 0, func(i int) { onRule(rules[i]) })
	return kit.Paragraphs(kit.SelectRows(kit.SelectRow(label, s.stop)),
		kit.NewHint(lang.L("While it counts, the window shows how long it still takes, and can push it on.")))
}

// read draws the entries that the desktop has.
func (s *startSettings) read() {
	starts, menu := false, false
	s.control.background(func() error {
		starts, menu = desktop.Starts(), desktop.Menu()
		return nil
	}, func(error) {
		kit.SetChecked(s.atLogin, starts)
		if s.menu != nil {
			kit.SetChecked(s.menu, menu)
		}
	})
}

// write changes an entry of the desktop, and reads it again.
func (s *startSettings) write(job func() error) {
	s.control.tryThen(job, func(err error) {
		if err != nil {
			kit.SetText(s.failure, words.ErrorText(err))
		}
		kit.SetShown(s.failure, err != nil)
		s.read()
	})
}

// showRule draws when sharing stops by itself.
func (s *startSettings) showRule(r stopRule) {
	if i := slices.Index(s.rules, r); i >= 0 {
		s.stop.Select(i)
	}
}

// showTray says whether there is a tray, and reports whether that is news.
func (s *startSettings) showTray(shown bool) (changed bool) {
	changed = shown != s.tray.Visible()
	kit.SetShown(s.tray, shown)
	return changed
}
