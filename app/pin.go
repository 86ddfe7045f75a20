package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// pinRow shows the PIN for those who type the address. Where everyone may come
// in there is nothing to see of it.
type pinRow struct {
	content fyne.CanvasObject
	digits  *kit.CopyButton
}

func newPINRow(a fyne.App, onUI func(func()), onNewCode func()) *pinRow {
	r := &pinRow{digits: kit.NewCopyButton(a, onUI, "", widget.LowImportance)}
	r.digits.Button.Style = kit.DigitsStyle
	r.digits.Button.IconPlacement = widget.ButtonIconTrailingText
	fresh := kit.NewButton(lang.L("New code"), nil, widget.LowImportance, onNewCode).WithStyle(kit.QuietStyle)
	r.content = container.New(pinLayout{}, r.digits.Button, fresh)
	r.content.Hide()
	return r
}

// show draws the PIN, if one is needed.
func (r *pinRow) show(s server.Snapshot) {
	digits := s.PIN.Digits
	r.digits.Set(lang.L("PIN {{.PIN}}", map[string]any{"PIN": spacedPIN(digits)}), digits)
	r.digits.Button.Name = lang.L("Copy the PIN {{.PIN}}", map[string]any{"PIN": digits})
	kit.SetShown(r.content, digits != "" && !s.Policy.Open)
}

// spacedPIN parts the digits in the middle, for reading them out.
func spacedPIN(digits string) string {
	half := len(digits) / 2
	return digits[:half] + " " + digits[half:]
}

// pinLayout puts the first into the middle of the line, and the second at its
// end.
type pinLayout struct{}

func (pinLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	digits, fresh := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(digits.Width+fresh.Width, max(digits.Height, fresh.Height))
}

func (pinLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	digits, fresh := o[0].MinSize(), o[1].MinSize()
	o[0].Resize(digits)
	o[0].Move(fyne.NewPos(min((s.Width-digits.Width)/2, s.Width-fresh.Width-digits.Width), (s.Height-digits.Height)/2))
	o[1].Resize(fresh)
	o[1].Move(fyne.NewPos(s.Width-fresh.Width, (s.Height-fresh.Height)/2))
}
