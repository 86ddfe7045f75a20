package traffic

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// firstByte returns where in a thing the content of its answer begins, or -1
// if the content is not a piece of the thing as it is (RFC 9110 14.4, 14.6).
func firstByte(status int, h http.Header) int64 {
	if h.Get("Content-Encoding") != "" {
		return -1
	}
	if status != http.StatusPartialContent {
		return 0
	}
	part, ok := strings.CutPrefix(h.Get("Content-Range"), "bytes ")
	from, _, dash := strings.Cut(part, "-")
	first, err := strconv.ParseInt(from, 10, 64)
	if !ok || !dash || err != nil || first < 0 {
		return -1
	}
	return first
}

// carries reports whether the answer moves what it is about.
func (a *answer) carries() bool {
	t := a.thing.Load()
	if t == nil || t.Kind == Folder {
		return false
	}
	status := a.status.Load()
	if t.Kind == Arrival {
		return a.body != nil
	}
	return a.req.Method == http.MethodGet && (status == http.StatusOK || status == http.StatusPartialContent)
}

// offset returns where in a thing begins what moves; -1 if it is not a piece
// of it as it is.
func (a *answer) offset(t *Thing) int64 {
	if t.Kind == Arrival {
		return t.Offset
	}
	return a.first.Load()
}

// moved returns how many bytes moved. Those that the system still holds do
// not count unless they will go too.
func (a *answer) moved(reallyOnly bool) int64 {
	if t := a.thing.Load(); t != nil && t.Kind == Arrival {
		return a.body.got.Load()
	}
	n := a.sent.Load()
	if cut := a.atCut.Load(); cut > 0 {
		return min(n, cut-1)
	}
	if reallyOnly {
		n = max(0, n-a.queued())
	}
	return n
}

// queued returns how many bytes the system holds that the other side has not
// acknowledged; 0 if nobody knows.
func (a *answer) queued() int64 {
	if a.queue == nil {
		return 0
	}
	n, err := a.queue()
	if err != nil {
		return 0 // The connection is closed.
	}
	return int64(n)
}

// joinIfLong makes a transfer of an answer that has been running for a while.
// It is called with mu held.
func (r *Recorder) joinIfLong(a *answer, now time.Time) {
	if a.flow == nil && now.Sub(a.req.Start) >= shown && a.carries() {
		r.join(a)
	}
}

// join is called with mu held.
func (r *Recorder) join(a *answer) *flow {
	if a.conn != nil {
		a.queue = sendQueue(a.conn)
	}
	r.startBeat()
	return r.flows.join(a, a.thing.Load())
}

// account notes what an answer came to that has ended. It is called with mu
// held.
func (r *Recorder) account(a *answer, row *Request) {
	t := a.thing.Load()
	if t != nil && t.Kind == Folder && a.device != nil && !row.Cut && (row.Status == http.StatusOK || row.Status == http.StatusNotModified) {
		a.device.did(t)
	}
	inPart := a.device != nil && (row.Cut || row.Status == http.StatusPartialContent)
	if a.flow == nil && a.carries() && (row.Duration >= shown || inPart) {
		r.join(a)
	}
	f := a.flow
	whole := f == nil && a.device != nil && a.carries() && !row.Cut && row.Status < 400
	if f != nil {
		whole = f.leave(a, row)
		switch {
		case f.State == Canceled:
			if len(f.running) == 0 {
				r.flows.end(f, Canceled)
			}
		case whole && len(f.running) == 0:
			r.flows.end(f, Whole)
		}
	}
	if whole && a.device != nil {
		a.device.did(t)
	}
}
