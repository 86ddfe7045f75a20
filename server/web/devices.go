package web

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"strconv"
	"strings"

	"windowsill/server/access"
	"windowsill/server/traffic"
)

// devices knows which device sent a request: by its cookie, or by the PIN that
// a program uses as a password.
type devices struct {
	guard  *access.Guard
	rights rights
	inbox  *Inbox
	digest *digest
	cookie string                      // its name
	group  func(netip.Addr) netip.Addr // as in [Location]
}

// errUnknown says that a device brought nothing that lets it in.
var errUnknown = errors.New("unknown device")

// identify returns the number of the device that sent a request, 0 if it
// needs none, or why it may not come in: errUnknown, or an error of access.
func (d devices) identify(q *http.Request) (id uint64, err error) {
	if id, ok := q.Context().Value(deviceContext{}).(uint64); ok {
		return id, nil
	}
	addr := traffic.AddrOf(q)
	if addr.IsLoopback() {
		return 0, nil // this computer itself; checkHost has seen to its name
	}
	id, status := d.guard.Find(d.token(q))
	switch {
	case status == access.In:
		return id, nil
	case status == access.Blocked || d.guard.IsBlocked(addr):
		return 0, access.ErrBlocked
	}
	if id, err = d.byPassword(q); err == nil {
		return id, nil
	}
	if d.guard.Policy().Open {
		return 0, nil // also with the PIN of yesterday
	}
	return 0, err
}

// byPassword returns the number of the program that sent a request, by the PIN that
// it uses as its password.
func (d devices) byPassword(q *http.Request) (id uint64, err error) {
	if isDigest(q.Header.Get("Authorization")) {
		return d.digest.enter(q, d.guard, d.describe(q))
	}
	if user, pin, ok := q.BasicAuth(); ok && pin != "" {
		return d.guard.Program(user, access.Typed(pin), d.describe(q))
	}
	return 0, errUnknown
}

// deviceContext is the context's key for the device that sent a request with a
// password. A proof is good for one look at it.
type deviceContext struct{}

// identified returns the request with its device.
func identified(q *http.Request, id uint64) *http.Request {
	if q.Header.Get("Authorization") == "" {
		return q
	}
	return q.WithContext(context.WithValue(q.Context(), deviceContext{}, id))
}

// describe returns what a request tells about the device that sent it.
func (d devices) describe(q *http.Request) access.DeviceInfo {
	name, mobile := traffic.NameOf(q.UserAgent())
	return access.DeviceInfo{Addr: traffic.AddrOf(q), Name: name, Mobile: mobile, Group: d.groupOf(q)}
}

// groupOf returns the address as which that of the device counts that sent a
// request.
func (d devices) groupOf(q *http.Request) netip.Addr { return d.group(traffic.ZonedAddrOf(q)) }

// nameOf returns the name by which the owner knows the device that sent a
// request, given its number.
func (d devices) nameOf(q *http.Request, id uint64) string {
	for _, known := range d.guard.Devices() {
		if known.ID == id {
			return known.Name
		}
	}
	return d.describe(q).Name
}

// token returns the value of a device's cookie, "" if it sent none.
func (d devices) token(q *http.Request) string { return cookieValue(q.Header, d.cookie) }

// maxStay is how long a device keeps its cookie, in seconds: phones drop the
// cookies of a session when they need memory. The server may forget it sooner.
const maxStay = 12 * 60 * 60

// securePrefix begins the names of cookies that browsers send over TLS alone, and
// take from nobody but this very host and port's own pages (RFC 6265bis, section
// 4.1.3.2).
const securePrefix = "__Host-"

// cookieName returns the name of the cookie by which a device is known.
func cookieName(at Location) string {
	name := "windowsill_" + strconv.Itoa(at.Port)
	if at.TLS != nil {
		return securePrefix + name
	}
	return name
}

// isSecure reports whether a cookie is for TLS alone.
func isSecure(name string) bool { return strings.HasPrefix(name, securePrefix) }

// remember sets the cookie by which a device is known from now on.
func (d devices) remember(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{
		Name: d.cookie, Value: token, Path: "/", MaxAge: maxStay,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: isSecure(d.cookie),
	})
}

// cookieValue returns the value of the first cookie with a name, "" if there
// is none. It allocates nothing: every request asks.
func cookieValue(h http.Header, name string) string {
	for _, line := range h["Cookie"] {
		for pair := range strings.SplitSeq(line, ";") {
			pair = strings.Trim(pair, " \t")
			if len(pair) > len(name) && pair[len(name)] == '=' && pair[:len(name)] == name {
				return strings.Trim(pair[len(name)+1:], `"`)
			}
		}
	}
	return ""
}
