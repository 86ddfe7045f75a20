package server

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log/slog"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"windowsill/server/announce"
	"windowsill/server/certs"
	"windowsill/server/lan"
	"windowsill/server/page"
	"windowsill/server/web"
)

// TLS says whether a share is encrypted, and with which certificate. The zero value
// is not.
type TLS struct {
	On bool
	// Certificate is a file with a certificate, or a folder that has one and its
	// key, such as another program makes and renews them. With "" the
	// authority of this computer signs one.
	Certificate string
	Key         string // the file with its key, unless that is in the same file or folder
}

// Certificate is what devices see of an encrypted share. The zero value is that of
// one that is not encrypted.
type Certificate struct {
	Words       string    // by which people compare it, "together mail awful cradle"
	Fingerprint string    // its SHA-256, as browsers show it, "E3:B0:…"
	Until       time.Time // when it ends

	// Of the authority of this computer, by which devices can trust all that it
	// signs; "" if somebody else has signed it.
	Authority            string // the path of its certificate; "" too if that is not kept
	AuthorityName        string // by which devices list it
	AuthorityFingerprint string
}

// CertificateError says why a certificate is of no use.
type CertificateError = certs.FilesError

// The Problem of a [CertificateError] if only half of what is needed was named.
var (
	ErrNoCertificate = certs.ErrNoCertificate
	ErrNoKey         = certs.ErrNoKey
)

// ErrNoAuthority is returned by Start when this computer's authority can be neither
// read nor made.
var ErrNoAuthority = errors.New("The certificate of this computer could not be kept in the folder of the settings. Check that you may write there.")

// credential is what a run shows of itself to clients that speak TLS. It is kept up
// to date.
type credential struct {
	authority *certs.Authority // nil if files is not
	files     *certs.Files
	following sync.Mutex // held while it looks for another certificate
	current   atomic.Pointer[shown]
}

// shown is the certificate of a credential at one moment. Each has a configuration
// of its own, so that no client resumes a session with another certificate's.
type shown struct {
	config *tls.Config
	leaf   *x509.Certificate
	about  Certificate
}

// openCredential returns what a run shows, nil if it is not encrypted.
func openCredential(t TLS, o Options, hostname string) (*credential, error) {
	if !t.On {
		return nil, nil
	}
	if t.Certificate != "" {
		own := &credential{files: certs.OpenFiles(t.Certificate, t.Key)}
		c, err := own.files.Load(time.Now())
		if err != nil {
			return nil, err
		}
		own.show(c)
		return own, nil
	}
	a, err := certs.OpenAuthority(o.authorityDir(), hostname)
	if err != nil {
		slog.Warn("The authority could not be kept.", "err", err)
		return nil, ErrNoAuthority
	}
	return &credential{authority: a}, nil
}

// authorityDir returns the folder for this computer's authority, "" if there is
// none.
func (o Options) authorityDir() string {
	if o.ConfigDir == "" {
		return ""
	}
	return filepath.Join(o.ConfigDir, "windowsill")
}

// follow shows the certificate for a holder, and reports whether that is another
// one than before. Connections that are there stay.
func (own *credential) follow(h certs.Holder) (changed bool) {
	own.following.Lock()
	defer own.following.Unlock()
	var c *tls.Certificate
	var err error
	before := own.current.Load()
	switch {
	case own.authority != nil && before != nil && own.authority.Fits(before.leaf, h):
		return false // whatever another process has signed meanwhile
	case own.authority != nil:
		c, err = own.authority.Issue(h)
	case own.files.Changed():
		c, err = own.files.Load(time.Now())
	default:
		return false
	}
	if err != nil {
		slog.Warn("There is no new certificate.", "err", err) // the old one is better than none
	}
	if c == nil {
		return false
	}
	if before != nil && before.leaf.Equal(c.Leaf) {
		return false
	}
	own.show(c)
	return true
}

// watch returns what receives soon after somebody else's certificate may have been
// renewed, until ctx ends; nil where nothing says so.
func (own *credential) watch(ctx context.Context) <-chan struct{} {
	if own.isOwn() {
		return nil
	}
	return own.files.Watch(ctx)
}

func (own *credential) show(c *tls.Certificate) {
	about := Certificate{Words: certs.Words(c.Leaf.Raw), Fingerprint: certs.Fingerprint(c.Leaf.Raw), Until: c.Leaf.NotAfter}
	if a := own.authority; a != nil {
		about.Authority, about.AuthorityName, about.AuthorityFingerprint = a.Path(), a.Name(), certs.Fingerprint(a.Certificate())
	}
	config := &tls.Config{Certificates: []tls.Certificate{*c}, NextProtos: []string{"h2", "http/1.1"}, MinVersion: tls.VersionTLS12}
	own.current.Store(&shown{config, c.Leaf, about})
}

// config returns how TLS is spoken to a new client.
func (own *credential) config() *tls.Config { return own.current.Load().config }

// covers reports whether the certificate is good for a host.
func (own *credential) covers(host string) bool {
	return own.current.Load().leaf.VerifyHostname(host) == nil
}

// mayHold reports whether the certificate is good for an address, or the next one will
// be. Without encryption any will do.
func (own *credential) mayHold(a netip.Addr) bool {
	switch {
	case own == nil:
		return true
	case own.authority != nil:
		return own.authority.MaySign(a)
	}
	return own.covers(a.String())
}

