package app

import (
	"time"

	"windowsill/server"
)

const (
	// paceOver is what speeds are averaged over: over less, the time that is left
	// would jump.
	paceOver = 12 * time.Second
	// paceLeast is how long something has to run before anybody can say how long it will
	// take: at first the buffers on the way fill at once.
	paceLeast = 5 * time.Second
	// pauseMost is how much of a pause counts. Short ones belong to the way in which many
	// programs take what they fetch, and a long one says nothing about the speed after it.
	pauseMost = 5 * time.Second
	// stalledAfter is how long nothing may move until a device counts as waited for.
	stalledAfter = 3 * time.Second
)

// pace measures how fast a device takes and sends, all its transfers together.
type pace struct {
	before  map[uint64]int64 // bytes that each running transfer had moved, by its ID
	moved   int64            // bytes, since the first sample
	samples []paceSample     // of the last paceOver, about one a second
	latest  time.Time        // when something moved last
	looked  time.Time        // when it was last looked
	paused  time.Duration    // that does not count
}

type paceSample struct {
	at    time.Time // less what did not count by then
	moved int64
}

// note takes what runs at a moment. A transfer is seen when it has run for a while: what
// it moved until then counts, unless it has been going for too long to tell anything of
// the present speed.
func (p *pace) note(running []server.Transfer, now time.Time) {
	if len(running) == 0 {
		*p = pace{}
		return
	}
	before, moved := p.before, p.moved
	p.before = make(map[uint64]int64, len(running))
	began := now
	for _, t := range running {
		switch was, known := before[t.ID]; {
		case known:
			p.moved += max(0, t.Moved-was)
		case t.Active < paceOver:
			p.moved += t.Moved
			began = earlier(began, now.Add(-t.Active))
		}
		p.before[t.ID] = t.Moved
	}
	if len(p.samples) == 0 {
		p.samples, p.latest = []paceSample{{began, 0}}, now
	}
	if p.moved > moved {
		p.latest = now
	} else if counts := p.latest.Add(pauseMost); now.After(counts) {
		p.paused += now.Sub(later(counts, p.looked))
	}
	p.looked = now
	p.sample(now.Add(-p.paused))
}

// sample keeps how much has moved, about once a second.
func (p *pace) sample(now time.Time) {
	if now.Sub(p.samples[len(p.samples)-1].at) < time.Second {
		return
	}
	p.samples = append(p.samples, paceSample{now, p.moved})
	for len(p.samples) > 2 && now.Sub(p.samples[1].at) >= paceOver {
		p.samples = p.samples[1:]
	}
}

// left returns how long this many bytes will take; 0 if nobody knows yet.
func (p *pace) left(bytes int64, now time.Time) time.Duration {
	if len(p.samples) == 0 {
		return 0
	}
	first := p.samples[0]
	spell := now.Sub(first.at) - p.paused
	if spell < paceLeast || p.moved <= first.moved {
		return 0
	}
	return time.Duration(float64(bytes) / float64(p.moved-first.moved) * float64(spell))
}

// isStalled reports whether nothing has moved for a while.
func (p *pace) isStalled(now time.Time) bool {
	return !p.latest.IsZero() && now.Sub(p.latest) >= stalledAfter
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
