package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/desktop"
	"windowsill/app/kit"
	"windowsill/app/settings"
)

// startChoice is how the program starts, and from where. What the desktop has
// to know is written off Fyne's goroutine.
type startChoice struct {
	content fyne.CanvasObject
	control *control
	store   *settings.Store
	starts  *widget.Check
	atOnce  *widget.Check
	menu    *widget.Check // nil where the desktop has no menu for it
	failure *widget.Label
}

func newStartChoice(c *control, store *settings.Store) *startChoice {
	p := &startChoice{control: c, store: store, failure: kit.NewParagraph("")}
	p.failure.Importance = widget.DangerImportance
	p.failure.Hide()
	p.starts = widget.NewCheck(lang.L("Start with the computer"), func(on bool) {
		p.write(func() error { return desktop.SetStarts(on) })
	})
	p.atOnce = widget.NewCheck(lang.L("Share the last folder at once"), func(on bool) { settings.ShareAtOnce.Set(store, on) })
	p.atOnce.Checked = settings.ShareAtOnce.Get(store)
	rows := kit.Column(-6,
		kit.Option(p.starts, kit.NewHint(lang.L("The window opens when you log in."))),
		kit.Option(p.atOnce, kit.NewHint(lang.L("As soon as the window opens, without a press on Share."))))
	if desktop.HasMenu {
		label := lang.L("Share with Windowsill")
		p.menu = widget.NewCheck(lang.L("“Share with Windowsill” in the menu of folders"), func(on bool) {
			p.write(func() error { return desktop.SetMenu(on, label) })
		})
		rows.Add(kit.Option(p.menu, kit.NewHint(lang.L("A right click on a folder, or on the empty ground in it, shows it. Windows 11 has it under “Show more options”."))))
	}
	rows.Add(p.failure)
	p.content = rows
	return p
}

// look reads what holds; it is called when the settings are opened.
func (p *startChoice) look() {
	p.control.jobs.Go(func() {
		starts, menu := desktop.Starts(), desktop.Menu()
		p.control.onUI(func() {
			kit.SetChecked(p.starts, starts)
			if p.menu != nil {
				kit.SetChecked(p.menu, menu)
			}
		})
	})
}

// write changes an entry of the desktop, and shows what holds then.
func (p *startChoice) write(job func() error) {
	p.control.order(func() {
		err := job()
		p.control.onUI(func() {
			if err != nil {
				kit.SetText(p.failure, lang.L("This could not be changed: {{.Reason}}", map[string]any{"Reason": err.Error()}))
			}
			kit.SetShown(p.failure, err != nil)
			p.look()
		})
	})
}
