package traffic

import (
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unique"
)

// How much of a client's text is kept, in bytes.
const (
	maxTarget = 1 << 10
	maxMethod = 32
	maxHeader = 256
)

// exchange is a request and its answer (RFC 9110, section 3.4) while they are
// on their way, as the Recorder sees them.
type exchange struct {
	// Known from the start; none of it changes.
	req   Request               // the part of the row that is known by then
	agent unique.Handle[string] // the string that all rows of a device share
	conn  net.Conn              // that is for this exchange alone; nil if unknown, or over HTTP/2
	body  *body                 // nil if the request has none

	stream stream // instead of conn, over HTTP/2

	progress progress
	device   *device // nil for this computer, and before Attribute; of the handler's goroutine

	// Guarded by the Recorder's lock.
	flow  *flow  // that it belongs to; nil if it is none yet
	queue *queue // of its connection; set with flow, nil if unknown
}

// progress is what the handler's goroutine writes while others look.
type progress struct {
	device   atomic.Uint64         // its number; 0 if it has none
	standing atomic.Bool           // see Recorder.Stand
	thing    atomic.Pointer[Thing] // what it is about; nil if that does not count

	status atomic.Int32 // 0 before there is one
	total  atomic.Int64 // bytes that the content will have; -1 if unknown
	first  atomic.Int64 // where in the thing the content begins; -1 if it is not a piece of it as it is
	sent   atomic.Int64 // bytes of content
	atCut  atomic.Int64 // 1 + the bytes that had gone when it was broken off here; 0 if it was not
}

// begin notes the request.
func (e *exchange) begin(w http.ResponseWriter, req *http.Request) {
	e.agent = unique.Make(shorten(req.UserAgent(), maxHeader))
	if req.ProtoMajor == 1 {
		e.conn, _ = req.Context().Value(connKey{}).(net.Conn)
	} else {
		e.stream.begin(w)
	}
	e.req = Request{
		Start:     time.Now(),
		Addr:      addrOf(req.RemoteAddr),
		Method:    req.Method,
		Target:    req.RequestURI,
		Proto:     req.Proto,
		Referer:   shorten(req.Referer(), maxHeader),
		UserAgent: e.agent.Value(),
	}
	// Method and target are parts of one string, the request's first line:
	// if one of them is long, neither may keep it alive.
	if len(req.Method) > maxMethod || len(req.RequestURI) > maxTarget {
		e.req.Method = shorten(strings.Clone(req.Method), maxMethod)
		e.req.Target = shorten(strings.Clone(req.RequestURI), maxTarget)
	}
	e.progress.total.Store(-1)
}

// shorten cuts text to at most n bytes, and then keeps nothing of the rest.
func shorten(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return strings.Clone(text[:n])
}

// row returns the request as it stands in the log: how it ended. cut says that
// the handler or a write has failed.
func (e *exchange) row(cut bool) Request {
	row, p := e.req, &e.progress
	row.Device = p.device.Load()
	row.Duration = time.Since(row.Start)
	row.Status = int(p.status.Load())
	row.Bytes = p.sent.Load()
	if e.body != nil {
		row.Received = e.body.got.Load()
	}
	row.Cut = cut || row.Status == 0 || row.Bytes < p.total.Load()
	return row
}

// carries reports whether it moves what it is about.
func (e *exchange) carries() bool {
	t := e.progress.thing.Load()
	if t == nil || t.Kind == Folder {
		return false
	}
	status := e.progress.status.Load()
	if t.Kind == Arrival {
		return e.body != nil
	}
	return e.req.Method == http.MethodGet && (status == http.StatusOK || status == http.StatusPartialContent)
}

// offset returns where in a thing begins what moves; -1 if it is not a piece
// of it as it is.
func (e *exchange) offset(t *Thing) int64 {
	if t.Kind == Arrival {
		return t.Offset
	}
	return e.progress.first.Load()
}

// moved returns how many bytes moved. Those that the system still holds do
// not count unless they will go too. It is called with the Recorder's lock held.
func (e *exchange) moved(reallyOnly bool) int64 {
	p := &e.progress
	if t := p.thing.Load(); t != nil && t.Kind == Arrival {
		return e.body.got.Load()
	}
	n := p.sent.Load()
	if cut := p.atCut.Load(); cut > 0 {
		return min(n, cut-1)
	}
	if reallyOnly && e.queue != nil {
		n = min(n, e.queue.acknowledged(n))
	}
	return n
}

// noteCut notes how much had gone when it is broken off. It is called with the
// Recorder's lock held.
func (e *exchange) noteCut() {
	n := e.progress.sent.Load()
	if e.queue != nil {
		e.queue.expire()
		n = e.queue.acknowledged(n)
	}
	e.progress.atCut.Store(1 + n)
}

// hangUp breaks it off: at once, and not only after what is queued.
func (e *exchange) hangUp() {
	if tcp, ok := e.conn.(interface{ SetLinger(sec int) error }); ok {
		_ = tcp.SetLinger(0) // fails only on a connection that is closed
	}
	if e.conn != nil {
		e.conn.Close()
	}
	e.stream.reset()
}

// stream is what an exchange over HTTP/2 has instead of a connection, which it
// shares with others.
type stream struct {
	mu      sync.Mutex
	control *http.ResponseController // guarded by mu; nil before begin and after end
}

func (s *stream) begin(w http.ResponseWriter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.control = http.NewResponseController(w)
}

// end is called before the handler returns, after which nobody may touch what it
// wrote to.
func (s *stream) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.control = nil
}

// reset ends the stream, by a deadline that has passed.
func (s *stream) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.control == nil {
		return
	}
	past := time.Now().Add(-time.Second)
	_ = s.control.SetReadDeadline(past) // they fail only on a stream that is closed
	_ = s.control.SetWriteDeadline(past)
}
