package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
)

// endLine counts down to when sharing stops by itself, and can push it on.
// Nothing is to be seen of it unless a person has chosen that.
type endLine struct {
	content fyne.CanvasObject
	text    *widget.Label
}

func newEndLine(onPush, onNever func()) *endLine {
	l := &endLine{text: kit.NewText("", "", false)}
	l.text.SizeName = kit.NewCaption("").SizeName
	push := kit.NewButton(lang.L("+10 minutes"), nil, widget.LowImportance, onPush).WithStyle(kit.QuietStyle)
	never := kit.NewButton(lang.L("Keep sharing"), nil, widget.LowImportance, onNever).WithStyle(kit.QuietStyle)
	l.content = kit.NewCard(kit.ColorTint, "", kit.RadiusInner, 2, container.NewBorder(nil, nil, nil, container.NewHBox(push, never), l.text))
	l.content.Hide()
	return l
}

// show says how long it still takes, or nothing.
func (l *endLine) show(left time.Duration, counts bool) {
	if counts {
		kit.SetText(l.text, lang.L("Stops by itself in {{.Time}}", map[string]any{"Time": words.Clock(left + time.Second - 1)}))
	}
	kit.SetShown(l.content, counts)
}
