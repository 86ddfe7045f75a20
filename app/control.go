package app

import (
	"context"
	"sync"
	"time"

	"windowsill/server"
)

// grace is how long transfers may go on after Stop.
const grace = 3 * time.Second

// control calls the server, never on Fyne's goroutine. Its methods are called on
// Fyne's goroutine, and so are the functions that are told of a result.
type control struct {
	engine Engine
	onUI   func(func())
	where  func(network string) server.Where // where the person shares on a network; called on any goroutine
	report func(error)                       // tells the person what went wrong

	life context.Context // done when the window closes; dialogs end with it
	end  context.CancelFunc

	jobs sync.WaitGroup
	busy bool          // a job runs, and the main button is off
	next []func()      // to be called when the job is done
	last chan struct{} // closed when the latest call of do has returned; nil before the first
}

func newControl(e Engine, onUI func(func()), where func(network string) server.Where, report func(error)) *control {
	c := &control{engine: e, onUI: onUI, where: where, report: report}
	c.life, c.end = context.WithCancel(context.Background())
	return c
}

// start shares a folder. It takes the address that the person uses on this network
// unless the share has one.
func (c *control) start(s server.Share, done func(error)) {
	c.run(func() error { return c.startNow(s) }, done)
}

// stop ends the share, and lets transfers go on for a moment.
func (c *control) stop(done func(error)) { c.run(c.stopNow, done) }

// restart shares another folder, or the same one elsewhere.
func (c *control) restart(s server.Share, done func(error)) {
	c.run(func() error {
		ctx, cancel := context.WithTimeout(context.Background(), grace)
		defer cancel()
		return c.engine.Restart(ctx, c.placed(s))
	}, done)
}

// renewAuthority throws away the authority of this computer, and shares s anew if it is
// shared by it.
func (c *control) renewAuthority(s server.Share, shared bool, done func(error)) {
	c.run(func() error {
		if !shared {
			return c.engine.NewAuthority()
		}
		if err := c.stopNow(); err != nil {
			return err
		}
		if err := c.engine.NewAuthority(); err != nil {
			return err
		}
		return c.startNow(s)
	}, done)
}

func (c *control) startNow(s server.Share) error { return c.engine.Start(c.placed(s)) }

// placed returns a share with the address that the person uses on this network, unless
// it has one.
func (c *control) placed(s server.Share) server.Share {
	if s.Where == (server.Where{}) {
		s.Where = c.where(c.engine.NetworkID())
	}
	return s
}

// stopNow stops the server. That transfers had to be cut after the grace is not an
// error to the person who stopped them.
func (c *control) stopNow() error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	err := c.engine.Stop(ctx)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// run runs a job. The caller makes sure that only one runs at a time.
func (c *control) run(job func() error, done func(error)) {
	c.busy = true
	c.background(job, func(err error) {
		c.busy = false
		done(err)
		for len(c.next) > 0 && !c.busy {
			next := c.next[0]
			c.next = c.next[1:]
			next()
		}
	})
}

// whenFree calls f now, or when the job that runs is done, after what was to be called
// then before.
func (c *control) whenFree(f func()) {
	if c.busy {
		c.next = append(c.next, f)
		return
	}
	f()
}

// do makes a short call after all that were made by do and try before.
func (c *control) do(call func()) {
	before, ended := c.last, make(chan struct{})
	c.last = ended
	c.jobs.Go(func() {
		defer close(ended)
		if before != nil {
			<-before
		}
		call()
	})
}

// try is do for a call that may fail. It reports the error.
func (c *control) try(call func() error) {
	c.do(func() {
		if err := call(); err != nil {
			c.onUI(func() { c.report(err) })
		}
	})
}

// tryThen is do for a call whose result, nil too, goes to done.
func (c *control) tryThen(call func() error, done func(error)) {
	c.do(func() {
		err := call()
		c.onUI(func() { done(err) })
	})
}

// background runs a job that others do not wait for.
func (c *control) background(job func() error, done func(error)) {
	c.jobs.Go(func() {
		err := job()
		c.onUI(func() { done(err) })
	})
}
