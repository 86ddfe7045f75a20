package web

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"windowsill/server/page"
)

const (
	// maxQuery is how many bytes of what a visitor types are looked for.
	maxQuery = 256
	// searchTime is how long a search goes on at most.
	searchTime = 10 * time.Second
	// mostSearches is how many go on at once; further ones wait for a place.
	// Each walks the disk and may hold a few MB of names.
	mostSearches = 4
	// promptly is how long what was found waits for more to go out with.
	promptly = 100 * time.Millisecond
)

// queryOf returns what is to be searched for; "" if nothing is.
func queryOf(query url.Values) string {
	text := strings.TrimSpace(query.Get("q"))
	if len(text) <= maxQuery {
		return text
	}
	n := maxQuery
	for n > maxQuery-utf8.UTFMax && !utf8.RuneStart(text[n]) {
		n--
	}
	return strings.TrimSpace(text[:n])
}

// serveSearch looks for text below a folder and sends what it finds, as a
// page or as data, until it has seen everything, time is up, the visitor has
// left or the share ends.
func (s *site) serveSearch(w http.ResponseWriter, q *http.Request, name, text string, asData bool) error {
	ctx, cancel := context.WithTimeout(q.Context(), searchTime)
	defer cancel()
	defer context.AfterFunc(s.closing, cancel)()
	if !s.searches.enter(ctx) {
		return errSearches
	}
	defer s.searches.leave()
	return s.sendSearch(w, q, asData, page.Search{
		Share: s.name, Path: name, Query: text, Time: searchTime,
		Found: s.folder.Search(ctx, name, strings.Fields(text)),
	})
}

// searches holds one token for each search or count that goes on.
type searches chan struct{}

// enter takes a place, waiting for it if need be. Whoever got one leaves it.
func (c searches) enter(ctx context.Context) bool {
	select {
	case c <- struct{}{}:
		return true
	default:
	}
	select {
	case c <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (c searches) leave() { <-c }

// sendSearch sends results while they are found.
func (s *site) sendSearch(w http.ResponseWriter, q *http.Request, asData bool, view page.Search) error {
	s.setListing(w.Header(), q, asData, "private, no-store")
	pages := s.pagesFor(w, q)
	render := pages.SearchHTML
	if asData {
		render = pages.SearchJSON
	}
	return s.sendListing(w, q, func(w io.Writer) error { return render(w, view) })
}

// prompt gathers small writes into large ones, but sends them on after a
// moment even if no more come.
type prompt struct {
	mu    sync.Mutex // the timer runs on a goroutine of its own
	buf   *bufio.Writer
	out   *http.ResponseController
	timer *time.Timer // nil while nothing waits, and after Close
	err   error       // of sending
	ended bool
}

func newPrompt(w http.ResponseWriter) *prompt {
	return &prompt{buf: bufio.NewWriterSize(w, 16<<10), out: http.NewResponseController(w)}
}

// Write keeps b for a moment. Its error is that of any earlier sending.
func (p *prompt) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil {
		return 0, p.err
	}
	if p.timer == nil {
		p.timer = time.AfterFunc(promptly, p.send)
	}
	return p.buf.Write(b)
}

// send runs when something has waited long enough.
func (p *prompt) send() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return
	}
	p.timer = nil
	if p.err = p.buf.Flush(); p.err == nil {
		p.err = p.out.Flush()
	}
}

// Close hands on what still waits. Nothing is written after it.
func (p *prompt) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	if p.timer != nil {
		p.timer.Stop()
	}
	if p.err != nil {
		return p.err
	}
	return p.buf.Flush()
}
