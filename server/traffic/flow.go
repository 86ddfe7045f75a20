package traffic

import (
	"container/list"
	"math"
	"slices"
	"time"
)

const (
	// maxPause is how long a transfer may have no running request before it has
	// ended: players fetch a piece, and the next a moment later.
	maxPause = 3 * time.Second
	// resumedAfter is the shortest pause after which a transfer counts as
	// resumed. Players break off and continue within moments.
	resumedAfter = time.Second
)

// flow is what makes a [Transfer]: the requests of one device for one thing.
// All of it is guarded by the Recorder's lock.
type flow struct {
	Transfer // as of the last look
	key      flowKey
	place    *list.Element // in flows.recent
	running  []*exchange
	covered  cover         // by exchanges that ended
	ended    int64         // bytes that moved with them
	active   time.Duration // until since
	since    time.Time     // since when at least one exchange has been running
	cut      bool          // the last exchange that ended was cut
}

// flowKey tells flows apart.
type flowKey struct {
	who  identity
	kind Kind
	key  string
}

func keyOf(e *exchange, t *Thing) flowKey {
	who := identity{id: e.progress.device.Load()}
	if who.id == 0 {
		who.addr = e.req.Addr
	}
	return flowKey{who, t.Kind, t.Key}
}

// goesOn reports whether an exchange continues f, rather than beginning anew.
func (f *flow) goesOn(e *exchange, t *Thing) bool {
	switch {
	case f.Total != t.Size:
		return false
	case len(f.running) > 0:
		return true
	case t.Kind == Arrival:
		return f.State != Whole && (t.Offset > 0 || f.Done == 0)
	}
	return e.progress.first.Load() != 0 || f.State == Moving
}

// join adds an exchange that runs, or has just ended.
func (f *flow) join(e *exchange, t *Thing) {
	e.flow = f
	f.Name = t.Name // a form brings one file after the other
	first := e.offset(t)
	pause := e.req.Start.Sub(f.Last)
	switch {
	case len(f.running) > 0:
	case f.Last.IsZero() && first > 0, f.cut && pause >= resumedAfter && first > 0:
		f.Resumed++
	case first == 0:
		f.covered = nil // it begins anew
	}
	if len(f.running) == 0 {
		f.since = e.req.Start
	}
	f.State, f.cut = Moving, false
	f.Device, f.Addr = e.progress.device.Load(), e.req.Addr
	f.running = append(f.running, e)
}

// leave takes out an exchange that ended, and reports whether the thing is
// whole.
func (f *flow) leave(e *exchange, row *Request) (whole bool) {
	t := e.progress.thing.Load()
	n, s := e.moved(row.Cut), span{}
	f.ended += n
	if first := e.offset(t); first >= 0 {
		s = span{first, first + n}
	}
	f.covered = f.covered.with(s)
	f.running = slices.DeleteFunc(f.running, func(o *exchange) bool { return o == e })
	now := row.Start.Add(row.Duration)
	if len(f.running) == 0 {
		f.active += now.Sub(f.since)
		f.look(now) // while others run, the next look will do: a thousand may leave at once
	}
	f.Last, f.cut = now, row.Cut || row.Status >= 400
	switch {
	case f.cut:
		return false
	case t.Kind == Arrival:
		return !t.Piece || s.to >= f.Total
	}
	return f.covered.size() >= f.Total || e.progress.first.Load() < 0 && row.Status == 200
}

// look updates how far it has come.
func (f *flow) look(now time.Time) {
	all, lowest := slices.Clone(f.covered), int64(math.MaxInt64)
	f.Moved = f.ended
	for _, e := range f.running {
		n := e.moved(true)
		f.Moved += n
		if first := e.offset(e.progress.thing.Load()); first >= 0 {
			all, lowest = all.with(span{first, first + n}), min(lowest, first)
		}
	}
	if len(all) > 0 {
		lowest = min(lowest, all[0].from)
	}
	f.Done = f.Moved
	if lowest != math.MaxInt64 {
		f.Done = lowest + all.size()
	}
	if f.Total >= 0 {
		f.Done = min(f.Done, f.Total)
	}
	f.Active = f.active
	if len(f.running) > 0 {
		f.Active += now.Sub(f.since)
		f.Last = now
	}
}

// isShown reports whether it has taken long enough to be shown.
func (f *flow) isShown() bool { return f.Active >= shown || f.Resumed > 0 }
