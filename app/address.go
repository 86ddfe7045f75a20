package app

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// addressPicker shows the address of a share, and lets the person choose if this
// computer has several.
type addressPicker struct {
	content fyne.CanvasObject
	use     func(server.Link) // shows a link
	prefer  func(server.Link) // the person has chosen it

	links  []server.Link
	picked string        // the plain link that the person chose; "" for none
	hint   *widget.Label // in the place of choice if there is nothing to choose
	choice *kit.Dropdown
	line   *kit.AddressLine
}

func newAddressPicker(onCopy func(), use, prefer func(server.Link)) *addressPicker {
	p := &addressPicker{use: use, prefer: prefer, hint: kit.Centered(kit.NewCaption("")), line: kit.NewAddressLine(onCopy)}
	p.choice = kit.NewDropdown("", nil, 0, p.pick)
	p.choice.Hide()
	p.content = kit.VStack(-5, container.NewStack(p.hint, kit.Padded(0, 6, 0, 0, p.choice)), p.line)
	return p
}

// show uses the first of some links, or the one that was chosen before.
func (p *addressPicker) show(links []server.Link) {
	if len(links) == 0 || slices.Equal(p.links, links) {
		return
	}
	p.links = links
	options := make([]string, len(links))
	chosen := 0
	for i, l := range links {
		options[i] = labelText(l.Address.Label)
		if l.Plain == p.picked {
			chosen = i
		}
		if slices.Contains(options[:i], options[i]) { // one adapter has several addresses
			options[i] += " · " + addressText(l.Plain)
		}
	}
	p.choice.SetOptions(options, chosen)
	several := len(options) > 1 && !links[0].Address.Addr.IsLoopback()
	kit.SetShown(p.choice, several)
	kit.SetShown(p.hint, !several)
	p.draw(links[chosen])
}

// pick takes the person's choice.
func (p *addressPicker) pick(i int) {
	p.draw(p.links[i])
	p.picked = p.links[i].Plain
	p.prefer(p.links[i])
}

func (p *addressPicker) draw(l server.Link) {
	p.line.Set(addressText(l.Plain))
	hint := lang.L("Scan with a phone, or type")
	if l.Address.Addr.IsLoopback() {
		hint = lang.L("This computer only")
	}
	kit.SetText(p.hint, hint)
	p.use(l)
}

// labelText says by which network an address is reached. The names of adapters in it
// are the system's.
func labelText(label string) string {
	kind, _, _ := strings.Cut(label, " · ")
	switch kind {
	case words.Phrase("This computer only"), words.Phrase("Network"), words.Phrase("Virtual"):
		return strings.Replace(label, kind, lang.L(kind), 1)
	}
	return label
}
