package web

import (
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// LongestText is how long a text may be that devices and owner send each
// other, in bytes of UTF-8.
const LongestText = 64 << 10

const maxTexts = 50 // kept; the oldest go first

// Why a text is not sent. They are sentences for a person.
var (
	ErrNoText   = errors.New("There is no text to send. Type or paste one.")
	ErrLongText = errors.New("The text is too long. Send it in parts, or as a file.")
	ErrNoDevice = errors.New("That device is not in any more, so it gets no text.")
)

// Text is a text that a device has sent to the owner, or the owner to one
// device or all who are in. It may hold anything that is UTF-8.
type Text struct {
	ID      uint64 // never used twice while the same folder is shared
	At      time.Time
	ByOwner bool
	To      uint64     // the number of the device that one of the owner's is for; 0 for all
	Device  uint64     // the number of the device it came from; 0 if it has none
	Addr    netip.Addr // of that device
	Name    string     // of that device; may hold anything
	Text    string     // at most LongestText
}

// Link is the text if it is nothing but an address of the web, else "".
func (t Text) Link() string {
	text := strings.TrimSpace(t.Text)
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(text, " \n\t") {
		return ""
	}
	return text
}

// Texts are those that were sent lately. They are kept in memory alone. The
// zero value has none. It is safe for concurrent use.
type Texts struct {
	mu   sync.Mutex
	last uint64 // the ID of the latest
	sent []Text // the oldest first; replaced whole
}

// add keeps a text.
func (ts *Texts) add(t Text) error {
	t.Text = strings.ReplaceAll(strings.ToValidUTF8(t.Text, string(utf8.RuneError)), "\r\n", "\n")
	switch {
	case strings.TrimSpace(t.Text) == "":
		return ErrNoText
	case len(t.Text) > LongestText:
		return ErrLongText
	}
	ts.mu.Lock()
	defer ts.mu.Unlock()
	ts.last++
	t.ID, t.At = ts.last, time.Now()
	ts.sent = append(slices.Clone(ts.sent[max(0, len(ts.sent)+1-maxTexts):]), t)
	return nil
}

// takeBack forgets a text of the owner's and returns it, if there was one.
func (ts *Texts) takeBack(id uint64) (taken Text, ok bool) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	i := slices.IndexFunc(ts.sent, func(t Text) bool { return t.ByOwner && t.ID == id })
	if i < 0 {
		return Text{}, false
	}
	taken = ts.sent[i]
	ts.sent = slices.Delete(slices.Clone(ts.sent), i, i+1)
	return taken, true
}

// All returns the latest 50 texts, the oldest first. They must not be changed.
func (ts *Texts) All() []Text {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	return ts.sent
}

// isFor reports whether it is a text of the owner's that a device may read.
func (t Text) isFor(device uint64) bool { return t.ByOwner && (t.To == 0 || t.To == device) }

// seenBy returns the texts that a device may read, the latest first: those of
// the owner that are for it, and its own.
func (ts *Texts) seenBy(device uint64, addr netip.Addr) []Text {
	var seen []Text
	for _, t := range slices.Backward(ts.All()) {
		if t.isFor(device) || !t.ByOwner && t.Device == device && (device != 0 || t.Addr == addr) {
			seen = append(seen, t)
		}
	}
	return seen
}

// haveOwners reports whether there is a text of the owner's that a device may read.
func (ts *Texts) haveOwners(device uint64) bool {
	return slices.ContainsFunc(ts.All(), func(t Text) bool { return t.isFor(device) })
}
