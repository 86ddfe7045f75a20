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

// joinIfLong makes a transfer of an exchange that has been running for a while.
// It is called with mu held.
func (r *Recorder) joinIfLong(e *exchange, now time.Time) {
	if e.flow == nil && now.Sub(e.req.Start) >= shown && e.carries() {
		r.join(e)
	}
}

// join is called with mu held.
func (r *Recorder) join(e *exchange) {
	if e.conn != nil {
		e.queue = newQueue(e.conn)
	}
	r.startBeat()
	r.flows.join(e, e.progress.thing.Load())
}

// isShown reports whether an answer has shown a folder: as a page or, 207, to a
// drive (RFC 4918 9.1).
func isShown(status int) bool {
	return status == http.StatusOK || status == http.StatusNotModified || status == http.StatusMultiStatus
}

// account notes the outcome of an exchange that has ended. It is called with mu
// held.
func (r *Recorder) account(e *exchange, row *Request) {
	t := e.progress.thing.Load()
	if row.Cut && e.queue != nil {
		e.queue.expire()
	}
	r.carried.add(e, row.Cut)
	if t != nil && t.Kind == Folder && e.device != nil && !row.Cut && isShown(row.Status) {
		e.device.did(t)
	}
	inPart := e.device != nil && (row.Cut || row.Status == http.StatusPartialContent)
	if e.flow == nil && e.carries() && (row.Duration >= shown || inPart) {
		r.join(e)
	}
	f := e.flow
	whole := f == nil && e.device != nil && e.carries() && !row.Cut && row.Status < 400
	if f != nil {
		whole = f.leave(e, row)
		switch {
		case f.State == Canceled:
			if len(f.running) == 0 {
				r.flows.end(f, Canceled)
			}
		case whole && len(f.running) == 0:
			r.flows.end(f, Whole)
		}
	}
	if whole && e.device != nil {
		e.device.did(t)
	}
}

// carried counts the bytes of things: of files and archives that went out, and of files
// that came in. A page of ours, its script or a thumbnail is none, and neither is what
// the system still holds: else the sum would exceed what the transfers say.
type carried struct{ out, in int64 }

// add counts what an exchange moved, or has moved so far.
func (c *carried) add(e *exchange, reallyOnly bool) {
	switch {
	case !e.carries():
	case e.progress.thing.Load().Kind == Arrival:
		c.in += e.moved(reallyOnly)
	default:
		c.out += e.moved(reallyOnly)
	}
}

// totals returns the sums of what has ended and of what is on its way. It is called with
// mu held.
func (r *Recorder) totals() Totals {
	all := r.carried
	for e := range r.running.all {
		if e.flow != nil { // before, nobody knows what the system holds
			all.add(e, true)
		}
	}
	return Totals{Requests: int64(r.running.begun), Bytes: all.out, Received: all.in}
}
