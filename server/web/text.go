package web

import (
	"errors"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"windowsill/server/access"
	"windowsill/server/page"
	"windowsill/server/traffic"
)

// LongestText is how long a text may be that devices and owner send each
// other, in bytes of UTF-8.
const LongestText = 64 << 10

const mostTexts = 50 // kept; the oldest go first

// Why a text is not sent. Their texts are sentences for a person.
var (
	ErrNoText   = errors.New("There is no text to send. Type or paste one.")
	ErrLongText = errors.New("The text is too long. Send it in parts, or as a file.")
)

// Text is a text that a device has sent to the owner, or the owner to all who
// are in. It may hold anything that is UTF-8.
type Text struct {
	ID      uint64 // never used twice while the same folder is shared
	At      time.Time
	ByOwner bool
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

// Texts are those that were sent since the folder was first shared. They are
// kept in memory alone.
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
	ts.sent = append(slices.Clone(ts.sent[max(0, len(ts.sent)+1-mostTexts):]), t)
	return nil
}

// All returns the texts, the oldest first. The list never changes.
func (ts *Texts) All() []Text {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	return ts.sent
}

// seenBy returns the texts that a device may read, the latest first: those of
// the owner and its own.
func (ts *Texts) seenBy(device uint64, addr netip.Addr) []Text {
	var seen []Text
	for _, t := range slices.Backward(ts.All()) {
		if t.ByOwner || t.Device == device && (device != 0 || t.Addr == addr) {
			seen = append(seen, t)
		}
	}
	return seen
}

// SendText sends a text of the owner's to all devices that are in, and those
// that come in later. It returns [ErrNoText] or [ErrLongText].
func (h *Handler) SendText(text string) error {
	if err := h.texts.add(Text{ByOwner: true, Text: text}); err != nil {
		return err
	}
	h.live.tell(func(l *listener) chan struct{} { return l.text })
	h.record.Note(netip.Addr{}, "You sent a text to all devices")
	return nil
}

// letters are the page on which a device reads and sends texts.
type letters struct {
	*door
	live      *live
	elsewhere *elsewhere
	share     string // the share's name
}

// serveTexts shows what the owner sent and what the device itself did, and
// takes another text from it.
func (l *letters) serveTexts(w http.ResponseWriter, q *http.Request) error {
	id, err := l.identify(q)
	if err != nil {
		return err
	}
	if q.Method == http.MethodPost {
		return l.takeText(w, q, id)
	}
	if done, err := onlyReads(w, q, ""); done || err != nil {
		return err
	}
	return l.showTexts(w, q, id, http.StatusOK, page.Texts{})
}

func (l *letters) takeText(w http.ResponseWriter, q *http.Request, id uint64) error {
	q.Body = http.MaxBytesReader(w, q.Body, 3*LongestText+longestForm) // a form writes a byte as three letters
	if err := q.ParseForm(); err != nil {
		if _, long := errors.AsType[*http.MaxBytesError](err); long {
			return l.refuseText(w, q, id, ErrLongText, "")
		}
		return errBadForm
	}
	t := Text{Device: id, Addr: traffic.AddrOf(q), Name: l.nameOf(q, id), Text: q.PostForm.Get("text")}
	if err := l.live.texts.add(t); err != nil {
		return l.refuseText(w, q, id, err, t.Text)
	}
	l.record.Note(t.Addr, t.Name+" sent a text")
	w.Header().Set("Cache-Control", "no-store")
	if !asksForHTML(q) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusCreated)
		_, err := io.WriteString(w, "Sent\n")
		return cut(err)
	}
	w.Header().Set("Location", sharedTexts+"?sent")
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// refuseText says why a text was not taken, and gives it back.
func (l *letters) refuseText(w http.ResponseWriter, q *http.Request, id uint64, why error, text string) error {
	status := http.StatusBadRequest
	if errors.Is(why, ErrLongText) {
		status = http.StatusRequestEntityTooLarge
	}
	if !asksForHTML(q) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		_, err := io.WriteString(w, why.Error()+"\n")
		return cut(err)
	}
	return l.showTexts(w, q, id, status, page.Texts{Trouble: why.Error(), Draft: text})
}

func (l *letters) showTexts(w http.ResponseWriter, q *http.Request, id uint64, status int, p page.Texts) error {
	p.Share = l.share
	p.MaySend = l.guard.Policy().Visitors >= access.Add
	p.Sent = q.Method != http.MethodPost && q.URL.Query().Has("sent")
	for _, t := range l.live.texts.seenBy(id, traffic.AddrOf(q)) {
		p.Texts = append(p.Texts, page.Text{At: t.At, ByOwner: t.ByOwner, Text: t.Text, Link: t.Link()})
	}
	w.Header().Set("Cache-Control", "private, no-store")
	l.elsewhere.openPage(w.Header(), q)
	pages := l.pagesFor(w, q)
	w.WriteHeader(status)
	if q.Method == http.MethodHead {
		return nil
	}
	return cut(pages.Texts(w, p))
}

// nameOf is what the owner calls the device that sent a request.
func (l *letters) nameOf(q *http.Request, id uint64) string {
	for _, d := range l.guard.Devices() {
		if d.ID == id {
			return d.Name
		}
	}
	return visitorOf(q).Name
}

// talks reports whether there is something for a visitor on the page of texts.
func (l *letters) talks() bool {
	return l.guard.Policy().Visitors >= access.Add || slices.ContainsFunc(l.live.texts.All(), func(t Text) bool { return t.ByOwner })
}
