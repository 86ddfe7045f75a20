package app

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/words"
	"windowsill/server"
)

// linkPanel shows how to come in: the QR code, the address and the PIN, and a
// choice of addresses if this computer has several.
type linkPanel struct {
	content fyne.CanvasObject
	app     fyne.App

	links   []server.Link
	link    server.Link // the one that is shown
	picked  string      // the plain one that the person chose here; "" if none
	code    *qrCode
	paper   *fyne.Container // around the code
	body    *fyne.Container // all of it
	hint    *widget.Label
	address *addressLine
	name    *widget.Label // the address with a name in it
	choice  *choice
	onPlace func(change func(*server.Where))
	copy    *copyButton
	pin     *pinRow
}

func newLinkPanel(a fyne.App, onUI func(func()), onNewCode func(), onPlace func(func(*server.Where)), onBig func()) *linkPanel {
	p := &linkPanel{app: a, onPlace: onPlace, code: newQRCode(), hint: centered(newCaption("")), name: centered(newCaption(""))}
	p.name.Hide()
	p.copy = newCopyButton(a, onUI, lang.L("Copy link"), widget.MediumImportance)
	p.address = newAddressLine(p.copy.copy)
	p.pin = newPINRow(a, onUI, onNewCode)
	p.choice = newChoice("", nil, 0, p.chosen)
	p.choice.Hide()
	open := newButton(lang.L("Open"), iconOpen, widget.MediumImportance, p.open)
	open.name = lang.L("Open in browser")

	p.paper = container.New(snug{p.code}, newCard(colorPaper, "", radiusInner+2, paperPad, p.code.raster))
	choice := padded(0, 6, 0, 0, p.choice)
	address := stack(-5, container.NewStack(p.hint, choice), p.address)
	bottom := stack(7, p.pin.content, container.NewGridWithColumns(2, p.copy.button, open))
	larger := newIconButton(lang.L("Show the code large"), theme.ViewFullScreenIcon(), onBig)
	code := container.NewStack(newHotspot(p.paper, onBig), container.NewBorder(container.NewBorder(nil, nil, nil, larger), nil, nil, nil))
	p.body = container.New(codeLayout{}, code, address, container.NewStack(p.name), bottom)
	p.content = newPanel(12, p.body)
	return p
}

// show draws the links of a share: the first, or the one that was chosen here.
func (p *linkPanel) show(s server.Snapshot) {
	p.pin.show(s)
	p.showName(s.Network.Name)
	if len(s.Links) == 0 || slices.Equal(p.links, s.Links) {
		return
	}
	p.links = s.Links
	options := make([]string, len(p.links))
	chosen := 0
	for i, l := range p.links {
		options[i] = labelText(l.Address.Label)
		if l.Plain == p.picked {
			chosen = i
		}
		if slices.Contains(options[:i], options[i]) { // one adapter has several addresses
			options[i] += " · " + addressText(l.Plain)
		}
	}
	p.choice.offer(options, chosen)
	choose := len(options) > 1 && !p.links[0].Address.Addr.IsLoopback()
	setShown(p.choice, choose)
	setShown(p.hint, !choose)
	p.use(p.links[chosen])
}

// showName shows the address with a name in it, if there is one.
func (p *linkPanel) showName(url string) {
	if url != "" {
		setText(p.name, lang.L("or {{.Address}}", map[string]any{"Address": addressText(url)}))
	}
	if p.name.Visible() != (url != "") {
		setShown(p.name, url != "")
		p.body.Refresh() // nobody else tells its layout
	}
}

func (p *linkPanel) chosen(i int) {
	p.use(p.links[i])
	p.picked = p.link.Plain
	choice := p.link.Address.Choice()
	p.onPlace(func(w *server.Where) { w.Prefer = choice })
}

func (p *linkPanel) use(l server.Link) {
	p.link = l
	p.code.set(l.URL)
	p.paper.Refresh()
	p.copy.offer(p.copy.label, l.URL)
	p.address.set(addressText(l.Plain))
	hint := lang.L("Scan with a phone, or type")
	if l.Address.Addr.IsLoopback() {
		hint = lang.L("This computer only")
	}
	setText(p.hint, hint)
}

// open shows the share in a browser of this computer, which needs no key.
func (p *linkPanel) open() {
	u, err := url.Parse(p.link.Plain)
	if err != nil {
		return
	}
	u.Host = net.JoinHostPort("localhost", u.Port())
	if err := p.app.OpenURL(u); err != nil {
		setText(p.hint, lang.L("No browser could be opened. Copy the link instead."))
	}
}

// labelText says in the person's language by which network an address is
// reached. The names of the adapters in it are the system's.
func labelText(label string) string {
	kind, _, _ := strings.Cut(label, " · ")
	switch kind {
	case words.Phrase("This computer only"), words.Phrase("Network"), words.Phrase("Virtual"):
		return strings.Replace(label, kind, lang.L(kind), 1)
	}
	return label
}

// addressText is what a person types to get to a link.
func addressText(link string) string {
	return strings.TrimSuffix(strings.TrimPrefix(link, "http://"), "/")
}
