package app

import (
	"context"
	"sync"
	"time"

	"windowsill/server"
)

// grace is how long transfers may go on after Stop.
const grace = 3 * time.Second

// control makes the server do what buttons say, one thing after the other and
// never on Fyne's goroutine. Its methods are called on Fyne's, and so are the
// functions given to them.
type control struct {
	engine Engine
	onUI   func(func())
	jobs   sync.WaitGroup
	where  func(network string) server.Where // to share there; called on any goroutine
	busy   bool                              // a job runs; the button is off meanwhile
	next   func()                            // what is to come after the job that runs; nil if nothing
	awake  *sleepInhibitor
	last   chan struct{} // closed when the latest order was carried out; nil before the first
}

func (c *control) start(s server.Share, done func(error)) {
	c.run(func() error { return c.startNow(s) }, done)
}

// startNow shares at the address that the person likes on this network, unless
// it is said where.
func (c *control) startNow(s server.Share) error {
	if s.Where == (server.Where{}) && c.where != nil {
		s.Where = c.where(c.engine.NetworkID())
	}
	return c.engine.Start(s)
}

func (c *control) stop(done func(error)) { c.run(c.stopNow, done) }

// restart shares something else, or the same elsewhere.
func (c *control) restart(s server.Share, done func(error)) {
	c.run(func() error {
		if err := c.stopNow(); err != nil {
			return err
		}
		return c.startNow(s)
	}, done)
}

func (c *control) run(job func() error, done func(error)) {
	c.busy = true
	c.jobs.Go(func() {
		err := job()
		c.onUI(func() {
			c.busy = false
			done(err)
			if next := c.next; next != nil {
				c.next = nil
				next()
			}
		})
	})
}

// whenFree calls do now, or as soon as the job that runs is done.
func (c *control) whenFree(do func()) {
	if c.busy {
		c.next = do
		return
	}
	do()
}

// order makes the server do something that takes no time worth waiting for, in
// the order in which it was said.
func (c *control) order(job func()) {
	before, done := c.last, make(chan struct{})
	c.last = done
	c.jobs.Go(func() {
		defer close(done)
		if before != nil {
			<-before
		}
		job()
	})
}

// stopNow stops the server after the grace. That transfers had to be cut is
// not an error of the one who stopped them.
func (c *control) stopNow() error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	err := c.engine.Stop(ctx)
	if ctx.Err() != nil {
		return nil
	}
	return err
}
