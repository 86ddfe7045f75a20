package traffic

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
	"unique"
)

// How much of a client's text is kept, in bytes.
const (
	maxTarget = 1 << 10
	maxMethod = 32
	maxHeader = 256
)

// maxCorked is how large an answer may be, in bytes, to be sent in one piece
// with its header. For larger ones that saves little.
const maxCorked = 32 << 10

// writePiece is the most that is written under one deadline, in bytes, when
// it does not come from a file.
const writePiece = 64 << 10

// answer is the response to one request while it is running. It counts what
// goes out and moves the deadlines while it does. The handler's goroutine owns
// it; others only read req and the atomics.
type answer struct {
	http.ResponseWriter
	recorder *Recorder
	req      Request // what is known from the start; the rest is in the fields below
	id       uint64
	conn     net.Conn        // nil if unknown
	ctx      context.Context // the request's
	agent    unique.Handle[string]
	from     atomic.Uint64 // the number of the device; 0 if it has none
	device   *device       // nil for this computer, and before Attribute

	standing atomic.Bool // see Recorder.Stand

	status atomic.Int32 // 0 before there is one
	total  atomic.Int64 // bytes that the content will have; -1 if unknown
	sent   atomic.Int64 // bytes of content

	thing atomic.Pointer[Thing] // what it is about; nil if that does not count
	first atomic.Int64          // where in the thing the content begins; -1 if it is not a piece of it as it is
	flow  *flow                 // that it belongs to; guarded by the Recorder's lock
	queue func() (int, error)   // bytes not acknowledged; set with flow, nil if unknown
	atCut atomic.Int64          // 1 + the bytes that had gone when it was broken off here; 0 if it was not

	pace     pace
	corker   corker // nil unless the answer is corked
	body     *body  // nil if the request has none
	failed   bool   // a write did not reach the system
	returned bool   // the handler came back, without a panic
}

// newAnswer notes the request.
func newAnswer(r *Recorder, w http.ResponseWriter, req *http.Request) *answer {
	a := &answer{ResponseWriter: w, recorder: r, ctx: req.Context()}
	a.agent = unique.Make(shorten(req.UserAgent(), maxHeader))
	a.conn, _ = req.Context().Value(connKey{}).(net.Conn)
	a.req = Request{
		Start:     time.Now(),
		Addr:      addrOf(req.RemoteAddr),
		Method:    req.Method,
		Target:    req.RequestURI,
		Proto:     req.Proto,
		Referer:   shorten(req.Referer(), maxHeader),
		UserAgent: a.agent.Value(),
	}
	// Method and target are parts of one string, the request's first line:
	// if one of them is long, neither may keep it alive.
	if len(req.Method) > maxMethod || len(req.RequestURI) > maxTarget {
		a.req.Method = shorten(strings.Clone(req.Method), maxMethod)
		a.req.Target = shorten(strings.Clone(req.RequestURI), maxTarget)
	}
	a.total.Store(-1)
	a.pace.start(w, req, r, a.req.Start)
	if req.Body != nil && req.Body != http.NoBody {
		a.body = &body{ReadCloser: req.Body, pace: &a.pace, count: a.countReceived}
		a.pace.moveRead()
	}
	return a
}

// shorten cuts text to at most n bytes, and then keeps nothing of the rest.
func shorten(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return strings.Clone(text[:n])
}

// Unwrap is for [http.ResponseController].
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// WriteHeader notes the status, unless it is only an informational one.
func (a *answer) WriteHeader(status int) {
	if status >= 200 || status == http.StatusSwitchingProtocols {
		a.head(status)
	}
	a.pace.move()
	a.ResponseWriter.WriteHeader(status)
}

// head notes the final status and how long the content will be.
func (a *answer) head(status int) {
	if a.status.Load() != 0 {
		return
	}
	a.first.Store(firstByte(status, a.Header()))
	a.status.Store(int32(status))
	if a.body != nil && !a.body.done.Load() {
		a.pace.moveRead() // The server reads what the handler left of the body.
	}
	if a.req.Method == http.MethodHead || status == http.StatusNoContent || status == http.StatusNotModified {
		a.total.Store(0)
		return
	}
	if length := a.Header().Get("Content-Length"); length != "" {
		if n, err := strconv.ParseInt(length, 10, 64); err == nil && n >= 0 {
			a.total.Store(n)
		}
	}
}

// corker is a connection that can send several writes as one.
type corker interface {
	Cork()
	Uncork() error
}

// mayCork has the connection send p together with the header before it, if
// p is all of a small answer.
func (a *answer) mayCork(p []byte) {
	if len(p) > 0 && len(p) <= maxCorked && int64(len(p)) == a.total.Load() {
		if a.corker, _ = a.conn.(corker); a.corker != nil {
			a.corker.Cork()
		}
	}
}

