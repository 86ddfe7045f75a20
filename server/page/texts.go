package page

import (
	"io"
	"time"
)

// Texts is the page of what device and owner send each other.
type Texts struct {
	Share   string // the share's name
	MaySend bool   // the device may send one itself
	Sent    bool   // it just did
	Trouble string // why its text was not sent, a sentence; "" if there is none
	Draft   string // that text; may hold anything
	Texts   []Text // the latest first
}

// Text is one of them.
type Text struct {
	At      time.Time
	ByOwner bool   // else this device sent it
	Text    string // may hold anything
	Link    string // the text if it is an address of the web, else ""
}

// Texts writes the page. Its form sends the field "text" back to its address.
func (p *Pages) Texts(w io.Writer, t Texts) error {
	t.Share = visible(t.Share)
	return p.execute(w, textTemplate, t)
}

// Clock is the time of day at which it was sent, this computer's.
func (t Text) Clock() string { return t.At.Local().Format("15:04") }

// Moment is the time at which it was sent, as RFC 3339 has it.
func (t Text) Moment() string { return t.At.Format(time.RFC3339) }
