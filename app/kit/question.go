package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const questionWidth = 420

// Question is a dialog for something that only a person can decide. Its buttons
// are verbs, such as "Stop and quit" and "Keep sharing".
type Question struct {
	Title, Body string
	Yes, No     string // labels of buttons
	Danger      bool   // Yes opens or ends something for others
	Also        string // label of a yes that goes further; "" for none
	Field       *Entry // for an answer that has to be typed; may be nil

	OnYes   func()
	OnAlso  func()
	OnNo    func() // on every other way out; may be nil
	AfterNo func() // after OnNo, if it was the button No; may be nil
}

// Asker shows one question at a time in front of a window.
type Asker struct {
	win   fyne.Window
	popup *widget.PopUp // nil while no question is open
	open  Question
	typed time.Time // when an answer was typed and submitted
}

// NewAsker returns the asker of a window.
func NewAsker(win fyne.Window) *Asker { return &Asker{win: win} }

// IsOpen reports whether a question is open.
func (a *Asker) IsOpen() bool { return a.popup != nil }

// HasJustSubmitted reports whether an answer was submitted by a key a moment ago. Whoever
// presses that key twice means the question with both.
func (a *Asker) HasJustSubmitted() bool { return time.Since(a.typed) < DoubleClick }

// Ask shows a question. It answers one that is open with no.
func (a *Asker) Ask(q Question) {
	a.Decline()
	buttons, no := a.buttons(q)
	var first fyne.Focusable = no
	title := NewTitle(q.Title) // with a name in it, which may be long
	title.Wrapping, title.Truncation = fyne.TextWrapWord, fyne.TextTruncateOff
	text := Column(-6, title, NewParagraph(q.Body))
	body := text
	if q.Field == nil {
		sign := CenteredIcon(theme.NewColoredResource(iconCaution, theme.ColorNameWarning), 26)
		body = Border(nil, nil, container.NewVBox(Padded(6, 0, 0, 4, sign)), nil, text)
	} else {
		q.Field.OnSubmitted = func(string) {
			a.typed = time.Now()
			a.answer(q.OnYes)
		}
		q.Field.OnEscape = a.Decline
		text.Add(Padded(10, 0, 8, 8, q.Field))
		first = q.Field
	}
	a.open = q
	a.popup = NewSheet(a.win, body, buttons)
	a.popup.Show()
	a.win.Canvas().Focus(first)
	if q.Field != nil {
		q.Field.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// buttons returns the row of answers, and the one that changes nothing.
func (a *Asker) buttons(q Question) (row fyne.CanvasObject, no *Button) {
	no = NewButton(q.No, nil, widget.MediumImportance, func() {
		a.Decline()
		call(q.AfterNo)
	})
	yes := NewButton(q.Yes, nil, widget.HighImportance, func() { a.answer(q.OnYes) })
	if q.Danger {
		yes.Importance = widget.DangerImportance
	}
	also := NewButton(q.Also, nil, widget.DangerImportance, func() { a.answer(q.OnAlso) })
	also.Hidden = q.Also == ""
	for _, b := range []*Button{no, yes, also} {
		b.OnEscape = a.Decline
	}
	both := container.New(layout.NewCustomPaddedHBoxLayout(8), yes, also)
	return container.NewHBox(layout.NewSpacer(), no, Gap(1), both), no
}

// NewSheet returns text above buttons, to be shown in front of a window.
func NewSheet(win fyne.Window, text, buttons fyne.CanvasObject) *widget.PopUp {
	width := max(min(questionWidth, win.Canvas().Size().Width-48), buttons.MinSize().Width)
	content := container.New(questionLayout{width}, text, buttons)
	return widget.NewModalPopUp(Padded(16, 16, 16, 16, content), win.Canvas())
}

// Decline answers an open question with no.
func (a *Asker) Decline() { a.answer(a.open.OnNo) }

func (a *Asker) answer(f func()) {
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

// questionLayout puts text above buttons, at a fixed width. The text wraps, so
// that its height is known only once it has that width.
type questionLayout struct{ width float32 }

const questionGap = 12

func (l questionLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	// Twice: objects inside learn their width only from the first.
	for range 2 {
		o[0].Resize(fyne.NewSize(l.width, o[0].MinSize().Height))
	}
	return fyne.NewSize(l.width, o[0].MinSize().Height+questionGap+o[1].MinSize().Height)
}

func (l questionLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	buttons := o[1].MinSize().Height
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, s.Height-buttons-questionGap))
	o[1].Move(fyne.NewPos(0, s.Height-buttons))
	o[1].Resize(fyne.NewSize(s.Width, buttons))
}
