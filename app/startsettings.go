package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/desktop"
	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
)

// startSettings is how the program starts, and how it ends. The entries that the
// desktop has are read and written off Fyne's goroutine.
type startSettings struct {
	content fyne.CanvasObject
	control *control
	reveal  func(fyne.CanvasObject)

	atLogin *kit.Check
	menu    *kit.Check // nil where the desktop has no menu for it
	failure *widget.Label
	tray    fyne.CanvasObject // hidden where there is no tray
}

func newStartSettings(c *control, store *settings.Store, reveal func(fyne.CanvasObject)) *startSettings {
	s := &startSettings{control: c, reveal: reveal, failure: kit.NewParagraph("")}
	s.failure.Importance = widget.DangerImportance
	s.failure.Hide()
	s.atLogin = kit.NewCheck(lang.L("Start when I log in"), func(on bool) {
		s.write(func() error { return desktop.SetStarts(on) })
	})
	atOnce := kit.NewCheck(lang.L("Share the last folder straight away"), func(on bool) { settings.ShareAtOnce.Set(store, on) })
	atOnce.Checked = settings.ShareAtOnce.Get(store)
	rows := kit.Column(-6,
		kit.Option(s.atLogin, nil),
		kit.Option(atOnce, kit.NewHint(lang.L("As soon as the window opens, without pressing Share."))))
	if desktop.HasMenu {
		label := lang.L("Share with Windowsill")
		s.menu = kit.NewCheck(lang.L("“Share with Windowsill” in the folder menu"), func(on bool) {
			s.write(func() error { return desktop.SetMenu(on, label) })
		})
		rows.Add(kit.Option(s.menu, kit.NewHint(lang.L("Right-click a folder to see it. On Windows 11 it is under “Show more options”."))))
	}
	rows.Add(s.failure)
	s.content = kit.Paragraphs(rows, s.newTrayOption(store))
	return s
}

func (s *startSettings) newTrayOption(store *settings.Store) fyne.CanvasObject {
	check := kit.NewCheck(lang.L("Keep running in the tray when the window is closed"), func(on bool) { settings.Tray.Set(store, on) })
	check.Checked = settings.Tray.Get(store)
	s.tray = kit.Option(check, kit.NewHint(lang.L("A click on its icon there brings the window back.")))
	s.tray.Hide()
	return s.tray
}

// read draws the entries that the desktop has.
func (s *startSettings) read() {
	starts, menu := false, false
	s.control.background(func() error {
		starts, menu = desktop.Starts(), desktop.Menu()
		return nil
	}, func(error) {
		s.atLogin.Draw(starts)
		if s.menu != nil {
			s.menu.Draw(menu)
		}
	})
}

// write changes an entry of the desktop, and reads it again.
func (s *startSettings) write(job func() error) {
	s.control.tryThen(job, func(err error) {
		if err != nil {
			kit.SetText(s.failure, words.ErrorText(err))
		}
		if kit.SetShown(s.failure, err != nil); err != nil {
			s.reveal(s.failure)
		}
		s.read()
	})
}

// showTray says whether there is a tray, and reports whether that is news.
func (s *startSettings) showTray(shown bool) (changed bool) {
	changed = shown != s.tray.Visible()
	kit.SetShown(s.tray, shown)
	return changed
}
