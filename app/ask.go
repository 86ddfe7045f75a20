package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const questionWidth = 420

// question is something that only the person can decide, asked in front of the
// window. All answers are verbs.
type question struct {
	title, body string
	yes, no     string // "Stop and quit", "Keep sharing"
	danger      bool   // yes opens or ends something for others
	also        string // a yes that goes further; "" if there is none
	field       *entry // to type the answer into; nil if a verb says it all
	onYes       func()
	onAlso      func()
	onNo        func() // any other way out; may be nil
	noDoes      func() // what the button of no does after that; may be nil
}

// asker asks one question at a time.
type asker struct {
	win   fyne.Window
	popup *widget.PopUp // nil while nothing is asked
	asked question
}

// ask shows the question, and takes no for the answer to one that is open.
func (a *asker) ask(q question) {
	a.decline()
	buttons, no := a.buttons(q)
	var first fyne.Focusable = no
	text := container.New(falling{-6}, newTitle(q.title), newProse(q.body))
	body := text
	if q.field == nil {
		sign := picture(theme.NewColoredResource(iconCaution, theme.ColorNameWarning), 26)
		body = container.NewBorder(nil, nil, container.NewVBox(padded(6, 0, 0, 4, sign)), nil, text)
	} else {
		q.field.OnSubmitted = func(string) { a.answer(q.onYes) }
		q.field.onEscape = a.decline
		text.Add(padded(10, 0, 8, 8, q.field))
		first = q.field
	}
	width := max(min(questionWidth, a.win.Canvas().Size().Width-48), buttons.MinSize().Width)
	content := container.New(asked{width}, body, buttons)

	a.asked = q
	a.popup = widget.NewModalPopUp(padded(16, 16, 16, 16, content), a.win.Canvas())
	a.popup.Show()
	a.win.Canvas().Focus(first)
	if q.field != nil {
		q.field.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// buttons are the answers in a row; no is the one that changes nothing.
func (a *asker) buttons(q question) (row fyne.CanvasObject, no *button) {
	no = newButton(q.no, nil, widget.MediumImportance, func() {
		a.decline()
		call(q.noDoes)
	})
	yes := newButton(q.yes, nil, widget.HighImportance, func() { a.answer(q.onYes) })
	if q.danger {
		yes.Importance = widget.DangerImportance
	}
	also := newButton(q.also, nil, widget.DangerImportance, func() { a.answer(q.onAlso) })
	also.Hidden = q.also == ""
	for _, b := range []*button{no, yes, also} {
		b.onEscape = a.decline
	}
	both := container.New(layout.NewCustomPaddedHBoxLayout(8), yes, also)
	return container.NewHBox(layout.NewSpacer(), no, gap(1), both), no
}

// decline is every answer but yes. It does nothing while nothing is asked.
func (a *asker) decline() { a.answer(a.asked.onNo) }

func (a *asker) answer(f func()) {
	if a.popup == nil {
		return
	}
	a.popup.Hide()
	a.popup = nil
	call(f)
}

func call(f func()) {
	if f != nil {
		f()
	}
}

// asked puts a text over its buttons at a fixed width. The text wraps, so its
// height is known only once it has that width.
type asked struct{ width float32 }

const askedGap = 12

func (l asked) MinSize(o []fyne.CanvasObject) fyne.Size {
	// Twice, as a child of the body learns its width only by the first.
	for range 2 {
		o[0].Resize(fyne.NewSize(l.width, o[0].MinSize().Height))
	}
	return fyne.NewSize(l.width, o[0].MinSize().Height+askedGap+o[1].MinSize().Height)
}

func (l asked) Layout(o []fyne.CanvasObject, s fyne.Size) {
	buttons := o[1].MinSize().Height
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, s.Height-buttons-askedGap))
	o[1].Move(fyne.NewPos(0, s.Height-buttons))
	o[1].Resize(fyne.NewSize(s.Width, buttons))
}
