package traffic

import (
	"context"
	"math"

	"golang.org/x/time/rate"
)

// Most bounds how fast content goes out, in bytes per second. 0 is no bound.
type Most struct {
	All       int64 // to all together, this computer's own programs included
	PerDevice int64 // to each device
}

// What goes out at once under a bound: a twentieth of a second, so that it
// flows, but not so little that the calls cost more than the bytes.
const (
	leastAtOnce = 4 << 10
	mostAtOnce  = 1 << 20
)

// slow sets a brake to so many bytes per second.
func slow(brake *rate.Limiter, speed int64) {
	if speed <= 0 {
		brake.SetLimit(rate.Inf)
		return
	}
	brake.SetBurst(int(min(max(speed/20, leastAtOnce), mostAtOnce)))
	brake.SetLimit(rate.Limit(speed))
}

// newBrake returns one that lets so many bytes per second through.
func newBrake(speed int64) *rate.Limiter {
	brake := rate.NewLimiter(rate.Inf, leastAtOnce)
	slow(brake, speed)
	return brake
}

// SetMost bounds what goes out from now on, also what is on its way.
func (r *Recorder) SetMost(s Most) {
	slow(r.brake, s.All)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.devices.speed = s.PerDevice
	for _, d := range r.devices.known {
		slow(d.brake, s.PerDevice)
	}
}

// pass waits until some of the next n bytes of content may go out and returns
// how many. Without a bound these are all of them, at once: then nothing gets
// in the way of the kernel. The error says that nobody waits any more.
func (a *answer) pass(n int64) (int64, error) {
	brakes := []*rate.Limiter{a.recorder.brake}
	if d := a.exchange.device; d != nil {
		brakes = append(brakes, d.brake)
	}
	for _, b := range brakes {
		n = min(n, atOnce(b))
	}
	for _, b := range brakes {
		if err := waitFor(a.ctx, b, n); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// atOnce is the most that a brake lets through at once.
func atOnce(b *rate.Limiter) int64 {
	if b.Limit() == rate.Inf {
		return math.MaxInt64
	}
	return int64(b.Burst())
}

// waitFor waits for n bytes, in parts if the brake was tightened meanwhile.
func waitFor(ctx context.Context, b *rate.Limiter, n int64) error {
	for n > 0 {
		part := min(n, atOnce(b))
		if atOnce(b) == math.MaxInt64 {
			return ctx.Err()
		}
		err := b.WaitN(ctx, int(part))
		switch {
		case err == nil:
			n -= part
		case part <= int64(b.Burst()): // it was not tightened in between
			return err
		}
	}
	return ctx.Err()
}
