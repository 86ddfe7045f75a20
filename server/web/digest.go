package web

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"windowsill/server/access"
	"windowsill/server/traffic"
)

// realm is what programs show when they ask for a name and a password.
const realm = "Windowsill: any name, the PIN as password"

// errStale says that a proof was once good or may be: its program tries again with
// a new nonce, without asking anybody.
var errStale = fmt.Errorf("%w: its nonce is too old or was used before", errUnknown)

// digest is Digest access authentication (RFC 7616) with the PIN as password, in
// its oldest form that counts requests: MD5 and qop=auth. Explorer sends no
// password over http otherwise, and gvfs and KIO fail with SHA-256.
//
// It is our own: github.com/abbot/go-http-auth (v0.4.0, of 2017) refuses requests
// that overtake each other, and its nonces do not end;
// github.com/icholy/digest (v1.2.0) is for clients, and writes a count anew instead
// of hashing what was sent. Neither tells a stale nonce from a wrong password.
type digest struct {
	key    []byte // signs nonces, so that only those that were used are kept
	nonces nonces
}

func newDigest() *digest {
	d := &digest{key: make([]byte, sha256.Size)}
	rand.Read(d.key) // never fails
	return d
}

// challenge returns the value of a WWW-Authenticate header.
func (d *digest) challenge(q *http.Request, stale bool) string {
	c := fmt.Sprintf(`Digest realm="%s", nonce="%s", algorithm=MD5, qop="auth"`, realm, d.newNonce(traffic.AddrOf(q), time.Now()))
	if stale {
		c += ", stale=true"
	}
	return c
}

// The parts of a nonce, in bytes: when it was made, something random, a signature.
const (
	nonceSays = 16
	nonceLen  = nonceSays + 16
)

// newNonce makes a nonce for a device at an address.
func (d *digest) newNonce(addr netip.Addr, now time.Time) string {
	b := make([]byte, nonceSays)
	binary.BigEndian.PutUint64(b, uint64(now.UnixNano()))
	rand.Read(b[8:]) // never fails
	return base64.RawURLEncoding.EncodeToString(append(b, d.sign(b, addr)...))
}

func (d *digest) sign(says []byte, addr netip.Addr) []byte {
	h := hmac.New(sha256.New, d.key)
	h.Write(says)
	h.Write(addr.AsSlice())
	return h.Sum(nil)[:nonceLen-nonceSays]
}

// issued returns when a nonce was made for an address, if it was.
func (d *digest) issued(nonce string, addr netip.Addr) (at time.Time, ok bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(nonce)
	if err != nil || len(b) != nonceLen || !hmac.Equal(b[nonceSays:], d.sign(b[:nonceSays], addr)) {
		return time.Time{}, false
	}
	return time.Unix(0, int64(binary.BigEndian.Uint64(b))), true
}

// enter lets a program in that sent an Authorization header of this kind. The
// error is one of [access.Guard.Program] or errStale.
func (d *digest) enter(q *http.Request, guard *access.Guard, from access.DeviceInfo) (id uint64, err error) {
	c, ok := parseDigest(q.Header.Get("Authorization"))
	if !ok || c.realm != realm || !sameTarget(c.uri, q) {
		return 0, errUnknown
	}
	at, ok := d.issued(c.nonce, from.Addr)
	if !ok || !d.nonces.isFresh(c.nonce, at, time.Now()) {
		return 0, errStale
	}
	proof := c.proof(q.Method)
	if proof("") {
		return 0, errUnknown // nobody guesses: gvfs (1.50) begins so with a drive from its view of the network
	}
	if id, err = guard.Program(unescape(c.username), proof, from); err != nil {
		return 0, err
	}
	if !d.nonces.use(c.nonce, at, c.count, time.Now()) {
		return 0, errStale
	}
	return id, nil
}

// sameTarget reports whether a proof is about the target of a request. Some
// programs encode it in another way there, or write the whole address.
func sameTarget(uri string, q *http.Request) bool {
	if uri == q.RequestURI {
		return true
	}
	u, err := url.Parse(uri)
	asked, askedErr := url.ParseRequestURI(q.RequestURI)
	return err == nil && askedErr == nil && u.Path == asked.Path && u.RawQuery == asked.RawQuery
}

// proof returns what shows that the program knows the PIN: the response (RFC 7616
// 3.4.1). The PIN may have been typed as the window shows it, in two groups. In
// names such as COMPUTER\anna some hash one backslash and some two.
func (c credentials) proof(method string) access.Proof {
	rest := ":" + c.nonce + ":" + c.nc + ":" + c.cnonce + ":auth:" + hashed(method+":"+c.uri)
	users := []string{c.username}
	if plain := unescape(c.username); plain != c.username {
		users = append(users, plain)
	}
	return func(pin string) bool {
		half := len(pin) / 2
		right := 0
		for _, user := range users {
			for _, typed := range []string{pin, pin[:half] + " " + pin[half:]} {
				right |= subtle.ConstantTimeCompare([]byte(hashed(hashed(user+":"+realm+":"+typed)+rest)), []byte(c.response))
			}
		}
		return right == 1
	}
}

func hashed(text string) string {
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}
