package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

// Border puts objects at the edges and one in the middle, each nil for none. The Tab key
// goes through them as they are read. (container.NewBorder has the middle first.)
func Border(top, bottom, left, right, middle fyne.CanvasObject) *fyne.Container {
	read := slices.DeleteFunc([]fyne.CanvasObject{top, left, middle, right, bottom}, func(o fyne.CanvasObject) bool { return o == nil })
	return container.New(layout.NewBorderLayout(top, bottom, left, right), read...)
}

// NewCloseButton returns a cross that takes away what it stands on.
func NewCloseButton(name string, tapped func()) *Button {
	return NewIconButton(name, theme.CancelIcon(), tapped)
}
