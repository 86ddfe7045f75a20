package certs

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	// certificateLife is how long a certificate is good. Some clients take none
	// that is good for more than 398 days.
	certificateLife = 390 * 24 * time.Hour
	// renewBefore is how long before its end a certificate is replaced.
	renewBefore = 30 * 24 * time.Hour
)

// Holder is what a certificate is for: the addresses and names of a computer, the
// best first.
type Holder struct {
	Addresses []netip.Addr
	Names     []string
}

// Issue returns a certificate for a holder: the last one, as long as it will do,
// because devices remember which one their owners have accepted; otherwise a new
// one.
func (a *Authority) Issue(h Holder) (*tls.Certificate, error) {
	if c, err := a.last(); err == nil && a.Fits(c.Leaf, h) {
		return c, nil
	}
	c, err := a.sign(a.permitted(h), time.Now())
	if err != nil || a.dir == "" {
		return c, err
	}
	key, err := keyPEM(c.PrivateKey.(*ecdsa.PrivateKey))
	if err != nil {
		return nil, err
	}
	return c, replaceFile(filepath.Join(a.dir, certificateFile), append(certificatePEM(c.Leaf), key...), 0o600)
}

// Fits reports whether a certificate that the authority has signed will do for a
// holder, for some time to come.
func (a *Authority) Fits(c *x509.Certificate, h Holder) bool {
	now := time.Now()
	return covers(c, a.permitted(h)) && now.Add(renewBefore).Before(c.NotAfter) && now.After(c.NotBefore)
}

// last returns the certificate that was signed last, if it is kept.
func (a *Authority) last() (*tls.Certificate, error) {
	if a.dir == "" {
		return nil, os.ErrNotExist
	}
	b, err := os.ReadFile(filepath.Join(a.dir, certificateFile))
	if err != nil {
		return nil, err
	}
	chain, key, err := parsePEM(b)
	if err != nil {
		return nil, err
	}
	c, err := pair(chain, key)
	if err != nil {
		return nil, err
	}
	return c, c.Leaf.CheckSignatureFrom(a.certificate)
}

// sign makes a certificate with a key of its own.
func (a *Authority) sign(h Holder, now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: newSerial(),
		Subject:      subject(h),
		NotBefore:    now.Add(-early), NotAfter: now.Add(certificateLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true, // and no CA: Firefox takes none from a server
		DNSNames:              h.Names,
	}
	for _, addr := range h.Addresses {
		template.IPAddresses = append(template.IPAddresses, net.IP(addr.AsSlice()))
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, &key.PublicKey, a.key)
	if err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, nil
}

// subject is what clients took that know no alternative names (lynx, w3m): an
// address. Where there is no name besides, OpenSSL and GnuTLS hold it against the
// constraints for names, and only an empty subject will do.
func subject(h Holder) pkix.Name {
	if len(h.Names) == 0 || len(h.Addresses) == 0 {
		return pkix.Name{}
	}
	return pkix.Name{CommonName: h.Addresses[0].String()}
}

// MaySign reports whether the authority may sign a certificate for an address.
func (a *Authority) MaySign(addr netip.Addr) bool {
	return slices.ContainsFunc(a.certificate.PermittedIPRanges, func(n *net.IPNet) bool { return n.Contains(addr.AsSlice()) })
}

// permitted returns what the authority may sign of a holder, in the form that all
// clients understand.
func (a *Authority) permitted(h Holder) Holder {
	var some Holder
	for _, addr := range h.Addresses {
		addr = addr.Unmap().WithZone("")
		if a.MaySign(addr) && !slices.Contains(some.Addresses, addr) {
			some.Addresses = append(some.Addresses, addr)
		}
	}
	for _, name := range h.Names {
		name = strings.ToLower(strings.TrimSuffix(name, "."))
		ok := isName(name) && slices.ContainsFunc(a.certificate.PermittedDNSDomains, func(d string) bool {
			return name == d || strings.HasSuffix(name, "."+d)
		})
		if ok && !slices.Contains(some.Names, name) {
			some.Names = append(some.Names, name)
		}
	}
	if len(some.Addresses)+len(some.Names) == 0 {
		some.Names = []string{"localhost"} // a certificate of nobody is malformed
	}
	return some
}

// isName reports whether a name can stand in a certificate: Java refuses one with
// an underscore.
func isName(name string) bool {
	if len(name) > 253 {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return true
}

// covers reports whether a certificate holds all of a holder.
func covers(c *x509.Certificate, h Holder) bool {
	has := func(host string) bool { return c.VerifyHostname(host) == nil }
	return !slices.ContainsFunc(h.Addresses, func(a netip.Addr) bool { return !has(a.String()) }) &&
		!slices.ContainsFunc(h.Names, func(name string) bool { return !has(name) })
}
