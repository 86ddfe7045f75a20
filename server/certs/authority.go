package certs

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	authorityFile   = "authority.pem"   // its certificate and its key
	publicFile      = "authority.crt"   // its certificate alone
	certificateFile = "certificate.pem" // the last one that it signed, with its key

	authorityLife = 10 * 365 * 24 * time.Hour
	// early is how long before it is made a certificate begins to be good: all
	// clients refuse one that is not good yet, and clocks differ.
	early = 12 * time.Hour
)

// Authority signs the certificates of one computer.
type Authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	dir         string // "" if it is not kept
}

// OpenAuthority returns the authority that is kept in a folder, or makes one for
// the computer with a host name. With "" for the folder it is not kept. One that
// is damaged or has expired is put aside, and devices have to trust the new one.
func OpenAuthority(dir, hostname string) (*Authority, error) {
	if dir == "" {
		return newAuthority(hostname)
	}
	a, err := readAuthority(dir)
	switch {
	case err == nil:
		return a, nil
	case errors.Is(err, errUnusable):
		if err := os.Rename(filepath.Join(dir, authorityFile), filepath.Join(dir, authorityFile+".old")); err != nil {
			return nil, err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	if a, err = newAuthority(hostname); err != nil {
		return nil, err
	}
	if err := a.keepIn(dir); err != nil {
		return nil, err
	}
	return readAuthority(dir) // another process may have been quicker
}

// Forget throws away the authority that is kept in a folder. Devices that trust it
// go on doing so, but nothing is signed by it any more.
func Forget(dir string) error {
	for _, name := range []string{authorityFile, publicFile, certificateFile} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// errUnusable says that the authority which is kept is of no use any more.
var errUnusable = errors.New("certs: authority is damaged or has expired")

func readAuthority(dir string) (*Authority, error) {
	path := filepath.Join(dir, authorityFile)
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil { // a backup may have brought it back for all to read
		return nil, err
	}
	chain, key, err := parsePEM(b)
	if err != nil || len(chain) != 1 {
		return nil, errUnusable
	}
	a := &Authority{certificate: chain[0], dir: dir}
	var ok bool
	if a.key, ok = key.(*ecdsa.PrivateKey); !ok || !a.key.PublicKey.Equal(a.certificate.PublicKey) || !a.isGood(time.Now()) {
		return nil, errUnusable
	}
	return a, replaceFile(filepath.Join(dir, publicFile), certificatePEM(a.certificate), 0o644)
}

// isGood reports whether devices will take what it signs.
func (a *Authority) isGood(now time.Time) bool {
	c := a.certificate
	return c.IsCA && c.PermittedDNSDomainsCritical && now.After(c.NotBefore) && now.Add(certificateLife).Before(c.NotAfter)
}

func newAuthority(hostname string) (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return nil, err
	}
	id := sha256.Sum256(public)
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: newSerial(),
		// OpenSSL and GnuTLS take one of two authorities of the same name for
		// the other, so each key has a name of its own.
		Subject:   pkix.Name{CommonName: authorityName(hostname) + " " + hex.EncodeToString(id[:4])},
		NotBefore: now.Add(-early), NotAfter: now.Add(authorityLife),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true, IsCA: true, MaxPathLenZero: true,
		SubjectKeyId:                id[:20],
		PermittedDNSDomainsCritical: true,
		PermittedDNSDomains:         permittedDomains(hostname),
		PermittedIPRanges:           permittedRanges(),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	a := &Authority{key: key}
	a.certificate, err = x509.ParseCertificate(der)
	return a, err
}

// authorityName is how the authority stands in the lists of devices.
func authorityName(hostname string) string {
	if hostname == "" {
		return "Windowsill"
	}
	return "Windowsill on " + hostname[:min(len(hostname), 40)] // 64 characters in all (RFC 5280, appendix A.1)
}

// permittedDomains are the names that the authority may sign, and all below them.
func permittedDomains(hostname string) []string {
	domains := []string{"local", "lan", "home.arpa", "localhost"}
	if short, _, _ := strings.Cut(hostname, "."); isName(short) {
		domains = append(domains, short)
	}
	return domains
}

// permittedRanges are the addresses that the authority may sign: those that mean
// something on a network of one's own only.
func permittedRanges() []*net.IPNet {
	var all []*net.IPNet
	for _, prefix := range []string{
		"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8",
		"fc00::/7", "fe80::/10", "::1/128",
	} {
		_, n, _ := net.ParseCIDR(prefix) // all of them are well formed
		all = append(all, n)
	}
	return all
}

// keepIn writes the authority, unless there is one by then.
func (a *Authority) keepIn(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	key, err := keyPEM(a.key)
	if err != nil {
		return err
	}
	whole := filepath.Join(dir, ".new-"+hex.EncodeToString(a.certificate.SubjectKeyId))
	if err := replaceFile(whole, append(certificatePEM(a.certificate), key...), 0o600); err != nil {
		return err
	}
	defer os.Remove(whole)
	path := filepath.Join(dir, authorityFile)
	err = os.Link(whole, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return os.Rename(whole, path) // there are no links on some drives
}

// Path returns where the authority's certificate is kept, without its key; "" if it
// is not.
func (a *Authority) Path() string {
	if a.dir == "" {
		return ""
	}
	return filepath.Join(a.dir, publicFile)
}

// Certificate returns the authority's own certificate, in DER.
func (a *Authority) Certificate() []byte { return a.certificate.Raw }

// Name returns the name by which devices list the authority.
func (a *Authority) Name() string { return a.certificate.Subject.CommonName }

// newSerial returns 127 random bits: Firefox refuses a number that it has seen with
// another certificate of the same authority.
func newSerial() *big.Int {
	n, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127)) // never fails, see crypto/rand
	return n.Add(n, big.NewInt(1))
}

func certificatePEM(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}

func keyPEM(key *ecdsa.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

// replaceFile writes a file as a whole.
func replaceFile(path string, content []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".certs-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once it is renamed
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close(), os.Chmod(f.Name(), mode)); err != nil {
		return fmt.Errorf("%s: %w", f.Name(), err)
	}
	return os.Rename(f.Name(), path)
}
