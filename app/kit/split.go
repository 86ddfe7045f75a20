package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Split puts the second object below the first. The first gets at least what it
// needs, the second up to the height that preferred returns, and what is left
// goes to the first.
func Split(gap float32, preferred func() float32, first, second fyne.CanvasObject) *fyne.Container {
	return container.New(splitLayout{gap, preferred}, first, second)
}

type splitLayout struct {
	gap       float32
	preferred func() float32
}

func (l splitLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	first, second := o[0].MinSize(), o[1].MinSize()
	if !o[1].Visible() {
		return first
	}
	return fyne.NewSize(max(first.Width, second.Width), first.Height+l.gap+second.Height)
}

func (l splitLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	var height float32
	if o[1].Visible() {
		room := s.Height - l.gap - o[0].MinSize().Height
		height = max(min(l.preferred(), room), o[1].MinSize().Height)
		o[1].Move(fyne.NewPos(0, s.Height-height))
		o[1].Resize(fyne.NewSize(s.Width, height))
		height += l.gap
	}
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, s.Height-height))
}

// Banner puts an object, while it is shown, above the rest. It takes no more
// than maxShare of the height, and adds nothing to the height that the whole
// needs: otherwise the window would grow whenever there is something to say.
func Banner(gap, maxShare float32, above, rest fyne.CanvasObject) *fyne.Container {
	return container.New(bannerLayout{gap, maxShare}, above, rest)
}

type bannerLayout struct{ gap, maxShare float32 }

func (l bannerLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	first, second := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(first.Width, second.Width), second.Height)
}

func (l bannerLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	var top float32
	if o[0].Visible() {
		o[0].Move(fyne.NewPos(0, 0))
		o[0].Resize(fyne.NewSize(s.Width, o[0].MinSize().Height)) // it may wrap its text
		height := min(o[0].MinSize().Height, s.Height*l.maxShare)
		o[0].Resize(fyne.NewSize(s.Width, height))
		top = height + l.gap
	}
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(s.Width, max(0, s.Height-top)))
}
