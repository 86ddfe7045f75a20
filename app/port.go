package app

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/server"
)

// portRow is the line where the port is seen and changed. While something is
// shared, another port brings the offer to move there.
type portRow struct {
	content  fyne.CanvasObject
	onChange func()
	onMove   func() // the person wants the share to move to value()

	field *kit.Entry
	note  *widget.Label
	move  *kit.Button
	asked bool // a person asked for this very port by name
	now   server.Snapshot
}

func newPortRow(onSubmit, onChange, onMove func()) *portRow {
	r := &portRow{
		onChange: onChange, onMove: onMove,
		field: kit.NewEntry(strconv.Itoa(settings.DefaultPort)),
		note:  kit.NewCaption(""),
		move:  kit.NewButton("", nil, widget.HighImportance, onMove),
	}
	r.field.OnChanged = func(string) { r.asked = true; r.draw(); r.onChange() }
	r.field.OnSubmitted = func(string) { onSubmit() }
	r.field.OnEscape = r.revert
	r.move.Hide()
	label := kit.Untruncated(kit.NewStrong(lang.L("Port")))
	field := kit.FixedWidth(84, r.field)
	r.content = container.NewBorder(nil, nil, container.NewHBox(label, field), nil, container.NewStack(r.note, r.move))
	return r
}

// set shows a port; asked says that a person wants this very one.
func (r *portRow) set(port int, asked bool) {
	r.field.SetText(strconv.Itoa(port))
	r.asked = asked
	r.draw()
}

// value returns the port, or false if what is typed is none.
func (r *portRow) value() (int, bool) { return parsePort(r.field.Text) }

// parsePort understands what a person types for a port.
func parsePort(text string) (int, bool) {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 16)
	return int(n), err == nil
}

// show draws the row for a state of the server. Once it shares, the port is
// the one that it really has.
func (r *portRow) show(s server.Snapshot) {
	began := s.State == server.Sharing && (r.now.State != s.State || r.now.Share.Port != s.Share.Port)
	r.now = s
	if began {
		r.revert()
	}
	r.draw()
}

// revert takes back what was typed while something is shared.
func (r *portRow) revert() {
	if r.now.State == server.Sharing {
		r.set(r.now.Share.Port, r.now.Share.ExactPort)
	}
}

func (r *portRow) draw() {
	if r.now.State == server.Starting || r.now.State == server.Stopping {
		r.field.Disable()
	} else {
		r.field.Enable()
	}
	port, valid := r.value()
	moved := r.now.State == server.Sharing && valid && port != r.now.Share.Port
	if moved {
		r.move.Set(lang.L("Restart on {{.Port}}", map[string]any{"Port": strconv.Itoa(port)}), nil, widget.HighImportance, true)
	}
	kit.SetShown(r.move, moved)
	kit.SetShown(r.note, !moved)
	text, importance := lang.L("part of the address"), widget.LowImportance
	switch {
	case !valid:
		text, importance = lang.L("A number from 0 to 65535."), widget.DangerImportance
	case port == 0:
		text = lang.L("0 takes any free port.")
	}
	if r.note.Text != text || r.note.Importance != importance {
		r.note.Text, r.note.Importance = text, importance
		r.note.Refresh()
	}
}
