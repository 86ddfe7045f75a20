package traffic

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"
)

// defaultStall is how long nothing may move unless [Options] says otherwise.
const defaultStall = 60 * time.Second

// shown is how long a request runs before it counts as a transfer, so that a
// folder of thumbnails doesn't flicker through the list.
const shown = 500 * time.Millisecond

// Options says how a [Recorder] works. The zero value is a good choice.
type Options struct {
	// Stall is how long a read or write may make no progress before the
	// connection is cut; 60 s if it isn't positive. The cut comes at most
	// a quarter of it late.
	Stall time.Duration
	Most  Most // until [Recorder.SetMost] changes it
	// Changed, unless nil, is called whenever something changed: on the
	// goroutine of the request, and with no lock held. It must be cheap
	// and never block.
	Changed func()
}

// Recorder records the requests that go through its [Recorder.Handler]. All
// its methods may be called from any goroutine.
type Recorder struct {
	brake    *rate.Limiter
	stall    time.Duration
	changed  func()
	bytes    atomic.Int64              // of content sent, running answers included
	received atomic.Int64              // bytes of requests' bodies
	measured atomic.Int64              // bytes that had moved when nothing was measured any more; never while it is
	canceled atomic.Pointer[time.Time] // when the last transfer was cancelled

	mu      sync.Mutex
	quiet   sync.Cond            // running became empty; its lock is mu
	running map[*answer]struct{} // guarded by mu
	begun   uint64               // requests so far; guarded by mu
	devices devices              // guarded by mu
	flows   flows                // guarded by mu
	meter   meter                // guarded by mu
	log     tail                 // guarded by mu
}

// New returns a Recorder that has seen nothing yet.
func New(o Options) *Recorder {
	r := &Recorder{stall: o.Stall, changed: o.Changed, brake: newBrake(o.Most.All), running: map[*answer]struct{}{}}
	r.devices.speed = o.Most.PerDevice
	if r.stall <= 0 {
		r.stall = defaultStall
	}
	if r.changed == nil {
		r.changed = func() {}
	}
	r.quiet.L = &r.mu
	return r
}

// connKey is the context's key for the connection of a request.
type connKey struct{}

// ConnContext is for [http.Server.ConnContext]. It remembers the connection,
// whose send queue tells a slow device from one that has gone.
func (r *Recorder) ConnContext(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, c)
}

// Handler returns a handler that calls next and records what happens. If next
// panics, the request is recorded as cut and the panic goes on.
func (r *Recorder) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		a := r.begin(w, req)
		defer a.end(req.Context())
		if a.body == nil {
			next.ServeHTTP(a, req)
		} else {
			a.serveBody(next, req)
		}
		a.returned = true
	})
}

// begin counts a request that came in.
func (r *Recorder) begin(w http.ResponseWriter, req *http.Request) *answer {
	a := newAnswer(r, w, req)
	r.mu.Lock()
	r.begun++
	a.id = r.begun
	r.running[a] = struct{}{}
	r.mu.Unlock()
	r.changed()
	return a
}

// Requests returns how many requests there were so far, running ones included.
func (r *Recorder) Requests() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.begun
}

// Attribute says from which device the request comes that w answers: the one
// with this number, or the one at the request's address if it is 0. Without
// it a request counts for no device. w is what [Recorder.Handler] hands on.
// A request from this computer counts for none unless it has a number.
func (r *Recorder) Attribute(w http.ResponseWriter, req *http.Request, id uint64) {
	a, ok := w.(*answer)
	if !ok || id == 0 && (!a.req.Addr.IsValid() || isSelf(req, a.req.Addr)) {
		return
	}
	r.mu.Lock()
	device, known := r.devices.seen(id, a.req.Addr, a.req.Start, a.agent)
	if !a.standing.Load() {
		device.Target = a.req.Target
	}
	r.mu.Unlock()
	a.device = device
	a.from.Store(id)

	if !known { // Reading a User-Agent takes too long for the lock.
		title := titleOf(a.agent.Value())
		r.mu.Lock()
		device.call(title)
		r.mu.Unlock()
	}
}

