package traffic

import "time"

// noise is how many bytes may move before measuring begins: an open page that
// hears now and then that nothing is new is no traffic.
const noise = 64 << 10

// Speed is how fast everything moves, in both directions.
type Speed struct {
	Now    int64     // bytes a second, smoothed as those of the transfers are
	Minute [60]int64 // bytes in each second of the last minute, the latest at the end
	Beat   uint64    // counts the seconds that were measured
}

// meter measures the speed of everything once a second, from when something
// moves until a minute after nothing has. It is guarded by the Recorder's lock.
type meter struct {
	Speed
	then  int64       // bytes that had moved at the last beat
	timer *time.Timer // nil while nothing is measured
}

// add notes what moved in a second, and reports whether to go on measuring. busy
// says that transfers are running: a slow one may pause in between.
func (m *meter) add(moved int64, busy bool) (goOn bool) {
	m.Beat++
	copy(m.Minute[:], m.Minute[1:])
	m.Minute[len(m.Minute)-1] = max(0, moved-m.then)
	m.then = moved
	last := m.Minute[len(m.Minute)-3:]
	if [3]int64(last) == [3]int64{} && !busy {
		m.Now = 0
	} else {
		m.Now = smoothed(m.Now, last[2], time.Second)
	}
	return busy || m.Minute != [60]int64{}
}

// notice begins to measure when enough has moved.
func (r *Recorder) notice() {
	if r.bytes.moved()-r.bytes.measured.Load() > noise {
		r.mu.Lock()
		r.startBeat()
		r.mu.Unlock()
	}
}

// startBeat is called with mu held.
func (r *Recorder) startBeat() {
	if r.meter.timer == nil {
		r.bytes.measured.Store(never)
		r.meter.timer = time.AfterFunc(time.Second, r.beat)
	}
}

// never is more than what will ever have moved.
const never = 1 << 62

// beat measures, ends the flows that have paused for too long, and comes again
// in a second if there is something to measure.
func (r *Recorder) beat() {
	now := time.Now()
	r.mu.Lock()
	for e := range r.running.all {
		r.joinIfLong(e, now)
	}
	var waiting int64 // bytes that the system has not sent yet
	for f := range r.flows.active {
		f.measure(now)
		for _, e := range f.running {
			waiting += e.queued()
		}
	}
	r.flows.endPaused(now)
	moved := r.bytes.moved()
	if r.meter.add(moved-waiting, len(r.flows.active) > 0) {
		r.meter.timer.Reset(time.Second)
	} else {
		r.meter.timer = nil
		r.bytes.measured.Store(moved)
	}
	r.mu.Unlock()
	r.changed()
}
