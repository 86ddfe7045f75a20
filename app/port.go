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

// portRow shows the port and lets it be changed until a folder is shared.
type portRow struct {
	content  fyne.CanvasObject
	onChange func()

	entry    *kit.Entry
	note     *widget.Label
	wanted   bool // a person asked for this very port
	snapshot server.Snapshot
}

func newPortRow(onSubmit, onChange func()) *portRow {
	r := &portRow{
		onChange: onChange,
		entry:    kit.NewEntry(strconv.Itoa(settings.DefaultPort)),
		note:     kit.NewCaption(""),
	}
	r.entry.OnChanged = func(string) { r.wanted = true; r.draw(); r.onChange() }
	r.entry.Name = lang.L("Port")
	r.entry.OnSubmitted = func(string) { onSubmit() }
	r.entry.OnEscape = r.revert
	label := kit.Untruncated(kit.NewStrong(lang.L("Port")))
	r.content = kit.Border(nil, nil, container.NewHBox(label, kit.FixedWidth(84, r.entry)), nil, r.note)
	return r
}

// set shows a port. wanted says that a person asked for this very one.
func (r *portRow) set(port int, wanted bool) {
	r.entry.SetText(strconv.Itoa(port))
	r.wanted = wanted
	r.draw()
}

// value returns the port, and false if what is typed is none.
func (r *portRow) value() (int, bool) { return parsePort(r.entry.Text) }

func parsePort(text string) (int, bool) {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 16)
	return int(n), err == nil
}

// show draws a snapshot. Once it is shared on a port, that is the one to see.
func (r *portRow) show(s server.Snapshot) {
	started := s.State == server.Sharing && (r.snapshot.State != s.State || r.snapshot.Share.Port != s.Share.Port)
	r.snapshot = s
	if started {
		r.revert()
	}
	r.draw()
}

// revert brings back the port on which a folder is shared.
func (r *portRow) revert() {
	if r.snapshot.State == server.Sharing {
		r.set(r.snapshot.Share.Port, r.snapshot.Share.ExactPort)
	}
}

func (r *portRow) draw() {
	if r.snapshot.State == server.Starting || r.snapshot.State == server.Stopping {
		r.entry.Disable()
	} else {
		r.entry.Enable()
	}
	port, valid := r.value()
	text, importance := lang.L("part of the address"), widget.LowImportance
	switch {
	case !valid:
		text, importance = lang.L("A number from 0 to 65535."), widget.DangerImportance
	case port == 0:
		text = lang.L("0 takes any free port.")
	}
	kit.SetTextAndImportance(r.note, text, importance)
}
