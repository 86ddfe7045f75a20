package web

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"windowsill/server/page"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

// beatInterval is how often an open page hears that nothing has happened.
const beatInterval = 12 * time.Second

// events tells an open page what changes, by server-sent events (HTML
// standard, section 9.2).
type events struct {
	streams *streams
	watcher *share.Watcher
	devices devices
	closing context.Context
}

// standing marks answers that go on for as long as a page is open.
func standing(recorder *traffic.Recorder) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			recorder.Stand(w)
			next.ServeHTTP(w, q)
		})
	}
}

// serve sends events until the page or the share is gone. The field "in" is
// the path of the folder that the page shows, if it shows one, and "asof" the
// time of change that the page was made at.
func (e *events) serve(w http.ResponseWriter, q *http.Request) error {
	id, err := e.devices.identify(q)
	if err != nil {
		return err
	}
	form := q.URL.Query()
	var folder share.Watch // none, unless the page shows one
	if form.Has("in") {
		watch, err := e.watcher.Watch(strings.Trim(form.Get("in"), "/"))
		if err != nil {
			return err
		}
		defer watch.Stop()
		folder = *watch
	}
	s, err := e.streams.open(id, e.devices.groupOf(q))
	if err != nil {
		return err
	}
	defer e.streams.close(s)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	if q.Method == http.MethodHead {
		return nil
	}
	if form.Has("in") && form.Get("asof") != page.AsOf(folder.Modified) {
		wake(s.changed)
	}
	return e.send(w, q, s, folder.Changed)
}

// send writes events.
func (e *events) send(w http.ResponseWriter, q *http.Request, s *stream, folder <-chan struct{}) error {
	tick := time.NewTicker(beatInterval)
	defer tick.Stop()
	next := beatEvent
	for {
		if _, err := io.WriteString(w, "event: "+string(next)+"\ndata:\n\n"); err != nil {
			return abort(err)
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return abort(err)
		}
		if next == stoppedEvent || next == unencryptedEvent || next == enoughEvent {
			return nil
		}
		select {
		case <-q.Context().Done():
			return nil
		case <-e.closing.Done():
			next = stoppedEvent
			if context.Cause(e.closing) == ErrUnencrypted {
				next = unencryptedEvent
			}
		case <-s.enough:
			next = enoughEvent
		case <-folder:
			next = changedEvent
		case <-s.changed:
			next = changedEvent
		case <-s.text:
			next = textEvent
		case <-tick.C:
			next = beatEvent
		}
	}
}
