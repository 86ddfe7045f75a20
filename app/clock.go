package app

import "time"

// clock ticks each second while something is shared.
type clock struct {
	onUI func(func())
	tick func()
	quit chan struct{} // nil when it does not run
}

// set starts or stops the clock. It is called on Fyne's goroutine.
func (c *clock) set(running bool) {
	if running == (c.quit != nil) {
		return
	}
	if !running {
		close(c.quit)
		c.quit = nil
		return
	}
	c.quit = make(chan struct{})
	go c.run(c.quit)
}

func (c *clock) run(quit <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			c.onUI(c.tick)
		case <-quit:
			return
		}
	}
}
