package app

import (
	"errors"
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

// encryptionSettings is whether the share is encrypted, and with which certificate. What
// is shared starts anew at once when that changes.
type encryptionSettings struct {
	content fyne.CanvasObject
	sharing *sharing
	actions encryptionActions

	on      *kit.Check
	details fyne.CanvasObject // of the certificate, while on is checked
	about   *widget.Label
	trust   *kit.Button
	renew   *kit.Button // makes a new authority

	looked server.TLS // whose certificate about describes
}

// encryptionActions is what encryptionSettings does to the rest of the window.
type encryptionActions struct {
	chooseFiles  func(picked func(paths []string, err error))
	chooseFolder func(picked func(path string, err error))
	trust        func() // says how devices come to trust this computer
	reveal       func(fyne.CanvasObject)
}

func newEncryptionSettings(s *sharing, actions encryptionActions) *encryptionSettings {
	e := &encryptionSettings{sharing: s, actions: actions, on: kit.NewCheck(lang.L("Encrypted"), encrypting{s}.set)}
	e.about = kit.NewHint("")
	choose := kit.NewMenuButton("", theme.MenuDropDownIcon(), e.choices)
	choose.Text, choose.IconPlacement, choose.Importance = lang.L("Use my own"), widget.ButtonIconTrailingText, widget.MediumImportance
	e.trust = kit.NewButton(lang.L("Trust this computer…"), nil, widget.MediumImportance, actions.trust)
	e.renew = kit.NewButton(lang.L("Make a new authority…"), nil, widget.MediumImportance, e.askToRenew)
	e.details = container.NewVBox(
		kit.Border(nil, nil, nil, container.NewCenter(choose), kit.Paragraphs(kit.NewParagraph(lang.L("Certificate")), e.about)),
		kit.Padded(2, 4, 8, 0, kit.Flow(8, e.trust, e.renew)))
	e.content = kit.Paragraphs(
		kit.Option(e.on, kit.Paragraphs(
			kit.NewHint(lang.L("Nobody on the network can read what is sent. Browsers warn of it until they trust this computer: see Other addresses.")),
			kit.NewHint(lang.L("What is shared starts anew when you change this, and visitors come in again.")))),
		kit.Padded(0, 0, 24, 0, e.details))
	return e
}

// show draws the present choice.
func (e *encryptionSettings) show() {
	t, s := e.sharing.options.tls(), e.sharing
	e.on.Draw(t.On)
	trusts := s.isSharing() && s.snapshot.Certificate.AuthorityFingerprint != ""
	changed := t.On != e.details.Visible() || trusts != e.trust.Visible()
	kit.SetShown(e.details, t.On)
	kit.SetShown(e.trust, trusts)
	kit.SetShown(e.renew, t.Certificate == "")
	if t != e.looked {
		e.look(t)
		changed = true
	}
	if changed {
		e.content.Refresh() // nothing else lays it out again
	}
}

// look says what there is to know of a certificate before it is shared with.
func (e *encryptionSettings) look(t server.TLS) {
	e.looked = t
	if t.Certificate == "" {
		e.say(lang.L("This computer signs it itself, for all its addresses."), widget.LowImportance)
		return
	}
	var own server.OwnCertificate
	e.sharing.control.tryThen(func() (err error) {
		own, err = e.sharing.control.engine.LookAtCertificate(t)
		return err
	}, func(err error) {
		switch {
		case t != e.looked:
		case err != nil:
			e.say(words.ErrorText(err), widget.DangerImportance)
		default:
			e.say(lang.L("Your own, for {{.Names}}, good until {{.Day}}: {{.Path}}", map[string]any{
				"Names": words.Visible(strings.Join(own.Names, ", ")), "Day": own.Until.Format(lang.L("2 Jan 2006")), "Path": words.Visible(words.ShortPath(t.Certificate)),
			}), widget.LowImportance)
		}
	})
}

func (e *encryptionSettings) say(text string, importance widget.Importance) {
	kit.SetTextAndImportance(e.about, text, importance)
	e.content.Refresh() // nothing else lays it out again
	if importance != widget.LowImportance {
		e.actions.reveal(e.about)
	}
}

// choices are whose certificate it is.
func (e *encryptionSettings) choices() []*fyne.MenuItem {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("Certificate and key…"), func() { e.actions.chooseFiles(e.pickedFiles) }),
		fyne.NewMenuItem(lang.L("Folder that another program renews…"), func() {
			e.actions.chooseFolder(func(path string, err error) { e.picked(withoutEmpty(path), err) })
		}),
	}
	if e.sharing.options.tls().Certificate != "" {
		items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.L("This computer’s own"), func() { encrypting{e.sharing}.setCertificate(server.TLS{On: true}) }))
	}
	return items
}

