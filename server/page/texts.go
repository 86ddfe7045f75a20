package page

import (
	"io"
	"time"
)

// Texts is the page of texts that a device and the owner send each other.
type Texts struct {
	Share   string // the share's name
	MaySend bool   // the device may send one itself
	Sent    bool   // it has just sent one
	Trouble string // why its text was not sent, a sentence; "" if there is none
	Draft   string // that text; any text
	Texts   []Text // the latest first
}

// Text is a text.
type Text struct {
	At      time.Time
	ByOwner bool   // otherwise by the device
	Text    string // any text
	Link    string // the text if it is a URL, otherwise ""
}

// Texts writes the page. Its form sends the field "text" to the page's URL.
func (p *Pages) Texts(w io.Writer, t Texts) error {
	t.Share = visible(t.Share)
	return p.execute(w, textTemplate, t)
}

// Clock is the time of day at which it was sent, in the zone of this computer.
func (t Text) Clock() string { return t.At.Local().Format("15:04") }

// Moment is the time at which it was sent, in the format of RFC 3339.
func (t Text) Moment() string { return t.At.Format(time.RFC3339) }
