package app

import (
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
	"windowsill/server"
)

// encrypting changes how a share is encrypted, while it is shared too.
type encrypting struct{ sharing *sharing }

// set encrypts from now on, or no longer.
func (e encrypting) set(encrypted bool) {
	o := &e.sharing.options
	o.setTLS(o.withCertificate(encrypted))
	e.apply()
}

// setCertificate encrypts with a certificate of this computer's, or with one of the
// person's own, which has been looked at.
func (e encrypting) setCertificate(t server.TLS) {
	e.sharing.options.setTLS(t)
	e.apply()
}

// renewAuthority throws away the authority of this computer. What is shared starts anew
// with a new one.
func (e encrypting) renewAuthority() {
	s := e.sharing
	s.control.whenFree(func() {
		s.control.renewAuthority(s.snapshot.Share, s.isSharing() && s.snapshot.Certificate.AuthorityFingerprint != "", s.done)
		s.actions.redraw()
	})
}

// apply starts what is shared anew, if it is not encrypted as it should be. A certificate
// that is of no use is said in the settings, and does not end what is shared.
func (e encrypting) apply() {
	s := e.sharing
	s.actions.redraw()
	if !s.isSharing() || s.snapshot.Share.TLS == s.options.tls() {
		return
	}
	share := s.snapshot.Share
	share.TLS = s.options.tls()
	if share.TLS.Certificate == "" {
		e.startAnew(share)
		return
	}
	s.control.tryThen(func() error { _, err := s.control.engine.LookAtCertificate(share.TLS); return err }, func(err error) {
		if err == nil && s.isSharing() && s.options.tls() == share.TLS {
			e.startAnew(share)
		}
	})
}

// startAnew asks before it cuts off transfers.
func (e encrypting) startAnew(share server.Share) {
	s := e.sharing
	restart := func() {
		s.control.whenFree(func() {
			s.control.restart(share, s.done)
			s.actions.redraw()
		})
	}
	loss := lossText(s.snapshot)
	if loss == "" {
		restart()
		return
	}
	now := s.snapshot.Share.TLS
	if !now.On {
		now = s.options.withCertificate(false)
	}
	s.asker.Ask(kit.Question{
		Title: lang.L("Start sharing anew?"), Body: loss, Yes: lang.L("Start anew"), No: lang.L("Not now"), OnYes: restart,
		OnNo: func() { s.options.setTLS(now); s.actions.redraw() },
	})
}
