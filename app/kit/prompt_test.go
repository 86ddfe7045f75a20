package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Where the buttons have a line of their own, the cross is at its end and not beside an
// answer.
func TestCrossOfAPromptIsAtTheEnd(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(""))
	undo := NewButton("Undo", nil, widget.HighImportance, func() {})
	also := NewButton("Also", nil, widget.MediumImportance, func() {})
	more := NewIconButton("More", theme.MoreVerticalIcon(), func() {})
	more.Shy = true
	cross := NewCloseButton("Hide", func() {})
	row := container.New(promptRow{}, undo, also, more, cross)

	least := row.MinSize()
	row.Resize(fyne.NewSize(300, least.Height))
	inOrder(t, "on a line of their own", undo, also, more, cross)
	if gap := more.Position().X - also.Position().X - also.Size().Width; gap < 100 {
		t.Errorf("%v between the answers and the signs", gap)
	}
	if end := cross.Position().X + cross.Size().Width; end != 300 {
		t.Errorf("the cross ends at %v", end)
	}
	row.Resize(least)
	inOrder(t, "beside a text", more, undo, also, cross)
}

// inOrder checks that buttons are from left to right, none above another.
func inOrder(t *testing.T, where string, buttons ...*Button) {
	t.Helper()
	for i, b := range buttons[1:] {
		if before := buttons[i]; before.Position().X+before.Size().Width > b.Position().X {
			t.Errorf("%s: %q ends at %v, %q begins at %v", where, before.Name+before.Text, before.Position().X+before.Size().Width, b.Name+b.Text, b.Position().X)
		}
	}
}
