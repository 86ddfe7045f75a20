package share

import (
	"path/filepath"
	"sync"
	"time"
)

const (
	// patience is how long a drive may take to answer before what is on it is
	// shown as not answering.
	patience = 2 * time.Second
	// handOver is how long one root may hold up others from the same folder.
	handOver = 100 * time.Millisecond
	// maxStuck is how many roots from one folder may wait for answers at once. A
	// call that hangs takes a thread of the system.
	maxStuck = 4
)

// look asks the system about roots, those from different folders at once. It
// returns when all have answered, or when patience has an end: those that have not
// do not answer then, and are not asked again as long as they do not.
func (s *set) look(roots []*root) {
	lanes := lanesOf(roots)
	var running sync.WaitGroup
	for _, l := range lanes {
		l.start(&running)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		running.Wait()
	}()
	end := time.NewTimer(patience)
	defer end.Stop()
	tick := time.NewTicker(handOver)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-end.C:
			for _, l := range lanes {
				l.giveUp()
			}
			s.touch()
			return
		case <-tick.C:
			for _, l := range lanes {
				l.moveOn()
			}
		}
	}
}

// lane are the roots from one folder, which are asked about one after the other.
type lane struct {
	left *sync.WaitGroup // of goroutines

	all     []*root
	mu      sync.Mutex // guards what follows
	todo    []*root
	running int // goroutines
	asked   int // roots
	before  int // what asked was at the last tick
}

func lanesOf(roots []*root) (lanes []*lane) {
	byFolder := map[string]*lane{}
	for _, r := range roots {
		folder := filepath.Dir(r.path)
		l := byFolder[folder]
		if l == nil {
			l = new(lane)
			byFolder[folder] = l
			lanes = append(lanes, l)
		}
		l.all = append(l.all, r)
	}
	return lanes
}

// start begins to ask, unless too many have not answered before.
func (l *lane) start(left *sync.WaitGroup) {
	stuck := 0
	for _, r := range l.all {
		if r.waits() {
			stuck++
		}
	}
	if stuck < maxStuck {
		l.left, l.running, l.todo = left, 1, l.all
		left.Go(l.run)
	}
}

// run asks about one root after the other.
func (l *lane) run() {
	for next := l.next(); next != nil; next = l.next() {
		next.ask()
	}
}

func (l *lane) next() (next *root) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.todo) == 0 {
		l.running--
		return nil
	}
	next, l.todo = l.todo[0], l.todo[1:]
	l.asked++
	return next
}

// moveOn has another goroutine go on where one root holds up the others.
func (l *lane) moveOn() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.running > 0 && l.running < maxStuck && l.asked == l.before && len(l.todo) > 0 {
		l.running++
		l.left.Go(l.run)
	}
	l.before = l.asked
}

// giveUp says of those that have not answered, or whose turn has not come, that
// they do not answer.
func (l *lane) giveUp() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range l.all[:len(l.all)-len(l.todo)] {
		if r.waits() {
			r.giveUp()
		}
	}
	for _, r := range l.todo {
		r.giveUp()
	}
	l.todo = nil
}