func withoutEmpty(path string) []string {
	if path == "" {
		return nil
	}
	return []string{path}
}

// picked takes the files, or the folder, that the person has chosen; none if they
// thought better of it.
func (e *encryptionSettings) picked(paths []string, err error) {
	switch {
	case err != nil:
		e.say(words.ErrorText(err), widget.DangerImportance)
	case len(paths) == 1:
		e.choose(server.TLS{On: true, Certificate: paths[0]})
	case len(paths) == 2:
		e.choose(server.TLS{On: true, Certificate: paths[0], Key: paths[1]})
	case len(paths) > 2:
		e.say(lang.L("Choose one file that has both, or two: the certificate and its key."), widget.DangerImportance)
	}
}

// choose takes a certificate of the person's own. One that is of no use changes nothing.
func (e *encryptionSettings) choose(own server.TLS) {
	e.sharing.control.tryThen(func() error {
		_, err := e.sharing.control.engine.LookAtCertificate(own)
		return err
	}, func(err error) {
		if err != nil {
			e.say(words.ErrorText(err), widget.DangerImportance)
			return
		}
		encrypting{e.sharing}.setCertificate(own)
	})
}

// pickedFiles is picked for files. Some dialogs let only one be chosen: if it holds a
// certificate or a key alone, it asks for the other.
func (e *encryptionSettings) pickedFiles(paths []string, err error) {
	if len(paths) != 1 || err != nil {
		e.picked(paths, err)
		return
	}
	e.sharing.control.tryThen(func() error {
		_, err := e.sharing.control.engine.LookAtCertificate(server.TLS{On: true, Certificate: paths[0]})
		return err
	}, func(err error) {
		if wrong, ok := errors.AsType[*server.CertificateError](err); !ok || wrong.Problem != server.ErrNoKey && wrong.Problem != server.ErrNoCertificate {
			e.picked(paths, nil)
			return
		}
		e.say(lang.L("Now choose the other of the two, the certificate or its key."), widget.MediumImportance)
		e.actions.chooseFiles(func(others []string, err error) { e.pickedOther(paths[0], others, err) })
	})
}

// pickedOther takes the file that was chosen with one that holds half of what is needed.
func (e *encryptionSettings) pickedOther(path string, others []string, err error) {
	if len(others) == 0 && err == nil {
		e.look(e.sharing.options.tls()) // all stays as it was
		return
	}
	if len(others) == 1 {
		others = []string{path, others[0]}
	}
	e.picked(others, err)
}

// askToRenew asks whether the authority of this computer is to be thrown away.
func (e *encryptionSettings) askToRenew() {
	e.sharing.asker.Ask(kit.Question{
		Title: lang.L("Make a new authority?"),
		Body: strings.TrimSpace(lang.L("The authority by which this computer signs its certificates is thrown away. Devices that trust it will warn again until they trust the new one. Do this if its key may have got into other hands.") +
			" " + lossText(e.sharing.snapshot)),
		Yes: lang.L("Make a new one"), No: lang.L("Keep it"), Danger: true, OnYes: encrypting{e.sharing}.renewAuthority,
	})
}
