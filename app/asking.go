package app

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// askingDevices returns the devices that wait for an answer, the first to ask first.
// While nothing is shared there are none.
func askingDevices(s server.Snapshot) []server.Device {
	if s.State != server.Sharing {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.Devices), func(d server.Device) bool { return d.Status != server.Waiting })
}

// askingKey tells those who ask apart. One that was refused and asks again is another
// matter.
type askingKey struct {
	id    uint64
	since time.Time
	name  string
	addr  netip.Addr
}

func isAsking(key any) bool {
	_, ok := key.(askingKey)
	return ok
}

// The buttons of one who asks.
const (
	buttonLetIn = iota
	buttonNotNow
)

// asking returns those who ask to come in.
func asking(decide func(id uint64, a server.Answer)) func(server.Snapshot) []matter {
	return func(s server.Snapshot) (all []matter) {
		for _, d := range askingDevices(s) {
			key := askingKey{d.ID, d.Since, d.Name, d.Addr}
			all = append(all, matter{key, func() *kit.Prompt { return newAskingCard(d, decide) }})
		}
		return all
	}
}

// newAskingCard is a device that asks, and what can be answered.
func newAskingCard(d server.Device, decide func(uint64, server.Answer)) (card *kit.Prompt) {
	name, _, _ := strings.Cut(words.Device(d.Name), " · ")
	kind := lang.L("Computer")
	if d.Mobile {
		kind = lang.L("Phone")
	}
	answer := func(a server.Answer) func() {
		return func() {
			card.Disable()
			decide(d.ID, a)
		}
	}
	letIn := kit.NewButton(lang.L("Let in"), nil, widget.HighImportance, answer(server.LetIn))
	notNow := kit.NewButton(lang.L("Not now"), nil, widget.MediumImportance, answer(server.NotNow))
	more := kit.NewMenuButton(lang.L("More options for {{.Name}}", map[string]any{"Name": name}), theme.MoreVerticalIcon(), func() []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("Block"), answer(server.Block))}
	})
	more.Shy = true
	letIn.Name, notNow.Name = letIn.Text+": "+name, notNow.Text+": "+name
	title := lang.L("{{.Name}} wants to come in", map[string]any{"Name": name})
	return kit.NewPrompt(kit.ColorAccent, title, []string{kind + " · " + d.Addr.String()}, letIn, notNow, more)
}
