package app

import (
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// trustHelp tells how other devices come to trust this computer, so that their
// browsers do not warn of an encrypted share.
type trustHelp struct {
	win     fyne.Window
	sharing *sharing
	link    func() server.Link // that the main view shows
	saveAs  func(win fyne.Window, name string, save func(path string) error)
}

// trustSteps returns what one does on each kind of system, in its own words. They are
// those of the page that visitors have for this.
func trustSteps() []driveStep {
	return []driveStep{
		{"iPhone, iPad", lang.L("Open the profile, install it in Settings › General › VPN & Device Management, then switch it on in Settings › General › About › Certificate Trust Settings.")},
		{"Android", lang.L("Download the certificate, then choose it in Settings › Security › Install a certificate › CA certificate.")},
		{"Windows", lang.L("Download the certificate, open it, and install it for yourself under Trusted Root Certification Authorities.")},
		{"macOS", lang.L("Download the certificate, open it in Keychain Access, and set “When using this certificate” to “Always Trust”.")},
		{"Firefox", lang.L("Download the certificate, then import it in Settings › Privacy & Security › View Certificates › Authorities.")},
	}
}

// trustHeight is how much of the steps is in sight; the rest can be scrolled to.
const trustHeight = 200

// open shows it, if a share is encrypted by a certificate of this computer.
func (h *trustHelp) open() {
	c := h.sharing.snapshot.Certificate
	if !h.sharing.isSharing() || c.AuthorityFingerprint == "" {
		return
	}
	at := addressText(h.link().Plain) + "/.windowsill/trust"
	steps := kit.Column(-6,
		kit.NewParagraph(lang.L("A device that trusts this computer shows no warning any more, and believes whatever this computer signs. Do this for a computer of your household alone.")),
		kit.NewParagraph(lang.L("The device gets the certificate at {{.Address}}", map[string]any{"Address": at})))
	for _, step := range trustSteps() {
		steps.Add(kit.NewStrong(step.system))
		steps.Add(kit.NewParagraph(step.text))
	}
	number := kit.NewParagraph(c.AuthorityFingerprint)
	number.TextStyle.Monospace = true
	steps.Add(kit.NewParagraph(lang.L("It then shows this number:")))
	steps.Add(number)
	scroll := container.NewVScroll(steps)
	scroll.SetMinSize(fyne.NewSize(0, trustHeight))

	var popup *widget.PopUp
	back := kit.NewButton(lang.L("Close"), nil, widget.HighImportance, func() { popup.Hide() })
	back.OnEscape = func() { popup.Hide() }
	save := kit.NewButton(lang.L("Save the certificate…"), nil, widget.MediumImportance, func() { h.save(c.Authority) })
	save.OnEscape = back.OnEscape
	kit.SetShown(save, c.Authority != "")
	popup = kit.NewSheet(h.win, kit.Column(0, kit.NewTitle(lang.L("Trust this computer")), scroll), container.NewHBox(layout.NewSpacer(), save, back))
	popup.Show()
	h.win.Canvas().Focus(back)
}

// save writes a copy of the authority's certificate, which is at from, to where the
// person wants it.
func (h *trustHelp) save(from string) {
	h.saveAs(h.win, "windowsill.crt", func(path string) error {
		b, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		return os.WriteFile(path, b, 0o644)
	})
}
