package app

import (
	"path/filepath"

	"windowsill/app/settings"
	"windowsill/server"
)

// options are how things are shared: as the settings say, unless the command line says
// otherwise.
type options struct {
	store  *settings.Store
	redraw func() // shows what has changed here

	given server.Share // by the command line: Where, if not zero, Receiving and where to, Hidden, TLS and VisitorsPages
}

// share returns a share with these options, and nothing in it yet.
func (o *options) share(port int, exact bool) server.Share {
	return server.Share{
		Port: port, ExactPort: exact && port != 0, Hidden: o.hidden(), VisitorsPages: o.given.VisitorsPages,
		Listing: settings.Listing.Get(o.store), NoReadmes: o.noReadmes(), Where: o.given.Where, TLS: o.tls(),
	}
}

// hidden reports whether hidden files will be shared too.
func (o *options) hidden() bool { return o.given.Hidden || settings.Hidden.Get(o.store) }

// setHidden shares hidden files too from the next share on, or no longer.
func (o *options) setHidden(hidden bool) {
	o.given.Hidden = false
	settings.Hidden.Set(o.store, hidden)
	o.redraw()
}

// setSite says whether a folder with an index.html is shown as a web site.
func (o *options) setSite(site bool) {
	settings.Listing.Set(o.store, !site)
	o.redraw()
}

// noReadmes reports whether no README.md will be shown below a list.
func (o *options) noReadmes() bool { return o.given.NoReadmes || settings.NoReadmes.Get(o.store) }

// setReadmes says whether a README.md is shown below the list of its folder.
func (o *options) setReadmes(shown bool) {
	o.given.NoReadmes = false
	settings.NoReadmes.Set(o.store, !shown)
	o.redraw()
}

// tls says whether a share is to be encrypted, and with which certificate.
func (o *options) tls() server.TLS {
	if o.given.TLS.On {
		return o.given.TLS
	}
	if !settings.Encrypted.Get(o.store) {
		return server.TLS{}
	}
	return o.withCertificate(true)
}

// withCertificate returns what the settings say of the certificate.
func (o *options) withCertificate(on bool) server.TLS {
	return server.TLS{On: on, Certificate: settings.Certificate.Get(o.store), Key: settings.CertificateKey.Get(o.store)}
}

// setTLS makes t what the next share will have, whatever the command line says.
func (o *options) setTLS(t server.TLS) {
	o.given.TLS = server.TLS{}
	settings.Encrypted.Set(o.store, t.On)
	settings.Certificate.Set(o.store, t.Certificate)
	settings.CertificateKey.Set(o.store, t.Key)
}

// receiving says where files go that come in, and how.
func (o *options) receiving() (folder string, how server.Receiving, err error) {
	how = server.Receiving{On: true, Sort: sortings[settings.ReceivedSort.Get(o.store)], Shown: settings.ReceivedShown.Get(o.store)}
	if o.given.Receiving.On && o.given.Receiving.Sort != server.Unsorted {
		how.Sort = o.given.Receiving.Sort
	}
	if o.given.Receiving.On && o.given.Folder != "" {
		folder, err = filepath.Abs(o.given.Folder)
		return folder, how, err
	}
	folder, err = receivedFolder(o.store)
	return folder, how, err
}

// setReceivedFolder says where files go that come in from now on, whatever the command
// line says.
func (o *options) setReceivedFolder(folder string) {
	settings.ReceivedFolder.Set(o.store, folder)
	if o.given.Receiving.On {
		o.given.Folder = ""
	}
}
