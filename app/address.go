package app

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// addressPicker shows the address of a share, and has a menu with the others.
type addressPicker struct {
	use    func(server.Link) // shows a link
	open   func()            // opens it in a browser of this computer
	prefer func(server.Link) // the person has chosen it
	more   linkActions

	certificate server.Certificate // that devices see; the zero value if the share is not encrypted

	admits bool          // devices come in by the address that are not in yet
	links  []server.Link // all that can be shown, best first; one with a name in it at the end
	picked string        // the plain link that the person chose; "" for none
	chosen int           // index in links
	hint   *widget.Label
	line   *kit.AddressLine
	menu   *kit.Button
}

func newAddressPicker(onCopy func(), use func(server.Link), open func(), more linkActions) *addressPicker {
	p := &addressPicker{use: use, open: open, prefer: more.prefer, more: more, hint: kit.Centered(kit.NewCaption("")), line: kit.NewAddressLine(onCopy)}
	p.menu = kit.NewMenuButton("", theme.MenuDropDownIcon(), p.menuItems).WithStyle(kit.LinkStyle)
	p.menu.Text, p.menu.IconPlacement = lang.L("Other addresses"), widget.ButtonIconTrailingText
	return p
}

// show uses the first of some links, or the one that was chosen before. name is the
// address with a name in it, "" for none. admits says whether anybody new comes in by it.
func (p *addressPicker) show(links []server.Link, name string, admits bool) {
	if len(links) == 0 {
		return
	}
	if name != "" {
		links = append(slices.Clone(links), namedLink(links[0], name))
	}
	if slices.Equal(p.links, links) && p.admits == admits {
		return
	}
	p.links, p.admits = links, admits
	p.draw(max(0, slices.IndexFunc(links, func(l server.Link) bool { return l.Plain == p.picked })))
}

// certify has the picker show the certificate of the share.
func (p *addressPicker) certify(c server.Certificate) {
	if p.certificate == c {
		return
	}
	p.certificate, p.links = c, nil // draws again
}

// namedLink returns the link with a name in place of the number. Its key is that of l.
func namedLink(l server.Link, name string) server.Link {
	_, key, _ := strings.Cut(l.URL, "?")
	named := server.Link{URL: name, Plain: name}
	if key != "" {
		named.URL += "?" + key
	}
	return named
}

// choose takes the person's choice.
func (p *addressPicker) choose(i int) {
	l := p.links[i]
	p.picked = l.Plain
	p.draw(i)
	if l.Address != (server.Address{}) {
		p.prefer(l)
	}
}

func (p *addressPicker) draw(i int) {
	l := p.links[i]
	p.chosen = i
	p.line.Set(addressText(l.Plain))
	hint := lang.L("Scan with a phone, or type")
	switch {
	case l.Address.Addr.IsLoopback():
		hint = lang.L("This computer only")
	case !p.admits:
		hint = lang.L("Those who are in stay in.")
	case p.certificate.Words != "":
		hint = lang.L("Encrypted. Compare: {{.Words}}", map[string]any{"Words": p.certificate.Words})
	}
	kit.SetText(p.hint, hint)
	p.use(l)
}

// menuItems returns the addresses, and what else can be done with them.
func (p *addressPicker) menuItems() (items []*fyne.MenuItem) {
	for i, l := range p.links {
		text := addressText(l.Plain)
		if label := labelText(l.Address.Label); label != "" {
			text += " · " + label
		}
		item := fyne.NewMenuItem(text, func() { p.choose(i) })
		item.Checked = i == p.chosen
		items = append(items, item)
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.L("Open here"), p.open))
	if p.certificate.AuthorityFingerprint != "" {
		items = append(items, fyne.NewMenuItem(lang.L("Trust this computer…"), p.more.showTrust))
	}
	return append(items,
		fyne.NewMenuItem(lang.L("Show the code large"), p.more.showLarge),
		fyne.NewMenuItem(lang.L("Open as a drive…"), p.more.showDrive),
		fyne.NewMenuItem(lang.L("Copy the PIN"), p.more.copyPIN),
		fyne.NewMenuItem(lang.L("New code…"), p.more.newCode))
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
