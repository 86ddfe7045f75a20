package app

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"windowsill/server"
)

// copiedFor is how long the button says that it has copied.
const copiedFor = 1500 * time.Millisecond

// linkPanel shows how to come in: the QR code, the address, and a choice of
// addresses if this computer has several.
type linkPanel struct {
	content fyne.CanvasObject
	app     fyne.App
	onUI    func(func())

	links   []server.Link
	link    server.Link // the one that is shown
	code    *qrCode
	paper   *fyne.Container // around the code
	hint    *widget.Label
	address *addressLine
	choice  *widget.Select
	copy    *button
}

func newLinkPanel(a fyne.App, onUI func(func())) *linkPanel {
	p := &linkPanel{app: a, onUI: onUI, code: newQRCode(), hint: centered(newCaption(""))}
	p.address = newAddressLine(p.copyLink)
	p.choice = widget.NewSelect(nil, p.chosen)
	p.choice.Hide()
	p.copy = newButton("Copy link", iconCopy, widget.MediumImportance, p.copyLink)
	open := newButton("Open", iconOpen, widget.MediumImportance, p.open)
	open.name = "Open in browser"

	p.paper = container.New(snug{p.code}, newCard(colorPaper, "", radiusInner+2, paperPad, p.code.raster))
	choice := padded(0, 6, 0, 0, container.NewThemeOverride(p.choice, newChoiceTheme()))
	address := stack(-5, container.NewStack(p.hint, choice), p.address)
	bottom := stack(7, address, container.NewGridWithColumns(2, p.copy, open))
	p.content = newPanel(12, container.NewBorder(nil, bottom, nil, nil, p.paper))
	return p
}

// show draws the links of a share, and keeps the one that was chosen.
func (p *linkPanel) show(s server.Snapshot) {
	if len(s.Links) == 0 || slices.Equal(p.links, s.Links) {
		return
	}
	p.links = s.Links
	options := make([]string, len(p.links))
	chosen := 0
	for i, l := range p.links {
		options[i] = l.Address.Label
		if slices.Contains(options[:i], options[i]) { // one adapter has several addresses
			options[i] += " · " + addressText(l.URL)
		}
		if l.URL == p.link.URL {
			chosen = i
		}
	}
	p.choice.OnChanged = nil
	p.choice.SetOptions(options)
	p.choice.SetSelectedIndex(chosen)
	p.choice.OnChanged = p.chosen
	setShown(p.choice, len(options) > 1)
	setShown(p.hint, len(options) <= 1)
	p.use(p.links[chosen])
}

func (p *linkPanel) chosen(string) {
	if i := p.choice.SelectedIndex(); i >= 0 {
		p.use(p.links[i])
	}
}

func (p *linkPanel) use(l server.Link) {
	p.link = l
	p.code.set(l.URL)
	p.paper.Refresh()
	p.address.set(addressText(l.URL))
	hint := "Scan with a phone, or type"
	if l.Address.Addr.IsLoopback() {
		hint = "For this computer only: it is in no network"
	}
	setText(p.hint, hint)
}

// copyLink puts the link on the clipboard and says so for a moment.
func (p *linkPanel) copyLink() {
	p.app.Clipboard().SetContent(p.link.URL)
	p.copy.set("Copied", iconDone, widget.MediumImportance, true)
	time.AfterFunc(copiedFor, func() {
		p.onUI(func() { p.copy.set("Copy link", iconCopy, widget.MediumImportance, true) })
	})
}

func (p *linkPanel) open() {
	if u, err := url.Parse(p.link.URL); err == nil {
		if err := p.app.OpenURL(u); err != nil {
			setText(p.hint, "No browser could be opened. Copy the link instead.")
		}
	}
}

// addressText is what a person types to get to a link.
func addressText(link string) string {
	return strings.TrimSuffix(strings.TrimPrefix(link, "http://"), "/")
}
