package app

import (
	"testing"
)

// A person may click "Use 8001" before the start that failed has come back.
func TestWhenFreeWaitsForTheJob(t *testing.T) {
	queue := make(chan func(), 10)
	c := &control{engine: &fakeEngine{}, onUI: func(f func()) { queue <- f }}
	goOn, order := make(chan struct{}), []string{}
	c.run(func() error { <-goOn; return nil }, func(error) { order = append(order, "done") })
	c.whenFree(func() { order = append(order, "next") })
	if len(order) != 0 {
		t.Fatalf("%q while the job runs", order)
	}
	close(goOn)
	(<-queue)()
	if len(order) != 2 || order[0] != "done" || order[1] != "next" {
		t.Errorf("%q", order)
	}
	c.whenFree(func() { order = append(order, "at once") })
	if len(order) != 3 {
		t.Errorf("%q with no job running", order)
	}
	c.jobs.Wait()
}