// uncork sends what the connection kept.
func (a *answer) uncork() {
	a.Flush()
	if err := a.corker.Uncork(); err != nil {
		a.failed = true
	}
}

// Write sends p, moving the deadline at least every 64 KiB.
func (a *answer) Write(p []byte) (n int, err error) {
	a.head(http.StatusOK)
	a.mayCork(p)
	for {
		var may int64
		if may, err = a.pass(int64(min(len(p)-n, writePiece))); err != nil {
			a.count(0, err)
			return n, err
		}
		part := p[n : n+int(may)]
		a.pace.sending(a.sent.Load() + int64(len(part)))
		var m int
		m, err = a.ResponseWriter.Write(part)
		n += m
		a.count(int64(m), err)
		if err != nil || n == len(p) {
			return n, err
		}
	}
}

// ReadFrom sends a file in pieces, so that the kernel carries the bytes and
// they are counted while they go. The piece's limit must be the only one
// around the file: the kernel's path is lost behind two.
func (a *answer) ReadFrom(src io.Reader) (n int64, err error) {
	a.head(http.StatusOK)
	limit, ok := src.(*io.LimitedReader)
	if !ok {
		limit = &io.LimitedReader{R: src, N: math.MaxInt64}
	}
	if all, ok := limit.R.(*bytes.Reader); ok && int64(all.Len()) <= limit.N {
		n, err = all.WriteTo(struct{ io.Writer }{a})
		limit.N -= n
		return n, err
	}
	to, ok := a.ResponseWriter.(io.ReaderFrom)
	if _, file := limit.R.(syscall.Conn); !ok || !file {
		return io.Copy(struct{ io.Writer }{a}, src)
	}
	for limit.N > 0 {
		part, err := a.pass(min(limit.N, filePiece))
		if err != nil {
			a.count(0, err)
			return n, err
		}
		a.pace.sending(a.sent.Load() + part)
		m, err := to.ReadFrom(&io.LimitedReader{R: limit.R, N: part})
		n += m
		limit.N -= m
		a.count(m, err)
		if err != nil || m < part {
			return n, err
		}
	}
	return n, nil
}

// Flush is for [http.Flusher].
func (a *answer) Flush() { a.FlushError() }

// FlushError is for [http.ResponseController].
func (a *answer) FlushError() error {
	a.head(http.StatusOK)
	a.pace.move()
	err := http.NewResponseController(a.ResponseWriter).Flush()
	a.count(0, err)
	return err
}

// count adds n bytes of content and remembers a failure.
func (a *answer) count(n int64, err error) {
	a.failed = a.failed || isCut(err)
	if n == 0 || a.req.Method == http.MethodHead {
		return
	}
	a.sent.Add(n)
	a.recorder.bytes.Add(n)
	if a.device != nil {
		a.device.sent.Add(n)
	}
	a.recorder.notice()
	a.recorder.changed()
}

// countReceived counts n bytes of the request's body.
func (a *answer) countReceived(n int64) {
	a.recorder.received.Add(n)
	if a.device != nil {
		a.device.received.Add(n)
	}
	a.recorder.notice()
	a.recorder.changed()
}

// isCut reports whether an error of a write means that the client did not get
// everything, rather than that the handler wrote too much.
func isCut(err error) bool {
	return err != nil && !errors.Is(err, http.ErrBodyNotAllowed) &&
		!errors.Is(err, http.ErrContentLength) && !errors.Is(err, errors.ErrUnsupported)
}

// serveBody calls next with a body whose reads move the deadline. The request
// is copied, because the server looks at the one that it made: at its body,
// to know whether it may go on with the connection, and at its form, whose
// files it removes.
func (a *answer) serveBody(next http.Handler, req *http.Request) {
	inner := new(http.Request)
	*inner = *req
	inner.Body = a.body
	next.ServeHTTP(a, inner)
	req.MultipartForm = inner.MultipartForm
}

// end records the request. The server may still have some bytes to send, for
// which it gets the whole time.
func (a *answer) end(ctx context.Context) {
	switch {
	case a.corker != nil:
		a.uncork()
	case a.returned && a.pace.watch != nil && !a.failed:
		a.Flush() // while somebody watches: the queue may be full
	}
	a.pace.stop()
	if a.returned && ctx.Err() == nil {
		a.head(http.StatusOK)
	}
	a.pace.move()

	row := a.req
	row.Device = a.from.Load()
	row.Duration = time.Since(row.Start)
	row.Status = int(a.status.Load())
	row.Bytes = a.sent.Load()
	row.Cut = !a.returned || a.failed || row.Status == 0 || row.Bytes < a.total.Load()
	a.recorder.finish(a, row)
}
