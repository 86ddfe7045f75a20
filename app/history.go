package app

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// pastTransfer is a file or archive that was sent or received, and how far each device
// came with it.
type pastTransfer struct {
	pastKey
	attempts []server.Transfer // the best of each device, in the order in which they began
}

// pastKey identifies a file or archive.
type pastKey struct {
	name  string
	kind  any // of the transfer
	total int64
}

// pastTransfers groups transfers that have ended, the latest first. How often a device
// tried does not matter: what counts is how far it came.
func pastTransfers(history []server.Transfer) []pastTransfer {
	var all []pastTransfer
	for _, t := range history {
		key := pastKey{t.Name, t.Kind, t.Total}
		i := slices.IndexFunc(all, func(p pastTransfer) bool { return p.pastKey == key })
		if i < 0 {
			all = append(all, pastTransfer{key, []server.Transfer{t}})
			continue
		}
		all[i].add(t)
	}
	for _, p := range all {
		slices.SortFunc(p.attempts, func(a, b server.Transfer) int { return cmp.Compare(a.ID, b.ID) })
	}
	return all
}

// add notes another attempt of a device if it came further than the later ones.
func (p *pastTransfer) add(t server.Transfer) {
	device := keyOf(t.Device, t.Addr)
	i := slices.IndexFunc(p.attempts, func(o server.Transfer) bool { return keyOf(o.Device, o.Addr) == device })
	switch {
	case i < 0:
		p.attempts = append(p.attempts, t)
	case p.attempts[i].Done < t.Done:
		p.attempts[i] = t
	}
}

// text says how far each device came: "iPhone 100 %, iPad 43 %, resumed twice".
func (p *pastTransfer) text(names deviceNames) string {
	var texts []string
	for _, t := range p.attempts {
		texts = append(texts, endText(t, names.ofTransfer(t)))
	}
	if len(p.attempts) == 1 {
		if t := p.attempts[0]; t.Average() > 0 {
			texts = append(texts, lang.L("{{.Speed}} for {{.Time}}", map[string]any{"Speed": words.Speed(t.Average()), "Time": words.Clock(t.Active)}))
		}
	}
	return strings.Join(texts, " · ")
}

// endText says how a transfer ended.
func endText(t server.Transfer, device string) string {
	data := map[string]any{"Device": device, "Done": words.Bytes(t.Done)}
	if t.Total >= 0 {
		data["Done"] = percent(t)
	}
	text := lang.L("{{.Device}} {{.Done}}", data)
	if t.State == server.Canceled {
		text = lang.L("{{.Device}} {{.Done}}, cancelled", data)
	}
	switch t.Resumed {
	case 0:
		return text
	case 1:
		return text + ", " + lang.L("resumed once")
	case 2:
		return text + ", " + lang.L("resumed twice")
	}
	return text + ", " + words.Count(int64(t.Resumed), words.Phrase("resumed {{.Count}} times"))
}

// pastRow is the row of a pastTransfer.
type pastRow struct {
	content      fyne.CanvasObject
	name, detail *widget.Label
}

func newPastRow() *pastRow {
	r := &pastRow{name: kit.NewText("", "", false), detail: kit.NewCaption("")}
	r.name.SizeName, r.name.Importance = r.detail.SizeName, widget.MediumImportance
	r.content = kit.VStack(-15, r.name, r.detail)
	return r
}
