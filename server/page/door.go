package page

import (
	"io"
	"net/url"
	"strings"
)

// Door is the page for a device that is not in. It says nothing about the share,
// not even its name.
type Door struct {
	State   DoorState
	To      string // the URL that was requested, path and query; returned in the field "to". Anything that is no path becomes "/"
	Name    string // a guess for the name field, such as "iPhone"; any text
	Words   string // by which visitors compare the certificate with the owner's; "" if the share is not encrypted
	Trouble string // a sentence about the last attempt, "This PIN is not right."; "" if there is none
}

// DoorState says what the device can do.
type DoorState int

// The states of the door.
const (
	DoorClosed     DoorState = iota // ask, or enter the PIN
	DoorWaiting                     // wait: it has asked, and the page reloads when the owner answers
	DoorRefused                     // ask again after a minute, or enter the PIN
	DoorBlocked                     // nothing
	DoorUnattended                  // enter the PIN; nobody would see that it asks
	DoorNobodyNew                   // nothing for now: nobody else comes in
)

// Door writes the page. Its forms are sent to /.windowsill/enter, with a field
// "ask" to ask, or "pin" with the PIN. It works without script, even waiting.
func (p *Pages) Door(w io.Writer, d Door) error {
	d.To, d.Name = onThisHost(d.To), visible(d.Name)
	return p.execute(w, doorTemplate, d)
}

// onThisHost returns the path and query of a URL, encoded, or "/" if it leads to
// another host. The waiting page goes there by itself, and browsers take a
// backslash for a slash and ignore tabs.
func onThisHost(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") {
		return "/"
	}
	return u.RequestURI()
}

// Waiting reports whether the page waits for the owner's answer.
func (d Door) Waiting() bool { return d.State == DoorWaiting }

// Refused reports whether the owner said "not now".
func (d Door) Refused() bool { return d.State == DoorRefused }

// Blocked reports whether the device is blocked.
func (d Door) Blocked() bool { return d.State == DoorBlocked }

// Unattended reports whether nobody would see that the device asks.
func (d Door) Unattended() bool { return d.State == DoorUnattended }

// NobodyNew reports whether nobody else comes in.
func (d Door) NobodyNew() bool { return d.State == DoorNobodyNew }
