package web

import (
	"bufio"
	"net/http"
	"sync"
	"time"
)

// flushDelay is how long written bytes wait for more to go out with.
const flushDelay = 100 * time.Millisecond

// flushWriter gathers small writes into large ones, but flushes after a moment
// even if no more come.
type flushWriter struct {
	mu    sync.Mutex // the timer runs on a goroutine of its own
	buf   *bufio.Writer
	out   *http.ResponseController
	timer *time.Timer // nil while nothing waits, and after Close
	err   error       // of flushing
	ended bool
}

func newFlushWriter(w http.ResponseWriter) *flushWriter {
	return &flushWriter{buf: bufio.NewWriterSize(w, 16<<10), out: http.NewResponseController(w)}
}

// Write keeps b for a moment. Its error is that of any earlier flush.
func (f *flushWriter) Write(b []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return 0, f.err
	}
	if f.timer == nil {
		f.timer = time.AfterFunc(flushDelay, f.flush)
	}
	return f.buf.Write(b)
}

// flush runs when something has waited long enough.
func (f *flushWriter) flush() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ended {
		return
	}
	f.timer = nil
	if f.err = f.buf.Flush(); f.err == nil {
		f.err = f.out.Flush()
	}
}

// Close hands on what still waits. Nothing may be written after it.
func (f *flushWriter) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ended = true
	if f.timer != nil {
		f.timer.Stop()
	}
	if f.err != nil {
		return f.err
	}
	return f.buf.Flush()
}
