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
	// a quarter of it late. On Linux a client whose system answers that it has
	// no room, since its program reads slowly, has five times as long.
	Stall time.Duration
	Most  Most // until [Recorder.SetMost] changes it
	// Changed and Moved, unless nil, are called whenever something changed, Moved
	// when nothing but bytes has moved: on the goroutine of the request, and with
	// no lock held. They must be cheap and never block.
	Changed, Moved func()
}

// Recorder records the requests that go through its [Recorder.Handler]. All
// its methods may be called from any goroutine. One lock guards all that must fit
// together in a [Snapshot], which is why everything is a method of one type.
type Recorder struct {
	limiter  *rate.Limiter
	changed  func()
	moved    func() // in place of changed, when nothing but bytes has moved
	bytes    counters
	canceled atomic.Pointer[time.Time] // when the last transfer was cancelled
	watches  watches                   // of long answers

	mu      sync.Mutex // guards what follows
	running running
	carried carried // by exchanges that ended
	devices devices
	flows   flows
	heart   heart
	log     tail
	folded  map[identity]*fold // rows that are to enter it
}

// counters count bytes.
type counters struct {
	sent     atomic.Int64 // of content, that of running exchanges included
	received atomic.Int64 // of requests' bodies
	seen     atomic.Int64 // that had moved when nobody looked any more; never while somebody does
}

// moved returns how many bytes have moved, in both directions.
func (c *counters) moved() int64 { return c.sent.Load() + c.received.Load() }

// running are the exchanges that are on their way.
type running struct {
	all   map[*exchange]struct{}
	begun uint64    // so far
	empty sync.Cond // its lock is the Recorder's
}

// New returns a Recorder that has seen nothing yet.
func New(o Options) *Recorder {
	r := &Recorder{changed: o.Changed, moved: o.Moved, limiter: newLimiter(o.Most.All)}
	r.running.all, r.folded = map[*exchange]struct{}{}, map[identity]*fold{}
	r.devices.speed = o.Most.PerDevice
	if r.changed == nil {
		r.changed = func() {}
	}
	if r.moved == nil {
		r.moved = func() {}
	}
	r.running.empty.L = &r.mu
	r.watches.stall = o.Stall
	if o.Stall <= 0 {
		r.watches.stall = defaultStall
	}
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
		if a.exchange.body == nil {
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
	r.running.begun++
	r.running.all[&a.exchange] = struct{}{}
	r.mu.Unlock()
	r.changed()
	return a
}

// Requests returns how many requests have begun so far, and how many of them have
// ended.
func (r *Recorder) Requests() (begun, ended uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.running.begun, r.running.begun - uint64(len(r.running.all))
}

// Moved returns how many bytes of content and of requests' bodies have moved so far.
func (r *Recorder) Moved() int64 { return r.bytes.moved() }

// Attribute says from which device the request comes that w answers: the one
// with this number, or the one at the request's address if it is 0. Without
// it a request counts for no device. w is what [Recorder.Handler] hands on.
// A request from this computer counts for none unless it has a number.
func (r *Recorder) Attribute(w http.ResponseWriter, req *http.Request, id uint64) {
	a, ok := w.(*answer)
	if !ok {
		return
	}
	e := &a.exchange
	if id == 0 && (!e.req.Addr.IsValid() || isSelf(req, e.req.Addr)) {
		return
	}
	r.mu.Lock()
	device, known := r.devices.seen(id, e.req.Addr, e.req.Start, e.agent)
	if !e.progress.standing.Load() {
		device.Target = e.req.Target
	}
	r.mu.Unlock()
	e.device = device
	e.progress.device.Store(id)

	if !known { // Reading a User-Agent takes too long for the lock.
		title := titleOf(e.agent.Value())
		r.mu.Lock()
		device.call(title)
		r.mu.Unlock()
	}
}

// Stander is a connection that otherwise goes on with a request whose client
// sends no more; see [Recorder.Stand] and [Recorder.ConnContext].
type Stander interface{ Stand() }

// Stand says that the answer w goes on for as long as somebody listens to it. It
// is no transfer then, and not what the device wanted last. Its request's
// context is done as soon as the client sends no more.
func (r *Recorder) Stand(w http.ResponseWriter) {
	a, ok := w.(*answer)
	if !ok {
		return
	}
	a.exchange.progress.standing.Store(true)
	a.leaveWithClient()
}

// LeaveWithClient has the context of w's request done as soon as the client sends no
// more. It is for work that takes long before there is anything to write, as only a
// write would show that the client has gone.
func (r *Recorder) LeaveWithClient(w http.ResponseWriter) {
	if a, ok := w.(*answer); ok {
		a.leaveWithClient()
	}
}

func (a *answer) leaveWithClient() {
	if c, ok := a.exchange.conn.(Stander); ok {
		c.Stand()
	}
}

// Cut breaks off the running requests that which reports true for, given the
// device's number and address.
func (r *Recorder) Cut(which func(id uint64, addr netip.Addr) bool) {
	r.hangUp(func(e *exchange) bool { return which(e.progress.device.Load(), e.req.Addr) })
}

// Cancel breaks off the transfer with an ID, and keeps it from being gone on
// with for a minute. It does nothing if there is no such transfer.
func (r *Recorder) Cancel(id uint64) {
	now := time.Now()
	r.mu.Lock()
	f := r.flows.cancel(id, now)
	if f != nil {
		r.canceled.Store(&now)
	}
	r.mu.Unlock()
	if f != nil {
		r.hangUp(func(e *exchange) bool {
			t := e.progress.thing.Load()
			return t != nil && keyOf(e, t) == f.key
		})
	}
	r.changed()
}

// hangUp breaks off the exchanges that which reports true for.
func (r *Recorder) hangUp(which func(*exchange) bool) {
	var doomed []*exchange
	r.mu.Lock()
	for e := range r.running.all {
		if which(e) {
			e.noteCut()
			doomed = append(doomed, e)
		}
	}
	r.mu.Unlock()
	for _, e := range doomed {
		e.hangUp()
	}
}

// Note adds an audit row to the log.
func (r *Recorder) Note(addr netip.Addr, text string) {
	r.mu.Lock()
	r.log.add(Request{Start: time.Now(), Addr: addr, Note: text})
	r.mu.Unlock()
	r.changed()
}

// finish moves an exchange from the running ones to the log.
func (r *Recorder) finish(e *exchange, row Request) {
	r.mu.Lock()
	delete(r.running.all, e)
	r.enter(&row)
	r.account(e, &row)
	if len(r.running.all) == 0 {
		r.running.empty.Broadcast()
	}
	r.mu.Unlock()
	r.changed()
}

// Wait returns when no request is running and all are in the log. It is meant for the time after
// the [http.Server] was closed, when no new ones come.
func (r *Recorder) Wait() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.running.all) > 0 {
		r.running.empty.Wait()
	}
	r.unfoldAll()
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
	Totals    Totals
	Log       Log
}

// Snapshot returns what is known at this moment.
func (r *Recorder) Snapshot() Snapshot {
	now := time.Now()
	r.mu.Lock()
	for e := range r.running.all {
		r.joinIfLong(e, now)
	}
	s := Snapshot{
		Devices:   r.devices.list(),
		Transfers: r.flows.list(now),
		History:   r.flows.history,
		Totals:    r.totals(),
		Log:       r.log.snapshot(),
	}
	r.mu.Unlock()
	slices.SortFunc(s.Devices, func(a, b Device) int { return b.First.Compare(a.First) })
	return s
}