// Stand says that the answer w goes on for as long as somebody listens to it. It
// is no transfer then, and not what the device wanted last.
func (r *Recorder) Stand(w http.ResponseWriter) {
	if a, ok := w.(*answer); ok {
		a.standing.Store(true)
	}
}

// Cut breaks off the running requests that which reports true for, given the
// device's number and address.
func (r *Recorder) Cut(which func(id uint64, addr netip.Addr) bool) {
	var doomed []*answer
	r.mu.Lock()
	for a := range r.running {
		if which(a.from.Load(), a.req.Addr) {
			doomed = append(doomed, a)
		}
	}
	r.mu.Unlock()
	hangUp(doomed)
}

// Cancel breaks off the transfer with an ID, and keeps it from being gone on
// with for a minute. It does nothing if there is no such transfer.
func (r *Recorder) Cancel(id uint64) {
	now := time.Now()
	var doomed []*answer
	r.mu.Lock()
	if f := r.flows.cancel(id, now); f != nil {
		r.canceled.Store(&now)
		for a := range r.running {
			if t := a.thing.Load(); t != nil && keyOf(a, t) == f.key {
				doomed = append(doomed, a)
			}
		}
	}
	r.mu.Unlock()
	hangUp(doomed)
	r.changed()
}

// hangUp breaks off answers: at once, and not only after what is queued.
func hangUp(doomed []*answer) {
	for _, a := range doomed {
		a.atCut.Store(1 + max(0, a.sent.Load()-a.queued()))
		if tcp, ok := a.conn.(interface{ SetLinger(sec int) error }); ok {
			_ = tcp.SetLinger(0) // fails only on a connection that is closed
		}
		if a.conn != nil {
			a.conn.Close()
		}
	}
}

// Note adds an audit row to the log.
func (r *Recorder) Note(addr netip.Addr, text string) {
	r.mu.Lock()
	r.log.add(Request{Start: time.Now(), Addr: addr, Note: text})
	r.mu.Unlock()
	r.changed()
}

// finish moves an answer from the running ones to the log.
func (r *Recorder) finish(a *answer, row Request) {
	r.mu.Lock()
	delete(r.running, a)
	r.log.add(row)
	r.account(a, &row)
	if len(r.running) == 0 {
		r.quiet.Broadcast()
	}
	r.mu.Unlock()
	r.changed()
}

// Wait returns when no request is running. It is meant for the time after
// the [http.Server] was closed, when no new ones come.
func (r *Recorder) Wait() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.running) > 0 {
		r.quiet.Wait()
	}
}

// Log returns the last requests.
func (r *Recorder) Log() Log {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.snapshot()
}

// Snapshot is what is known at one moment. None of it changes afterwards.
type Snapshot struct {
	Devices   []Device   // latest to come first
	Transfers []Transfer // that run, oldest first; only those that have taken half a second
	History   []Transfer // that came to their end, latest first; at most 100
	Speed     Speed
	Totals    Totals
	Log       Log
}

// Snapshot returns what is known at this moment.
func (r *Recorder) Snapshot() Snapshot {
	now := time.Now()
	r.mu.Lock()
	for a := range r.running {
		r.joinIfLong(a, now)
	}
	s := Snapshot{
		Devices:   r.devices.list(),
		Transfers: r.flows.list(now),
		History:   r.flows.history,
		Speed:     r.meter.Speed,
		Totals:    Totals{Requests: int64(r.begun), Bytes: r.bytes.Load(), Received: r.received.Load()},
		Log:       r.log.snapshot(),
	}
	r.mu.Unlock()
	slices.SortFunc(s.Devices, func(a, b Device) int { return b.First.Compare(a.First) })
	return s
}
