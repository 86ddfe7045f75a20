package app

import "time"

// ticker calls a function on Fyne's goroutine each second while it runs.
type ticker struct {
	onUI func(func())
	tick func(now time.Time)
	quit chan struct{} // nil while it does not run
}

func newTicker(onUI func(func()), tick func(now time.Time)) *ticker {
	return &ticker{onUI: onUI, tick: tick}
}

// set starts or stops the ticker.
func (t *ticker) set(running bool) {
	if running == (t.quit != nil) {
		return
	}
	if !running {
		close(t.quit)
		t.quit = nil
		return
	}
	t.quit = make(chan struct{})
	go t.run(t.quit)
}

func (t *ticker) run(quit <-chan struct{}) {
	second := time.NewTicker(time.Second)
	defer second.Stop()
	for {
		select {
		case <-second.C:
			t.onUI(func() { t.tick(time.Now()) })
		case <-quit:
			return
		}
	}
}
