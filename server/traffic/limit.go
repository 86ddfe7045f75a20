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

// What goes out at once under a bound is what it allows in a twentieth of a
// second, but not so little that the calls cost more than the bytes.
const (
	leastAtOnce = 4 << 10
	mostAtOnce  = 1 << 20
)

// setSpeed sets a limiter to so many bytes per second; 0 is no limit.
func setSpeed(l *rate.Limiter, speed int64) {
	if speed <= 0 {
		l.SetLimit(rate.Inf)
		return
	}
	l.SetBurst(int(min(max(speed/20, leastAtOnce), mostAtOnce)))
	l.SetLimit(rate.Limit(speed))
}

func newLimiter(speed int64) *rate.Limiter {
	l := rate.NewLimiter(rate.Inf, leastAtOnce)
	setSpeed(l, speed)
	return l
}

// SetMost bounds what goes out from now on, running transfers included.
func (r *Recorder) SetMost(s Most) {
	setSpeed(r.limiter, s.All)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.devices.speed = s.PerDevice
	for _, d := range r.devices.known {
		setSpeed(d.limiter, s.PerDevice)
	}
}

// pass waits until some of the next n bytes of content may go out and returns
// how many. Without a bound that is all of them, at once, so that nothing gets
// in the way of the kernel. The error says that the request has ended.
func (a *answer) pass(n int64) (int64, error) {
	limiters := []*rate.Limiter{a.recorder.limiter}
	if d := a.exchange.device; d != nil {
		limiters = append(limiters, d.limiter)
	}
	for _, l := range limiters {
		n = min(n, atOnce(l))
	}
	for _, l := range limiters {
		if err := waitFor(a.ctx, l, n); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// atOnce is the most that a limiter lets through at once.
func atOnce(b *rate.Limiter) int64 {
	if b.Limit() == rate.Inf {
		return math.MaxInt64
	}
	return int64(b.Burst())
}

// waitFor waits for n bytes, in parts if the limit was lowered meanwhile.
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
		case part <= int64(b.Burst()): // it was not lowered in between
			return err
		}
	}
	return ctx.Err()
}
