package traffic

import (
	"cmp"
	"container/list"
	"slices"
	"time"
)

const (
	mostFlows   = 2000 // that are remembered, so that they can be resumed
	mostHistory = 100
)

// flows are the transfers: running ones, past ones, and those that were too short
// to be shown.
type flows struct {
	known   map[flowKey]*flow
	recent  list.List // of *flow, the latest in front
	active  map[*flow]struct{}
	last    uint64     // ID
	history []Transfer // latest first; replaced whole, because snapshots share it
}

func (fs *flows) find(k flowKey) *flow { return fs.known[k] }

// join adds an exchange to the flow that it belongs to, or begins one.
func (fs *flows) join(e *exchange, t *Thing) {
	key := keyOf(e, t)
	f := fs.known[key]
	if f == nil || !f.goesOn(e, t) {
		f = fs.add(key, t)
	} else {
		fs.recent.MoveToFront(f.place)
		fs.forget(f.ID)
	}
	f.join(e, t)
	fs.active[f] = struct{}{}
}

// add begins a flow. The oldest that does not run makes room.
func (fs *flows) add(key flowKey, t *Thing) *flow {
	if fs.known == nil {
		fs.known, fs.active = map[flowKey]*flow{}, map[*flow]struct{}{}
	}
	if old := fs.known[key]; old != nil {
		fs.end(old, old.cutState())
		fs.drop(old)
	}
	for fs.recent.Len() >= mostFlows {
		oldest := fs.recent.Back().Value.(*flow)
		if _, runs := fs.active[oldest]; runs {
			fs.recent.MoveToFront(oldest.place)
			break
		}
		fs.drop(oldest)
	}
	fs.last++
	f := &flow{key: key}
	f.ID, f.Name, f.Kind, f.Total = fs.last, t.Name, t.Kind, t.Size
	f.place = fs.recent.PushFront(f)
	fs.known[key] = f
	return f
}

func (fs *flows) drop(f *flow) {
	fs.recent.Remove(f.place)
	delete(fs.known, f.key)
}

// end puts a flow into the history, if it was shown.
func (fs *flows) end(f *flow, as State) {
	if _, ok := fs.active[f]; !ok {
		return
	}
	delete(fs.active, f)
	f.State = as
	if as == Whole && f.Total >= 0 {
		f.Done = f.Total // what went compressed was less
	}
	if f.isShown() {
		kept := fs.history[:min(len(fs.history), mostHistory-1)]
		fs.history = append([]Transfer{f.Transfer}, kept...)
	}
}

// forget takes a transfer that continues out of the history.
func (fs *flows) forget(id uint64) {
	i := slices.IndexFunc(fs.history, func(t Transfer) bool { return t.ID == id })
	if i >= 0 {
		fs.history = slices.Delete(slices.Clone(fs.history), i, i+1)
	}
}

// cutState is how a flow that is not whole has ended.
func (f *flow) cutState() State {
	if f.cut {
		return Broken
	}
	return InPart
}

// endPaused ends the flows that have paused for too long.
func (fs *flows) endPaused(now time.Time) {
	for f := range fs.active {
		if len(f.running) == 0 && now.Sub(f.Last) >= maxPause {
			fs.end(f, f.cutState())
		}
	}
}

// list returns the transfers that run, oldest first.
func (fs *flows) list(now time.Time) []Transfer {
	all := make([]Transfer, 0, len(fs.active))
	for f := range fs.active {
		f.look(now)
		if f.isShown() {
			all = append(all, f.Transfer)
		}
	}
	slices.SortFunc(all, func(a, b Transfer) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// cancel marks the running flow with an ID as cancelled; nil if there is none.
func (fs *flows) cancel(id uint64, now time.Time) *flow {
	for f := range fs.active {
		if f.ID != id {
			continue
		}
		f.look(now)
		f.State = Canceled
		if len(f.running) == 0 {
			f.Last = now
			fs.end(f, Canceled)
		}
		return f
	}
	return nil
}
