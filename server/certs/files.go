package certs

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Bounds on what is read of a folder that may be the wrong one.
const (
	maxFile  = 1 << 20 // bytes
	maxFiles = 200
)

// Files are a certificate and its key that another program makes and renews.
type Files struct {
	paths []string // one folder, or files
	seen  []stamp
}

// stamp is by which a change of a file is noticed.
type stamp struct {
	path     string
	size     int64
	modified time.Time
}

// FilesError says why files are of no use. It is a sentence for a person.
type FilesError struct {
	Problem error // ErrNoCertificate, ErrNoKey and so on
	Path    string
	Names   string    // for ErrElsewhere: whom the certificate is for
	At      time.Time // until when, or from when on, a certificate is good; zero otherwise
	Err     error     // the system's own; nil if there is none
}

// What is wrong with files.
var (
	ErrNoCertificate = errors.New("no certificate")
	ErrNoKey         = errors.New("no key for the certificate")
	ErrExpired       = errors.New("certificate has expired")
	ErrNotYet        = errors.New("certificate is not good yet")
	ErrUnreadable    = errors.New("not readable")
	ErrLockedKey     = errors.New("key is encrypted")
	ErrElsewhere     = errors.New("certificate of another computer")
	ErrAuthority     = errors.New("certificate of an authority")
)

// Sentence returns what to tell a person as a template, and what to put into it.
func (e *FilesError) Sentence() (template string, data map[string]any) {
	data = map[string]any{"Path": e.Path, "Day": e.At.Format(time.DateOnly), "Names": e.Names}
	switch e.Problem {
	case ErrNoCertificate:
		return "There is no certificate in {{.Path}}. Name a file or a folder that holds one, as PEM.", data
	case ErrNoKey:
		return "There is no key in {{.Path}} that belongs to the certificate. Name the two that were made together.", data
	case ErrLockedKey:
		return "The key in {{.Path}} is protected by a password. Save it without one, for example by openssl pkey.", data
	case ErrElsewhere:
		return "The certificate in {{.Path}} is for {{.Names}}, and not for this computer. Choose one with its name or address.", data
	case ErrAuthority:
		return "The certificate in {{.Path}} is one of an authority, which Firefox refuses. Make one with basicConstraints=CA:FALSE.", data
	case ErrExpired:
		return "The certificate in {{.Path}} was good until {{.Day}} only. Renew it.", data
	case ErrNotYet:
		return "The certificate in {{.Path}} is good only from {{.Day}} on. Check the clock of this computer.", data
	}
	return "The certificate could not be read from {{.Path}}. Check that it is there, and that you may read it and its key.", data
}

// Error returns that sentence in English.
func (e *FilesError) Error() string {
	template, data := e.Sentence()
	return strings.NewReplacer("{{.Path}}", e.Path, "{{.Day}}", data["Day"].(string), "{{.Names}}", e.Names).Replace(template)
}

// Unwrap returns what is wrong, and the system's own error.
func (e *FilesError) Unwrap() []error { return []error{e.Problem, e.Err} }

// OpenFiles returns a certificate's files: the certificate and its key, one file
// with both, or a folder in which they lie under any names. key is "" if it is not
// named.
func OpenFiles(certificate, key string) *Files {
	f := &Files{paths: []string{certificate}}
	if key != "" {
		f.paths = append(f.paths, key)
	}
	return f
}

// Path returns where they are, for a person.
func (f *Files) Path() string { return strings.Join(f.paths, ", ") }

// Load returns the certificate that is in the files; of several, the one that is
// good for the longest, with its whole chain. The error is a *[FilesError].
func (f *Files) Load(now time.Time) (*tls.Certificate, error) {
	seen, err := f.look()
	if err != nil {
		return nil, &FilesError{Problem: ErrUnreadable, Path: f.paths[0], Err: err}
	}
	f.seen = seen
	var chains [][]*x509.Certificate
	var keys []crypto.Signer
	locked := false
	for _, s := range seen {
		b, err := os.ReadFile(s.path)
		if err != nil && !f.isFolder() {
			return nil, &FilesError{Problem: ErrUnreadable, Path: s.path, Err: err}
		}
		chain, key, err := parsePEM(b) // others may lie there
		locked = locked || errors.Is(err, ErrLockedKey)
		if len(chain) > 0 {
			chains = append(chains, chain)
		}
		if key != nil {
			keys = append(keys, key)
		}
	}
	c, err := f.best(chains, keys, now)
	if wrong := new(FilesError); locked && errors.As(err, &wrong) && wrong.Problem == ErrNoKey {
		wrong.Problem = ErrLockedKey
	}
	return c, err
}

