package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"windowsill/app/words"
	"windowsill/server"
)

// deed is one thing that went, and what became of it with each device.
type deed struct {
	key   deedKey
	takes []server.Transfer // the latest of each device, in the order in which they began
}

// deedKey tells things apart.
type deedKey struct {
	name  string
	kind  any // of the transfer
	total int64
}

// deeds folds transfers that have ended, latest first, into things. How often
// a device tried does not matter: what counts is how far it came.
func deeds(history []server.Transfer) []deed {
	var all []deed
	for _, t := range history {
		key := deedKey{t.Name, t.Kind, t.Total}
		i := slices.IndexFunc(all, func(d deed) bool { return d.key == key })
		if i < 0 {
			all = append(all, deed{key: key, takes: []server.Transfer{t}})
			continue
		}
		all[i].add(t)
	}
	for _, d := range all {
		slices.SortFunc(d.takes, func(a, b server.Transfer) int { return cmp.Compare(a.ID, b.ID) })
	}
	return all
}

// add notes another try of a device if it came further than those after it.
func (d *deed) add(t server.Transfer) {
	who := keyOf(t.Device, t.Addr)
	i := slices.IndexFunc(d.takes, func(o server.Transfer) bool { return keyOf(o.Device, o.Addr) == who })
	switch {
	case i < 0:
		d.takes = append(d.takes, t)
	case d.takes[i].Done < t.Done:
		d.takes[i] = t
	}
}

// text says how far each device came with it: "iPhone 100 %, iPad 43 %,
// resumed twice". names tells their names.
func (d *deed) text(names func(server.Transfer) string) string {
	var texts []string
	for _, t := range d.takes {
		texts = append(texts, endText(t, names(t)))
	}
	if len(d.takes) == 1 {
		if t := d.takes[0]; t.Average() > 0 {
			texts = append(texts, lang.L("{{.Speed}} for {{.Time}}", map[string]any{"Speed": words.Speed(t.Average()), "Time": words.Clock(t.Active)}))
		}
	}
	return strings.Join(texts, " · ")
}

// endText says how a transfer ended.
func endText(t server.Transfer, device string) string {
	said := map[string]any{"Device": device, "Done": words.Bytes(t.Done)}
	if t.Total >= 0 {
		said["Done"] = fmt.Sprintf("%d %%", int(100*shareOf(t)))
	}
	text := lang.L("{{.Device}} {{.Done}}", said)
	if t.State == server.Canceled {
		text = lang.L("{{.Device}} {{.Done}}, cancelled", said)
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
