package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/words"
)

// endLine counts down to when sharing stops by itself, and can push it on.
// Nothing is to be seen of it unless a person has chosen that.
type endLine struct {
	content fyne.CanvasObject
	text    *widget.Label
}

func newEndLine(onPush, onNever func()) *endLine {
	l := &endLine{text: newText("", "", false)}
	l.text.SizeName = newCaption("").SizeName
	push := newButton(lang.L("+10 minutes"), nil, widget.LowImportance, onPush).looking(quietLook)
	never := newButton(lang.L("Keep sharing"), nil, widget.LowImportance, onNever).looking(quietLook)
	l.content = newCard(colorTint, "", radiusInner, 2, container.NewBorder(nil, nil, nil, container.NewHBox(push, never), l.text))
	l.content.Hide()
	return l
}

// show says how long it still takes, or nothing.
func (l *endLine) show(left time.Duration, counts bool) {
	if counts {
		setText(l.text, lang.L("Stops by itself in {{.Time}}", map[string]any{"Time": words.Clock(left + time.Second - 1)}))
	}
	setShown(l.content, counts)
}