// best picks the certificate to use.
func (f *Files) best(chains [][]*x509.Certificate, keys []crypto.Signer, now time.Time) (*tls.Certificate, error) {
	var best *tls.Certificate
	authority := false
	for _, chain := range chains {
		for _, key := range keys {
			c, err := pair(chain, key)
			authority = authority || errors.Is(err, ErrAuthority)
			if err == nil && (best == nil || isBetter(c, best)) {
				best = c
			}
		}
	}
	fail := func(problem error, at time.Time) (*tls.Certificate, error) {
		return nil, &FilesError{Problem: problem, Path: f.Path(), At: at}
	}
	switch {
	case best != nil && now.After(best.Leaf.NotAfter):
		return fail(ErrExpired, best.Leaf.NotAfter)
	case best != nil && now.Before(best.Leaf.NotBefore):
		return fail(ErrNotYet, best.Leaf.NotBefore)
	case best != nil:
		return best, nil
	case authority:
		return fail(ErrAuthority, time.Time{})
	case len(chains) == 0:
		return fail(ErrNoCertificate, time.Time{})
	}
	return fail(ErrNoKey, time.Time{})
}

func isBetter(a, b *tls.Certificate) bool {
	if !a.Leaf.NotAfter.Equal(b.Leaf.NotAfter) {
		return a.Leaf.NotAfter.After(b.Leaf.NotAfter)
	}
	return len(a.Certificate) > len(b.Certificate)
}

// Changed reports whether the files are no longer as they were when they were
// loaded.
func (f *Files) Changed() bool {
	now, err := f.look()
	return err == nil && !slices.Equal(now, f.seen)
}

func (f *Files) isFolder() bool {
	info, err := os.Stat(f.paths[0])
	return err == nil && info.IsDir()
}

// look returns which files there are. It follows links: certbot's folders are full
// of them.
func (f *Files) look() ([]stamp, error) {
	paths := f.paths
	if f.isFolder() {
		paths = slices.Clone(f.paths[1:])
		entries, err := os.ReadDir(f.paths[0])
		if err != nil {
			return nil, err
		}
		for _, e := range entries[:min(len(entries), maxFiles)] {
			if slices.Contains([]string{".pem", ".crt", ".cer", ".key"}, strings.ToLower(filepath.Ext(e.Name()))) {
				paths = append(paths, filepath.Join(f.paths[0], e.Name()))
			}
		}
	}
	var all []stamp
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil && !f.isFolder():
			return nil, err
		case err == nil && !info.Mode().IsRegular() && !f.isFolder():
			return nil, &fs.PathError{Op: "read", Path: path, Err: fs.ErrInvalid}
		case err == nil && info.Mode().IsRegular() && info.Size() <= maxFile:
			all = append(all, stamp{path, info.Size(), info.ModTime()})
		}
	}
	return all, nil
}

// parsePEM returns the certificates and the last key of a file.
func parsePEM(b []byte) (chain []*x509.Certificate, key crypto.Signer, err error) {
	for {
		var block *pem.Block
		if block, b = pem.Decode(b); block == nil {
			return chain, key, err
		}
		if block.Type == "CERTIFICATE" {
			c, parseErr := x509.ParseCertificate(block.Bytes)
			if parseErr != nil {
				err = errors.Join(err, parseErr)
				continue
			}
			chain = append(chain, c)
		} else if strings.HasSuffix(block.Type, "PRIVATE KEY") {
			k, parseErr := parseKey(block)
			if parseErr != nil {
				err = errors.Join(err, parseErr)
				continue
			}
			key = k
		}
	}
}

// parseKey parses a key in one of the forms that there are (PKCS 8, SEC 1, PKCS 1).
func parseKey(block *pem.Block) (crypto.Signer, error) {
	if block.Type == "ENCRYPTED PRIVATE KEY" || block.Headers["DEK-Info"] != "" { // RFC 5958, section 3; RFC 1421, section 4.6.1.3
		return nil, ErrLockedKey
	}
	der := block.Bytes
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		if signer, ok := key.(crypto.Signer); ok {
			return signer, nil
		}
		return nil, fmt.Errorf("certs: a key of type %T cannot sign", key)
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key, nil
	}
	return x509.ParsePKCS1PrivateKey(der)
}

// pair puts a certificate and its key together.
func pair(chain []*x509.Certificate, key crypto.Signer) (*tls.Certificate, error) {
	if len(chain) == 0 || key == nil {
		return nil, ErrNoCertificate
	}
	public, ok := key.Public().(interface{ Equal(crypto.PublicKey) bool })
	if !ok || !public.Equal(chain[0].PublicKey) {
		return nil, ErrNoKey
	}
	if chain[0].IsCA { // as openssl req -x509 makes them
		return nil, ErrAuthority
	}
	c := &tls.Certificate{PrivateKey: key, Leaf: chain[0]}
	for _, one := range chain {
		c.Certificate = append(c.Certificate, one.Raw)
	}
	return c, nil
}
