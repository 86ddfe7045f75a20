package app

import (
	"net"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// linkPanel shows how to come in: the QR code, the address and the PIN.
type linkPanel struct {
	content fyne.CanvasObject
	openURL func(*url.URL) error

	link    server.Link // that is shown
	code    *kit.QRPaper
	address *addressPicker
	name    *widget.Label // the address with a name in it
	copy    *kit.CopyButton
	pin     *pinRow
	body    *fyne.Container // all of these
}

// linkActions is what a linkPanel does to the rest of the window.
type linkActions struct {
	newCode   func()
	showLarge func() // the code
	prefer    func(server.Link)
}

func newLinkPanel(a fyne.App, onUI func(func()), actions linkActions) *linkPanel {
	p := &linkPanel{openURL: a.OpenURL, code: kit.NewQRPaper(), name: kit.Centered(kit.NewCaption(""))}
	p.name.Hide()
	p.copy = kit.NewCopyButton(a, onUI, lang.L("Copy link"), widget.MediumImportance)
	p.address = newAddressPicker(p.copy.Copy, p.use, actions.prefer)
	p.pin = newPINRow(a, onUI, actions.newCode)
	open := kit.NewButton(lang.L("Open"), kit.IconOpen, widget.MediumImportance, p.open)
	open.Name = lang.L("Open in browser")

	buttons := kit.VStack(7, p.pin.content, container.NewGridWithColumns(2, p.copy.Button, open))
	larger := kit.NewIconButton(lang.L("Show the code large"), theme.ViewFullScreenIcon(), actions.showLarge)
	corner := container.NewBorder(container.NewBorder(nil, nil, nil, larger), nil, nil, nil)
	code := container.NewStack(kit.NewDoubleTapArea(p.code.Content, actions.showLarge), corner)
	p.body = container.New(linkLayout{}, code, p.address.content, container.NewStack(p.name), buttons)
	p.content = kit.NewPanel(12, p.body)
	return p
}

// show draws the links of a snapshot.
func (p *linkPanel) show(s server.Snapshot) {
	p.pin.show(s)
	p.showName(s.Network.Name)
	p.address.show(s.Links)
}

// showName shows the address with a name in it, if there is one.
func (p *linkPanel) showName(url string) {
	if url != "" {
		kit.SetText(p.name, lang.L("or {{.Address}}", map[string]any{"Address": addressText(url)}))
	}
	if p.name.Visible() != (url != "") {
		kit.SetShown(p.name, url != "")
		p.body.Refresh() // nothing else lays it out again
	}
}

// use shows a link.
func (p *linkPanel) use(l server.Link) {
	p.link = l
	p.code.Set(l.URL)
	p.copy.Set(lang.L("Copy link"), l.URL)
}

// open shows the share in a browser of this computer, which needs no key.
func (p *linkPanel) open() {
	u, err := url.Parse(p.link.Plain)
	if err != nil {
		return
	}
	u.Host = net.JoinHostPort("localhost", u.Port())
	if err := p.openURL(u); err != nil {
		kit.SetText(p.address.hint, lang.L("No browser could be opened. Copy the link instead."))
	}
}

// addressText returns what a person types to get to a link.
func addressText(link string) string {
	return strings.TrimSuffix(strings.TrimPrefix(link, "http://"), "/")
}

// linkLayout puts a code above an address, the address with a name, and buttons. The
// code takes what is left. Where the window is low the name is hidden.
type linkLayout struct{}

const linkGap = 2

func (linkLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	code, address, buttons := o[0].MinSize(), o[1].MinSize(), o[3].MinSize()
	return fyne.NewSize(max(code.Width, address.Width, buttons.Width), code.Height+address.Height+buttons.Height+2*linkGap)
}

func (l linkLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const overlap = 12 // labels bring padding of their own
	name := o[2].MinSize().Height - overlap
	kit.SetShown(o[2], name > 0 && l.MinSize(o).Height+name <= s.Height)
	y := s.Height
	put := func(c fyne.CanvasObject, over float32) {
		height := c.MinSize().Height
		y -= height - over
		c.Move(fyne.NewPos(0, y))
		c.Resize(fyne.NewSize(s.Width, height))
	}
	put(o[3], 0)
	y -= linkGap
	if o[2].Visible() {
		put(o[2], overlap/2)
		y += overlap / 2
	}
	put(o[1], 0)
	y -= linkGap
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, max(0, y)))
}

// pinRow shows the PIN to those who type the address. It is hidden where everyone may
// come in.
type pinRow struct {
	content fyne.CanvasObject
	digits  *kit.CopyButton
}

func newPINRow(a fyne.App, onUI func(func()), onNewCode func()) *pinRow {
	r := &pinRow{digits: kit.NewCopyButton(a, onUI, "", widget.LowImportance)}
	r.digits.Button.Style = kit.DigitsStyle
	r.digits.Button.IconPlacement = widget.ButtonIconTrailingText
	renew := kit.NewButton(lang.L("New code"), nil, widget.LowImportance, onNewCode).WithStyle(kit.QuietStyle)
	r.content = container.New(pinLayout{}, r.digits.Button, renew)
	r.content.Hide()
	return r
}

// show draws the PIN, if one is needed.
func (r *pinRow) show(s server.Snapshot) {
	digits := s.PIN.Digits
	r.digits.Set(lang.L("PIN {{.PIN}}", map[string]any{"PIN": spacedPIN(digits)}), digits)
	r.digits.Button.Name = lang.L("Copy the PIN {{.PIN}}", map[string]any{"PIN": digits})
	kit.SetShown(r.content, digits != "" && !s.Policy.Open)
}

// spacedPIN puts a space into the middle, for reading the digits out.
func spacedPIN(digits string) string {
	half := len(digits) / 2
	return digits[:half] + " " + digits[half:]
}

// pinLayout puts the first object into the middle of the line, and the second at its
// end.
type pinLayout struct{}

func (pinLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	digits, renew := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(digits.Width+renew.Width, max(digits.Height, renew.Height))
}

func (pinLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	digits, renew := o[0].MinSize(), o[1].MinSize()
	o[0].Resize(digits)
	o[0].Move(fyne.NewPos(min((s.Width-digits.Width)/2, s.Width-renew.Width-digits.Width), (s.Height-digits.Height)/2))
	o[1].Resize(renew)
	o[1].Move(fyne.NewPos(s.Width-renew.Width, (s.Height-renew.Height)/2))
}
