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

	"windowsill/app/kit"
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
	code    *kit.QRCode
	paper   *fyne.Container // around the code
	body    *fyne.Container // all of it
	hint    *widget.Label
	address *kit.AddressLine
	name    *widget.Label // the address with a name in it
	choice  *kit.Dropdown
	onPlace func(change func(*server.Where))
	copy    *kit.CopyButton
	pin     *pinRow
}

func newLinkPanel(a fyne.App, onUI func(func()), onNewCode func(), onPlace func(func(*server.Where)), onBig func()) *linkPanel {
	p := &linkPanel{app: a, onPlace: onPlace, code: kit.NewQRCode(), hint: kit.Centered(kit.NewCaption("")), name: kit.Centered(kit.NewCaption(""))}
	p.name.Hide()
	p.copy = kit.NewCopyButton(a, onUI, lang.L("Copy link"), widget.MediumImportance)
	p.address = kit.NewAddressLine(p.copy.Copy)
	p.pin = newPINRow(a, onUI, onNewCode)
	p.choice = kit.NewDropdown("", nil, 0, p.chosen)
	p.choice.Hide()
	open := kit.NewButton(lang.L("Open"), kit.IconOpen, widget.MediumImportance, p.open)
	open.Name = lang.L("Open in browser")

	p.paper = kit.NewQRPaper(p.code)
	choice := kit.Padded(0, 6, 0, 0, p.choice)
	address := kit.VStack(-5, container.NewStack(p.hint, choice), p.address)
	bottom := kit.VStack(7, p.pin.content, container.NewGridWithColumns(2, p.copy.Button, open))
	larger := kit.NewIconButton(lang.L("Show the code large"), theme.ViewFullScreenIcon(), onBig)
	code := container.NewStack(kit.NewDoubleTapArea(p.paper, onBig), container.NewBorder(container.NewBorder(nil, nil, nil, larger), nil, nil, nil))
	p.body = container.New(codeLayout{}, code, address, container.NewStack(p.name), bottom)
	p.content = kit.NewPanel(12, p.body)
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
	p.choice.SetOptions(options, chosen)
	choose := len(options) > 1 && !p.links[0].Address.Addr.IsLoopback()
	kit.SetShown(p.choice, choose)
	kit.SetShown(p.hint, !choose)
	p.use(p.links[chosen])
}

// showName shows the address with a name in it, if there is one.
func (p *linkPanel) showName(url string) {
	if url != "" {
		kit.SetText(p.name, lang.L("or {{.Address}}", map[string]any{"Address": addressText(url)}))
	}
	if p.name.Visible() != (url != "") {
		kit.SetShown(p.name, url != "")
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
	p.code.Set(l.URL)
	p.paper.Refresh()
	p.copy.Set(lang.L("Copy link"), l.URL)
	p.address.Set(addressText(l.Plain))
	hint := lang.L("Scan with a phone, or type")
	if l.Address.Addr.IsLoopback() {
		hint = lang.L("This computer only")
	}
	kit.SetText(p.hint, hint)
}

// open shows the share in a browser of this computer, which needs no key.
func (p *linkPanel) open() {
	u, err := url.Parse(p.link.Plain)
	if err != nil {
		return
	}
	u.Host = net.JoinHostPort("localhost", u.Port())
	if err := p.app.OpenURL(u); err != nil {
		kit.SetText(p.hint, lang.L("No browser could be opened. Copy the link instead."))
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

// codeLayout puts a code above an address, a second line below that, and what
// one can do. The code takes what is left; the second line goes first where the
// window is low.
type codeLayout struct{}

const codeGap = 2

func (codeLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	code, address, act := o[0].MinSize(), o[1].MinSize(), o[3].MinSize()
	return fyne.NewSize(max(code.Width, address.Width, act.Width), code.Height+address.Height+act.Height+2*codeGap)
}

func (l codeLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const overlap = 12 // labels bring padding of their own
	second := o[2].MinSize().Height - overlap
	kit.SetShown(o[2], second > 0 && l.MinSize(o).Height+second <= s.Height)
	y := s.Height
	put := func(c fyne.CanvasObject, over float32) {
		height := c.MinSize().Height
		y -= height - over
		c.Move(fyne.NewPos(0, y))
		c.Resize(fyne.NewSize(s.Width, height))
	}
	put(o[3], 0)
	y -= codeGap
	if o[2].Visible() {
		put(o[2], overlap/2)
		y += overlap / 2
	}
	put(o[1], 0)
	y -= codeGap
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, max(0, y)))
}
