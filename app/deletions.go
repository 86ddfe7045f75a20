package app

import (
	"path"
	"time"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// deletions are what devices have deleted and the person has not hidden.
type deletions struct {
	restore func(ids []string)
	redraw  func()
	hidden  map[string]bool // by ID
}

func newDeletions(restore func(ids []string), redraw func()) *deletions {
	return &deletions{restore: restore, redraw: redraw, hidden: map[string]bool{}}
}

// deletion is what one device has deleted.
type deletion struct {
	device deviceKey
	ids    []string
	name   string    // of the latest
	at     time.Time // of the latest
}

// deletionKey tells deletions apart: one more of the same device is another matter.
type deletionKey struct {
	device deviceKey
	latest string
	count  int
}

// of returns what was deleted, by device, the latest first: what the person has hidden, or
// the rest.
func (x *deletions) of(s server.Snapshot, hidden bool) (all []deletion) {
	places := map[deviceKey]int{}
	for i := len(s.Deleted) - 1; i >= 0; i-- {
		d := s.Deleted[i]
		if x.hidden[d.ID] != hidden {
			continue
		}
		k := keyOf(d.Device, d.Addr)
		at, known := places[k]
		if !known {
			at = len(all)
			places[k] = at
			all = append(all, deletion{device: k, name: d.Name, at: d.At})
		}
		all[at].ids = append(all[at].ids, d.ID)
	}
	return all
}

// matters returns what was deleted.
func (x *deletions) matters(s server.Snapshot) (all []matter) {
	names := namesOf(s.Devices)
	for _, d := range x.of(s, false) {
		key := deletionKey{d.device, d.ids[0], len(d.ids)}
		all = append(all, matter{key, func() *kit.Prompt { return x.newCard(d, names.of(d.device)) }})
	}
	return all
}

// deeds returns what was deleted and the person has hidden, by device. It can still be
// undone.
func (x *deletions) deeds(s server.Snapshot) map[deviceKey]deed {
	deeds := map[deviceKey]deed{}
	for _, d := range x.of(s, true) {
		data := map[string]any{"Name": words.Visible(path.Base(d.name)), "Count": words.Number(int64(len(d.ids) - 1))}
		text := lang.L("{{.Name}} deleted", data)
		if len(d.ids) > 1 {
			text = lang.L("{{.Name}} and {{.Count}} more deleted", data)
		}
		deeds[d.device] = deed{mark: "✕", importance: widget.WarningImportance, text: text, undo: func() { x.restore(d.ids) }}
	}
	return deeds
}

// text says who has deleted what.
func (d deletion) text(who string) string {
	data := map[string]any{"Device": who, "Name": words.Visible(path.Base(d.name)), "Count": words.Number(int64(len(d.ids) - 1))}
	if len(d.ids) == 1 {
		return lang.L("{{.Device}} deleted {{.Name}}", data)
	}
	return lang.L("{{.Device}} deleted {{.Name}} and {{.Count}} more", data)
}

// newCard is a deletion, and what can be done about it.
func (x *deletions) newCard(d deletion, who string) (card *kit.Prompt) {
	undo := kit.NewButton(lang.L("Undo"), nil, widget.HighImportance, func() { x.restore(d.ids) })
	hide := kit.NewCloseButton(lang.L("Hide"), func() {
		for _, id := range d.ids {
			x.hidden[id] = true
		}
		x.redraw()
	})
	return kit.NewPrompt(theme.ColorNameWarning, d.text(who), []string{words.TimeOfDay(d.at)}, undo, hide)
}
