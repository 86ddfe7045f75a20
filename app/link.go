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

	link      server.Link // that is shown
	elsewhere bool        // the certificate is somebody else's, and good for no other address
	code      *kit.QRPaper
	reason    *kit.Badge // on the code: why it leads nowhere
	address   *addressPicker
	pin       *widget.Label
	copy      *kit.CopyButton
	body      *fyne.Container // all of these
}

// linkActions is what a linkPanel does to the rest of the window.
type linkActions struct {
	newCode   func()
	copyPIN   func()
	showLarge func() // the code
	showDrive func() // how to open the share as a drive
	showTrust func() // how devices come to trust this computer
	prefer    func(server.Link)
}

func newLinkPanel(a fyne.App, onUI func(func()), actions linkActions) *linkPanel {
	p := &linkPanel{openURL: a.OpenURL, code: kit.NewQRPaper(), reason: kit.NewBadge(), pin: kit.Untruncated(kit.NewStrong(""))}
	p.copy = kit.NewCopyButton(a, onUI, lang.L("Copy link"), widget.MediumImportance)
	p.address = newAddressPicker(p.copy.Copy, p.use, p.open, actions)
	second := container.NewCenter(container.NewHBox(p.pin, p.address.menu))
	code := container.NewStack(kit.NewTapArea(p.code.Content, actions.showLarge), container.NewCenter(p.reason))
	p.body = container.New(linkLayout{}, code, p.address.hint, p.address.line, second, p.copy.Button)
	p.content = kit.NewPanel(8, p.body)
	return p
}

// show draws the links of a snapshot. Without a network, or where nobody new comes in,
// they lead nowhere.
func (p *linkPanel) show(s server.Snapshot) {
	kit.SetText(p.pin, pinText(s))
	kit.SetShown(p.pin, p.pin.Text != "")
	reason := ""
	switch {
	case s.State != server.Sharing:
	case s.Network.Paused:
		reason = lang.L("Paused")
	case isAlone(s):
		reason = lang.L("No network")
	case accessOf(s.Policy) == accessNobodyNew:
		reason = lang.L("Nobody new")
	}
	p.reason.Set(reason, kit.ColorCaution, theme.ColorNameWarning)
	kit.SetShown(p.reason, reason != "")
	p.code.Fade(reason != "")
	p.elsewhere = s.Certificate.Fingerprint != "" && s.Certificate.AuthorityFingerprint == ""
	p.address.certify(s.Certificate)
	p.address.show(s.Links, s.Network.Name, accessOf(s.Policy) != accessNobodyNew)
}

// needsPIN reports whether it takes a PIN to come in, and helps.
func needsPIN(s server.Snapshot) bool {
	return s.PIN.Digits != "" && accessOf(s.Policy) == accessAsked
}

// pinText shows the PIN to those who type the address, "" where it is of no use.
func pinText(s server.Snapshot) string {
	if !needsPIN(s) {
		return ""
	}
	return lang.L("PIN {{.PIN}}", map[string]any{"PIN": spacedPIN(s.PIN.Digits)})
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
	if p.elsewhere {
		u, err = url.Parse(p.link.URL)
	} else {
		u.Host = net.JoinHostPort("localhost", u.Port())
	}
	if err != nil {
		return
	}
	if err := p.openURL(u); err != nil {
		kit.SetText(p.address.hint, lang.L("No browser could be opened. Copy the link instead."))
	}
}

// addressText returns what a person types to get to a link. From http, which browsers
// try first, they are led to an encrypted share.
func addressText(link string) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(link, "http://"), "https://"), "/")
}

// spacedPIN puts a space into the middle, for reading the digits out.
func spacedPIN(digits string) string {
	half := len(digits) / 2
	return digits[:half] + " " + digits[half:]
}

// linkLayout puts a code, a hint, an address, a line with the PIN and buttons below each
// other. The code takes what is left, up to a size at which it is still near its address;
// all of them are in the middle.
type linkLayout struct{}

const (
	codeMax     = 440
	codeMin     = 150
	buttonsGap  = 4
	addressOver = 6 // of the lines around the address, which has room of its own
)

// heights returns how high the parts below the code are, without the room that text
// brings. The line with the PIN is as high without it.
func (linkLayout) heights(o []fyne.CanvasObject) (hint, address, pin, buttons float32) {
	pad := 2 * theme.InnerPadding()
	return o[1].MinSize().Height - pad, o[2].MinSize().Height, max(o[3].MinSize().Height, o[1].MinSize().Height) - pad, o[4].MinSize().Height
}

func (l linkLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	hint, address, pin, buttons := l.heights(o)
	return fyne.NewSize(max(codeMin, o[2].MinSize().Width, o[4].MinSize().Width), codeMin+hint+address-addressOver+pin+buttonsGap+buttons)
}

func (l linkLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	hint, address, pin, buttons := l.heights(o)
	below := hint + address - addressOver + pin + buttonsGap + buttons
	side := min(s.Height-below, s.Width, codeMax)
	pad := theme.InnerPadding()
	spare := max(0, s.Height-side-below)
	gap := min(spare/3, 8)
	y := (spare - 3*gap) / 2
	put := func(c fyne.CanvasObject, height, over float32) {
		c.Move(fyne.NewPos(0, y-over))
		c.Resize(fyne.NewSize(s.Width, height+2*over))
		y += height
	}
	put(o[0], side, 0)
	y += gap
	put(o[1], hint, pad)
	y -= addressOver / 2
	put(o[2], address, 0)
	y += gap - addressOver/2
	put(o[3], pin, pad)
	y += gap + buttonsGap
	put(o[4], buttons, 0)
}
