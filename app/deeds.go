package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// deedsMax is how many deeds of a device are shown.
const deedsMax = 4

// deed is something that a device has done. Each ending looks like itself.
type deed struct {
	mark       string // before the text; "" for none
	importance widget.Importance
	text       string
	folder     string // where the files are that the device sent; "" for none
	undo       func() // nil if it cannot be undone
}

// deedsOf returns what a device has done: what it took, what it sent, and what went
// wrong last. history is its own, batch what it sent lately.
func deedsOf(d server.Device, history []server.Transfer, running []server.Transfer, batch uploadBatch, s server.Snapshot) (deeds []deed) {
	whole := func(text string) deed { return deed{mark: "✓", importance: widget.SuccessImportance, text: text} }
	if d.Files > 0 {
		deeds = append(deeds, whole(takenText(d.Files, history)))
	}
	if batch.arrived > 0 {
		sent := whole(batch.receivedText())
		sent.folder = batch.folder(s)
		deeds = append(deeds, sent)
	}
	if end, ok := lastBreak(history, running); ok {
		deeds = append(deeds, end)
	}
	if len(deeds)+len(running) == 0 {
		text := lang.L("Has not opened anything yet")
		if d.Requests > 0 {
			text = lang.L("Has opened the folder")
		}
		deeds = append(deeds, deed{text: text})
	}
	return deeds
}

// takenText names the one file that a device has taken, or says how many there are.
func takenText(files int, history []server.Transfer) string {
	for _, t := range history {
		if files == 1 && t.State == server.Whole && t.Kind != server.Arrival {
			return words.Visible(t.Name)
		}
	}
	return words.Count(int64(files), words.Phrase("{{.Count}} files"))
}

// lastBreak returns what did not go to its end, unless it did later, or goes on.
func lastBreak(history, running []server.Transfer) (deed, bool) {
	type thing struct {
		name string
		kind any
	}
	over := map[thing]bool{}
	for _, t := range running {
		over[thing{t.Name, t.Kind}] = true
	}
	for _, t := range history { // latest first
		key := thing{t.Name, t.Kind}
		if over[key] {
			continue
		}
		over[key] = true
		data := map[string]any{"Name": words.Visible(t.Name), "Done": words.Bytes(t.Done)}
		if t.Total > 0 {
			data["Done"] = words.Percent(t.Done, t.Total)
		}
		switch t.State {
		case server.Broken:
			return deed{"✕", widget.DangerImportance, lang.L("{{.Name}} · cut at {{.Done}}", data), "", nil}, true
		case server.Canceled:
			return deed{"✕", widget.WarningImportance, lang.L("{{.Name}} · cancelled at {{.Done}}", data), "", nil}, true
		case server.InPart:
			return deed{text: lang.L("{{.Name}} · {{.Done}} taken", data)}, true
		}
	}
	return deed{}, false
}

// deedLine draws a deed, with a button that shows the files if the device sent some, or
// that undoes it.
type deedLine struct {
	content    fyne.CanvasObject
	mark, text *widget.Label
	button     *kit.Button
	now        deed
	openFolder func(string)
}

func newDeedLine(openFolder func(string)) *deedLine {
	l := &deedLine{mark: kit.Untruncated(kit.NewCaption("")), text: kit.NewCaption(""), openFolder: openFolder}
	l.button = kit.NewButton(lang.L("Show"), nil, widget.LowImportance, l.press).WithStyle(kit.LinkStyle)
	l.button.Debounce = kit.DoubleClick
	l.content = kit.Marked(l.mark, l.text, l.button)
	return l
}

func (l *deedLine) show(d deed) {
	kit.SetTextAndImportance(l.mark, d.mark, d.importance)
	kit.SetShown(l.mark, d.mark != "")
	moves := l.text.Text != d.text // the button, which stands behind the text
	kit.SetText(l.text, d.text)
	l.now = d
	verb := lang.L("Show")
	if d.undo != nil {
		verb = lang.L("Undo")
	}
	l.button.Set(verb, nil, widget.LowImportance, true)
	kit.SetShown(l.button, d.folder != "" || d.undo != nil)
	if moves {
		l.content.Refresh()
	}
}

func (l *deedLine) press() {
	if l.now.undo != nil {
		l.now.undo()
		return
	}
	l.openFolder(l.now.folder)
}
