package web

import (
	"io"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"windowsill/server/page"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

const (
	mostListeners = 400              // at once
	mostOfDevice  = 8                // of them, from one device
	beat          = 12 * time.Second // so often a page hears that nothing has happened
)

// live tells pages that are open what has changed meanwhile.
type live struct {
	folders *share.Watcher
	texts   *Texts

	mu        sync.Mutex
	listeners []*listener // the oldest first; guarded by mu
}

// listener is one page that is open. Each of its channels holds one token.
type listener struct {
	device  uint64
	addr    netip.Addr
	changed chan struct{} // what the folder's page shows is no longer so
	text    chan struct{} // the owner sent one
	enough  chan struct{} // the device has too many pages: this one has to ask by itself
}

// join lets a page listen. The oldest page of a device that has too many makes
// room, for it may be one that has gone without a word.
func (v *live) join(device uint64, addr netip.Addr) (*listener, error) {
	l := &listener{device, addr, make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{}, 1)}
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.listeners) >= mostListeners {
		return nil, errStreams
	}
	var oldest *listener
	alike := 0
	for _, o := range v.listeners {
		if o.device == device && (device != 0 || o.addr == addr) {
			if alike++; oldest == nil {
				oldest = o
			}
		}
	}
	if alike >= mostOfDevice {
		v.remove(oldest)
		wake(oldest.enough)
	}
	v.listeners = append(v.listeners, l)
	return l, nil
}

func (v *live) leave(l *listener) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.remove(l)
}

// remove is called with mu held.
func (v *live) remove(l *listener) {
	for i, o := range v.listeners {
		if o == l {
			v.listeners = append(v.listeners[:i:i], v.listeners[i+1:]...)
			return
		}
	}
}

// tell wakes all pages by one of their channels.
func (v *live) tell(by func(*listener) chan struct{}) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, l := range v.listeners {
		wake(by(l))
	}
}

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Refresh has every open page ask again what it shows.
func (s *site) Refresh() { s.live.tell(func(l *listener) chan struct{} { return l.changed }) }

// listening is how a page hears of what changes while it is open.
type listening struct {
	*door
	live *live
}

// standing marks answers that go on for as long as a page is open.
func (p *listening) standing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		p.record.Stand(w)
		next.ServeHTTP(w, q)
	})
}

// serveLive tells a page by server-sent events (HTML standard, section 9.2)
// what happens: "changed" if the folder whose path is in the field "in" is no
// longer as it was at "asof", "text" if the owner sent one, "stopped" when the share ends, "enough" when the
// page has to ask by itself from now on, and a "beat" now and then.
func (p *listening) serveLive(w http.ResponseWriter, q *http.Request) error {
	id, err := p.identify(q)
	if err != nil {
		return err
	}
	form := q.URL.Query()
	var folder share.Watch
	if form.Has("in") {
		watch, err := p.live.folders.Watch(strings.Trim(form.Get("in"), "/"))
		if err != nil {
			return err
		}
		defer watch.Stop()
		folder = *watch
	}
	l, err := p.live.join(id, traffic.AddrOf(q))
	if err != nil {
		return err
	}
	defer p.live.leave(l)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	if q.Method == http.MethodHead {
		return nil
	}
	if form.Has("in") && form.Get("asof") != page.AsOf(folder.Modified) {
		wake(l.changed)
	}
	return p.hold(w, q, l, folder.Changed)
}

// hold writes events until the page or the share is gone.
func (p *listening) hold(w http.ResponseWriter, q *http.Request, l *listener, folder <-chan struct{}) error {
	every := time.NewTicker(beat)
	defer every.Stop()
	say := "beat"
	for {
		if _, err := io.WriteString(w, "event: "+say+"\ndata:\n\n"); err != nil {
			return brokenOff{err}
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return brokenOff{err}
		}
		if say == "stopped" || say == "enough" {
			return nil
		}
		select {
		case <-q.Context().Done():
			return nil
		case <-p.closing.Done():
			say = "stopped"
		case <-l.enough:
			say = "enough"
		case <-folder:
			say = "changed"
		case <-l.changed:
			say = "changed"
		case <-l.text:
			say = "text"
		case <-every.C:
			say = "beat"
		}
	}
}
