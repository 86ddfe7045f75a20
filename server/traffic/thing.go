package traffic

import (
	"errors"
	"net/http"
	"time"
)

// Kind is what kind of thing a request is about.
type Kind int

// The kinds that count. Icons, thumbnails, pages of ours and the like are of
// none: nobody who looks at the window wants to read of them.
const (
	Folder  Kind = iota // a folder was opened
	File                // a file goes out
	Archive             // a folder, or some of it, goes out as one file
	Arrival             // a file comes in
)

// Thing is what a request is about, as people count.
type Thing struct {
	Kind   Kind
	Key    string // tells it apart from others of its kind
	Name   string // for people; may hold control characters
	Size   int64  // bytes, all of it; -1 if unknown
	Offset int64  // of an arrival: where in it the request's body begins
	Piece  bool   // of an arrival: the body may be only a piece of it
}

// ErrCanceled says that the owner has cancelled this transfer a moment ago:
// programs that try again by themselves must not bring it back.
var ErrCanceled = errors.New("the owner has cancelled this")

// staysCanceled is how long a cancelled transfer cannot be resumed.
const staysCanceled = time.Minute

// Mark says what the request is about that w answers; without it a request is
// in the log and in the sums, but no transfer. It is called after
// [Recorder.Attribute] and before the answer begins; w is what
// [Recorder.Handler] hands on. The error is nil or [ErrCanceled].
func (r *Recorder) Mark(w http.ResponseWriter, t Thing) error {
	a, ok := w.(*answer)
	if !ok {
		return nil
	}
	if r.isCanceled(&a.exchange, t) {
		return ErrCanceled
	}
	a.exchange.progress.thing.Store(&t)
	return nil
}

func (r *Recorder) isCanceled(e *exchange, t Thing) bool {
	last := r.canceled.Load()
	if last == nil || time.Since(*last) > staysCanceled {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.flows.find(keyOf(e, &t))
	return f != nil && f.State == Canceled && time.Since(f.Last) <= staysCanceled
}
