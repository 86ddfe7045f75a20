package app

import (
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/server"
)

// tls says whether a share is to be encrypted, and with which certificate.
func (s *sharing) tls() server.TLS {
	if s.given.TLS.On {
		return s.given.TLS
	}
	if !settings.Encrypted.Get(s.store) {
		return server.TLS{}
	}
	return server.TLS{On: true, Certificate: settings.Certificate.Get(s.store), Key: settings.CertificateKey.Get(s.store)}
}

// setEncrypted encrypts from now on, or no longer.
func (s *sharing) setEncrypted(encrypted bool) {
	t := server.TLS{On: encrypted, Certificate: settings.Certificate.Get(s.store), Key: settings.CertificateKey.Get(s.store)}
	s.rememberTLS(t)
	s.encryptAnew()
}

// setCertificate encrypts with a certificate of the person's own, or with one of this
// computer's if it is "".
func (s *sharing) setCertificate(certificate, key string) {
	s.rememberTLS(server.TLS{On: true, Certificate: certificate, Key: key})
	s.encryptAnew()
}

// rememberTLS makes t what the next share will have, whatever the command line says.
func (s *sharing) rememberTLS(t server.TLS) {
	s.given.TLS = server.TLS{}
	settings.Encrypted.Set(s.store, t.On)
	settings.Certificate.Set(s.store, t.Certificate)
	settings.CertificateKey.Set(s.store, t.Key)
}

// renewAuthority throws away the authority of this computer. What is shared starts anew
// with a new one.
func (s *sharing) renewAuthority() {
	s.control.whenFree(func() {
		s.control.renewAuthority(s.snapshot.Share, s.isSharing() && s.snapshot.Certificate.AuthorityFingerprint != "", s.done)
		s.actions.redraw()
	})
}

// encryptAnew starts what is shared anew, if it is not encrypted as it should be. A
// certificate that is of no use is said in the settings, and does not end what is shared.
func (s *sharing) encryptAnew() {
	s.actions.redraw()
	if !s.isSharing() || s.snapshot.Share.TLS == s.tls() {
		return
	}
	share := s.snapshot.Share
	share.TLS = s.tls()
	if share.TLS.Certificate == "" {
		s.startAnew(share)
		return
	}
	s.control.tryThen(func() error { _, err := s.control.engine.LookAtCertificate(share.TLS); return err }, func(err error) {
		if err == nil && s.isSharing() && s.tls() == share.TLS {
			s.startAnew(share)
		}
	})
}

// startAnew asks before it cuts off transfers.
func (s *sharing) startAnew(share server.Share) {
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
		now.Certificate, now.Key = settings.Certificate.Get(s.store), settings.CertificateKey.Get(s.store)
	}
	s.asker.Ask(kit.Question{
		Title: lang.L("Start sharing anew?"), Body: loss, Yes: lang.L("Start anew"), No: lang.L("Not now"), OnYes: restart,
		OnNo: func() { s.rememberTLS(now); s.actions.redraw() },
	})
}
