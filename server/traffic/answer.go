package traffic

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// maxCorked is how large an answer may be, in bytes, to be sent in one piece
// with its header. For larger ones that saves little.
const maxCorked = 32 << 10

// writePiece is the most that is written under one deadline, in bytes, when
// it does not come from a file.
const writePiece = 64 << 10

// copyBuffers are for what does not come from a file, and for files over HTTP/2.
var copyBuffers = sync.Pool{New: func() any { return new([writePiece]byte) }}

// Corker is a connection that can keep what is written, and send it as one. The
// connections of the server may be such; see [Recorder.ConnContext].
type Corker interface {
	Cork()
	Uncork() error
}

// Filler is a connection that waits for a slow client outside of the ReadFrom by
// which send sends a piece of a file. Fill calls send until everything is sent. The
// connections of the server may be such; see [Recorder.ConnContext].
type Filler interface {
	Fill(piece *io.LimitedReader, send func(io.Reader) error) error
}

// answer is what the handler of an exchange writes to. It counts what goes out
// and moves the deadlines while it does. All of it but the exchange belongs to
// the handler's goroutine.
type answer struct {
	http.ResponseWriter
	recorder *Recorder
	exchange exchange
	ctx      context.Context // the request's
	pace     pace
	corked   Corker // the connection while it is corked; else nil
	failed   bool   // a write did not reach the system
	returned bool   // the handler came back, without a panic
}

func newAnswer(r *Recorder, w http.ResponseWriter, req *http.Request) *answer {
	a := &answer{ResponseWriter: w, recorder: r, ctx: req.Context()}
	e := &a.exchange
	e.begin(w, req)
	a.pace.start(w, e.conn, r, e.req.Start)
	if req.Body != nil && req.Body != http.NoBody {
		e.body = &body{ReadCloser: req.Body, pace: &a.pace, count: a.countReceived}
		a.pace.moveRead()
	}
	return a
}

// Unwrap is for [http.ResponseController].
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// SetReadDeadline is for [http.ResponseController], and may be called from any
// goroutine. A deadline that has passed ends the reading of the request's body:
// no progress moves it any more.
func (a *answer) SetReadDeadline(t time.Time) error {
	if b := a.exchange.body; b != nil && !t.After(time.Now()) {
		b.ended.Store(true)
	}
	return a.pace.control.SetReadDeadline(t)
}

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
	e, p := &a.exchange, &a.exchange.progress
	if p.status.Load() != 0 {
		return
	}
	p.first.Store(firstByte(status, a.Header()))
	p.status.Store(int32(status))
	if e.body != nil && !e.body.done.Load() {
		e.body.moveRead() // The server reads what the handler left of the body.
	}
	if e.req.Method == http.MethodHead || status == http.StatusNoContent || status == http.StatusNotModified {
		p.total.Store(0)
		return
	}
	if length := a.Header().Get("Content-Length"); length != "" {
		if n, err := strconv.ParseInt(length, 10, 64); err == nil && n >= 0 {
			p.total.Store(n)
		}
	}
}

// mayCork has the connection send p together with the header before it, if
// p is all of a small answer.
func (a *answer) mayCork(p []byte) {
	if len(p) > 0 && len(p) <= maxCorked && int64(len(p)) == a.exchange.progress.total.Load() {
		if a.corked, _ = a.exchange.conn.(Corker); a.corked != nil {
			a.corked.Cork()
		}
	}
}

// uncork sends what the connection kept.
func (a *answer) uncork() {
	a.Flush()
	if err := a.corked.Uncork(); err != nil {
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
		a.pace.sending(a.exchange.progress.sent.Load() + int64(len(part)))
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
		buffer := copyBuffers.Get().(*[writePiece]byte)
		defer copyBuffers.Put(buffer)
		return io.CopyBuffer(struct{ io.Writer }{a}, src, buffer[:])
	}
	for limit.N > 0 {
		part, err := a.pass(min(limit.N, filePiece))
		if err != nil {
			a.count(0, err)
			return n, err
		}
		a.pace.sending(a.exchange.progress.sent.Load() + part)
		m, err := a.sendPiece(to, &io.LimitedReader{R: limit.R, N: part})
		n += m
		limit.N -= m
		if err != nil || m < part {
			return n, err
		}
	}
	return n, nil
}

// sendPiece sends a piece of a file, and counts it.
func (a *answer) sendPiece(to io.ReaderFrom, piece *io.LimitedReader) (n int64, err error) {
	send := func(r io.Reader) error {
		m, err := to.ReadFrom(r)
		n += m
		a.count(m, nil)
		return err
	}
	if c, ok := a.exchange.conn.(Filler); ok {
		err = c.Fill(piece, send)
	} else {
		err = send(piece)
	}
	a.count(0, err)
	return n, err
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
	e := &a.exchange
	if n == 0 || e.req.Method == http.MethodHead {
		return
	}
	e.progress.sent.Add(n)
	if e.device != nil {
		e.device.sent.Add(n)
	}
	a.recorder.bytes.sent.Add(n)
	a.recorder.notice()
	a.recorder.moved()
}

// countReceived counts n bytes of the request's body.
func (a *answer) countReceived(n int64) {
	if d := a.exchange.device; d != nil {
		d.received.Add(n)
	}
	a.recorder.bytes.received.Add(n)
	a.recorder.notice()
	a.recorder.moved()
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
	inner.Body = a.exchange.body
	next.ServeHTTP(a, inner)
	req.MultipartForm = inner.MultipartForm
}

// end records the request. The server may still have some bytes to send, for
// which it gets the whole time.
func (a *answer) end(ctx context.Context) {
	switch {
	case a.corked != nil:
		a.uncork()
	case a.returned && a.pace.watch != nil && !a.failed:
		a.Flush() // while somebody watches: the queue may be full
	}
	a.pace.stop()
	a.exchange.stream.end()
	if a.returned && ctx.Err() == nil {
		a.head(http.StatusOK)
	}
	a.pace.move()
	a.recorder.finish(&a.exchange, a.exchange.row(!a.returned || a.failed))
}
