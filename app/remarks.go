package app

import (
	"slices"
	"time"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// remarkFor is how long a remark is shown: long enough to press its button.
const remarkFor = 4 * time.Second

// remarks are sentences that say for a moment what has been done.
type remarks struct {
	onUI   func(func())
	redraw func()
	last   int
	open   []remark
}

// remark is one of them. verb and undo are a button; "" for none.
type remark struct {
	id   int
	text string
	verb string
	undo func()
}

func newRemarks(onUI func(func()), redraw func()) *remarks {
	return &remarks{onUI: onUI, redraw: redraw}
}

// add shows a remark for a moment.
func (x *remarks) add(text, verb string, undo func()) {
	x.last++
	id := x.last
	x.open = append(x.open, remark{id, text, verb, undo})
	x.redraw()
	time.AfterFunc(remarkFor, func() { x.onUI(func() { x.remove(id) }) })
}

func (x *remarks) remove(id int) {
	x.open = slices.DeleteFunc(x.open, func(r remark) bool { return r.id == id })
	x.redraw()
}

// matters returns the remarks of the moment, the latest first.
func (x *remarks) matters(server.Snapshot) (all []matter) {
	for _, r := range slices.Backward(x.open) {
		all = append(all, matter{r.id, func() *kit.Prompt { return x.newCard(r) }})
	}
	return all
}

func (x *remarks) newCard(r remark) *kit.Prompt {
	var buttons []*kit.Button
	if r.verb != "" {
		buttons = append(buttons, kit.NewButton(r.verb, nil, widget.MediumImportance, func() {
			r.undo()
			x.remove(r.id)
		}))
	}
	return kit.NewPrompt(theme.ColorNameSuccess, "✓ "+r.text, nil, buttons...)
}
