package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Reveal scrolls as far as it takes to see all of an object in s, or its top.
func Reveal(s *container.Scroll, o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s).Y
	bottom := top + o.Size().Height - s.Size().Height
	switch {
	case top < 0:
		s.ScrollToOffset(s.Offset.AddXY(0, top))
	case bottom > 0:
		s.ScrollToOffset(s.Offset.AddXY(0, min(bottom, top)))
	}
}

// FollowFocus makes s scroll to whatever gets the keyboard of what o consists of.
func FollowFocus(s *container.Scroll, o fyne.CanvasObject) {
	reveal := func() { Reveal(s, o) }
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			FollowFocus(s, c)
		}
	case *Card:
		FollowFocus(s, o.body)
	case *Button:
		o.OnFocus = reveal
	case *Dropdown:
		o.OnFocus = reveal
	case *Entry:
		o.OnFocus = reveal
	case *Check:
		o.OnFocus = reveal
	case *Clickable:
		o.OnFocus = reveal
	}
}

// LeaveByEscape makes the Escape key leave from whatever has the keyboard of what o
// consists of, unless it has another meaning there.
func LeaveByEscape(o fyne.CanvasObject, leave func()) {
	set := func(escape *func()) {
		if *escape == nil {
			*escape = leave
		}
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			LeaveByEscape(c, leave)
		}
	case *Card:
		LeaveByEscape(o.body, leave)
	case *Button:
		set(&o.OnEscape)
	case *Dropdown:
		set(&o.OnEscape)
	case *Entry:
		set(&o.OnEscape)
	case *Check:
		set(&o.OnEscape)
	}
}
