package traffic

import (
	"net/http"
	"time"
)

// foldTime is for how long requests that fold are gathered.
const foldTime = 3 * time.Second

// fold is a row that has not entered the log yet: a device with the share as a
// drive asks thousands of small things, which would push all others out. It enters
// after a while, with those that came meanwhile.
type fold struct {
	row   Request
	timer *time.Timer
}

// folds reports whether a request is one of many with which a drive looks around
// and locks. What a person would want to see, such as a refusal, does not fold.
func folds(row *Request) bool {
	switch row.Method {
	case http.MethodOptions, "PROPFIND", "PROPPATCH", "LOCK", "UNLOCK":
		return !row.Cut && (row.Status < 400 || row.Status == http.StatusUnauthorized || row.Status == http.StatusNotFound)
	}
	return false
}

// add gathers one more. The row says what the latest asked for and got: the first was
// often refused, for want of a password, and what moved is of those after it.
func (f *fold) add(row *Request) {
	all := *row
	all.Start = f.row.Start
	all.More = f.row.More + 1
	all.Duration += f.row.Duration
	all.Bytes += f.row.Bytes
	all.Received += f.row.Received
	f.row = all
}

// enter adds a row to the log, now or with others of its device. It is called with
// mu held.
func (r *Recorder) enter(row *Request) {
	who := identity{row.Device, row.Addr}
	f := r.folded[who]
	switch {
	case !folds(row) || f == nil && len(r.folded) >= maxDevices:
		r.log.add(*row)
	case f != nil:
		f.add(row)
	default:
		f = &fold{row: *row}
		f.timer = time.AfterFunc(foldTime, func() { r.unfold(who, f) })
		r.folded[who] = f
	}
}

// unfold adds a gathered row to the log, unless it is there.
func (r *Recorder) unfold(who identity, f *fold) {
	r.mu.Lock()
	current := r.folded[who] == f
	if current {
		delete(r.folded, who)
		r.log.add(f.row)
	}
	r.mu.Unlock()
	if current {
		r.changed()
	}
}

// unfoldAll adds all gathered rows to the log. It is called with mu held.
func (r *Recorder) unfoldAll() {
	for who, f := range r.folded {
		f.timer.Stop()
		delete(r.folded, who)
		r.log.add(f.row)
	}
}
