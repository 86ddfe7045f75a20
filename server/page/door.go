package page

import (
	"io"
	"net/url"
	"strings"
)

// Door is what somebody sees who is not in. It says nothing of the share, not
// even its name: that is for those who are let in.
type Door struct {
	State   DoorState
	To      string // the address wanted, path and query; comes back as the field "to". May hold anything; what is no path becomes "/"
	Name    string // a guess for the name field, such as "iPhone"; may hold anything
	Trouble string // a sentence about the last try, "This PIN is not right."; "" if there is none
}

// DoorState says what somebody at the door can do.
type DoorState int

// The states of the door.
const (
	DoorClosed     DoorState = iota // may ask, or type the PIN
	DoorWaiting                     // has asked; the page goes on by itself when the owner answers
	DoorRefused                     // may ask again after a minute, or type the PIN
	DoorBlocked                     // can do nothing
	DoorUnattended                  // may type the PIN; nobody would see who asks
)

// Door writes the page of the door. Its forms are sent to /.windowsill/enter,
// where a field "ask" means that somebody asks, and a field "pin" that they
// typed the PIN. They work without script, as does the waiting page.
func (p *Pages) Door(w io.Writer, d Door) error {
	d.To, d.Name = onThisHost(d.To), visible(d.Name)
	return p.execute(w, doorTemplate, d)
}

// onThisHost returns the path and query of an address, encoded, or "/" if it
// leads to another host. The waiting page goes there by itself, and a browser
// that meets a backslash or a tab would take it for a slash, or for nothing.
func onThisHost(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") {
		return "/"
	}
	return u.RequestURI()
}

// Waiting reports whether the page has to find out that the owner answered.
func (d Door) Waiting() bool { return d.State == DoorWaiting }

// Refused reports whether the owner has said "not now".
func (d Door) Refused() bool { return d.State == DoorRefused }

// Blocked reports whether there is nothing to be done.
func (d Door) Blocked() bool { return d.State == DoorBlocked }

// Unattended reports whether asking would reach nobody.
func (d Door) Unattended() bool { return d.State == DoorUnattended }
