package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// transferRow is one thing on its way: what and whose it is, how far it has
// come, and the button that breaks it off.
type transferRow struct {
	content            fyne.CanvasObject
	name, left, detail *widget.Label
	bar                *kit.ProgressBar
	cancel             *kit.Button
	id                 uint64
}

func newTransferRow(onCancel func(id uint64)) *transferRow {
	r := &transferRow{name: kit.NewText("", theme.SizeNameText, false), left: kit.Untruncated(kit.NewCaption("")), detail: kit.NewCaption(""), bar: kit.NewProgressBar()}
	r.cancel = kit.NewIconButton("", theme.CancelIcon(), func() { onCancel(r.id) })
	r.cancel.Debounce = kit.DoubleClick
	lines := kit.VStack(-7, container.NewBorder(nil, nil, nil, r.left, r.name), kit.Padded(0, 0, 8, 8, r.bar), r.detail)
	r.content = container.NewBorder(nil, nil, nil, container.NewCenter(r.cancel), lines)
	return r
}

// moved says that the row has come to another place: the second click of a
// double click on the row that was there must not end this one too.
func (r *transferRow) moved() { r.cancel.Moved() }

// show draws a transfer of the device of that name.
func (r *transferRow) show(t server.Transfer, device string) {
	r.id = t.ID
	name := words.Visible(t.Name)
	r.cancel.Name = lang.L("Cancel {{.Name}}", map[string]any{"Name": name})
	kit.SetText(r.name, name)
	kit.SetText(r.left, leftText(t))
	kit.SetText(r.detail, strings.Join(progressTexts(t, device), " · "))
	share := float32(-1)
	if t.Total >= 0 {
		share = shareOf(t)
	}
	r.bar.Set(share)
}

// shareOf returns how much of a transfer is done, 0 to 1.
func shareOf(t server.Transfer) float32 { return float32(float64(t.Done) / float64(max(t.Total, 1))) }

// leftText says how long a transfer will still take; "" while nobody knows.
func leftText(t server.Transfer) string {
	if t.Left() <= 0 {
		return ""
	}
	return lang.L("{{.Time}} left", map[string]any{"Time": words.Clock(t.Left())})
}

func progressTexts(t server.Transfer, device string) []string {
	done := words.Bytes(t.Done)
	if t.Total >= 0 {
		done = lang.L("{{.Done}} of {{.All}}", map[string]any{"Done": done, "All": words.Bytes(t.Total)})
	}
	who := lang.L("to {{.Device}}", map[string]any{"Device": device})
	if t.Kind == server.Arrival {
		who = lang.L("from {{.Device}}", map[string]any{"Device": device})
	}
	texts := []string{who, done}
	if t.Speed > 0 {
		texts = append(texts, words.Speed(t.Speed))
	}
	return texts
}