// isOwn reports whether a run needs no certificate, or has one of this computer's
// authority: then it is reached at all addresses, though devices may not trust it at
// some.
func (own *credential) isOwn() bool { return own == nil || own.files == nil }

// name returns the name by which devices come to a share whose certificate holds no
// address of this computer: the first that it holds. The star of a name stands for
// this computer.
func (own *credential) name(short string) string {
	for _, name := range own.current.Load().leaf.DNSNames {
		if rest, ok := strings.CutPrefix(name, "*."); ok && short != "" {
			return short + "." + rest
		} else if !ok {
			return name
		}
	}
	return ""
}

// isFor returns an error if neither the names nor the addresses of the certificate
// lead to this computer.
func (own *credential) isFor(found []lan.Address, short string) error {
	if own.isOwn() || own.name(short) != "" || slices.ContainsFunc(found, func(a lan.Address) bool { return own.covers(a.Addr.String()) }) {
		return nil
	}
	leaf := own.current.Load().leaf
	return &CertificateError{Problem: certs.ErrElsewhere, Path: own.files.Path(), Names: cmp.Or(strings.Join(namesOf(leaf), ", "), leaf.Subject.String())}
}

// namesOf returns the names and addresses that a certificate is for.
func namesOf(c *x509.Certificate) []string {
	names := slices.Clone(c.DNSNames)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	return names
}

// OwnCertificate is a certificate that somebody else has signed.
type OwnCertificate struct {
	Names []string // and addresses that it is for
	Until time.Time
}

// LookAtCertificate looks at the files of a certificate of one's own, as Start would.
// The error is a *[CertificateError].
func (s *Server) LookAtCertificate(t TLS) (OwnCertificate, error) {
	t.On = true
	own, err := openCredential(t, s.options, "")
	if err != nil || own.files == nil {
		return OwnCertificate{}, err
	}
	found, _ := s.ask() // without a network its name has to do
	leaf := own.current.Load().leaf
	return OwnCertificate{namesOf(leaf), leaf.NotAfter}, own.isFor(found, newComputer().short())
}

// NewAuthority throws away this computer's authority. The next share that is encrypted
// by it has a new one, which devices have to trust anew.
func (s *Server) NewAuthority() error {
	dir := s.options.authorityDir()
	if dir == "" {
		return nil
	}
	if err := certs.Forget(dir); err != nil {
		slog.Warn("The authority could not be thrown away.", "err", err)
		return ErrNoAuthority
	}
	return nil
}

// trusted returns what devices need to trust the authority, nil if somebody else
// has signed the certificate.
func (own *credential) trusted() (certificate, profile []byte) {
	if own.authority == nil {
		return nil, nil
	}
	return own.authority.Certificate(), own.authority.Profile()
}

// scheme is that of the run's addresses.
func (e *endpoint) scheme() string {
	if e.credential != nil {
		return "https"
	}
	return "http"
}

// holder is who the run's certificate is for: all of this computer's addresses and
// names, whether or not devices come in by them now.
func (e *endpoint) holder() certs.Holder {
	h := certs.Holder{Names: e.names()}
	for _, a := range e.place.network().All {
		h.Addresses = append(h.Addresses, a.Addr)
	}
	h.Addresses = append(h.Addresses, netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback())
	return h
}

// certificate is what devices see; the zero value if the share is not encrypted.
func (e *endpoint) certificate() Certificate {
	if e.credential == nil {
		return Certificate{}
	}
	return e.credential.current.Load().about
}

// names returns the names of this computer, the one that it announces first, or most
// likely will: until that is known, devices may have accepted a certificate.
func (e *endpoint) names() []string {
	announced := e.host()
	if announced == "" && e.announcer != nil && !e.place.silent() {
		announced = (&announce.Service{Name: e.name, Computer: e.computer.short()}).Host()
	}
	names := []string{announced, e.computer.hostname}
	if short := e.computer.short(); short != "" {
		names = append(names, short, short+".local", short+".lan", short+".home.arpa")
	}
	names = append(names, "localhost")
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// renew shows a new certificate if the present one no longer fits.
func (e *endpoint) renew() (changed bool) {
	return e.credential != nil && e.credential.follow(e.holder())
}

// named returns the links that hold a name instead of an address, where the
// certificate is good for no address.
func (e *endpoint) named(found []lan.Address, query string) []Link {
	if len(found) == 0 || e.credential.isOwn() {
		return nil
	}
	name := e.credential.name(e.computer.short())
	if name == "" {
		return nil
	}
	plain := lan.URL("https", name, e.listener.Port())
	return []Link{{URL: plain + query, Plain: plain, Address: found[0]}}
}

// webTLS is what visitors meet of that.
func (e *endpoint) webTLS() *web.TLS {
	if e.credential == nil {
		return nil
	}
	return &web.TLS{Origin: e.origin, Covers: e.credential.covers, Authority: e.credential.trusted, Shown: e.shown}
}

// shown is what people are shown of the certificate.
func (e *endpoint) shown() page.Trust {
	c := e.certificate()
	return page.Trust{Words: c.Words, Authority: c.AuthorityFingerprint}
}

// origin returns where a browser goes on that came to a host without encryption.
func (e *endpoint) origin(host string) string {
	if all := e.origins(); !e.credential.covers(host) && len(all) > 0 {
		return all[0]
	}
	return strings.TrimSuffix(lan.URL("https", host, e.listener.Port()), "/")
}
