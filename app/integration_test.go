package app

import (
	"slices"
	"testing"

	"windowsill/server"
)

func TestSleepIsInhibitedDuringTransfers(t *testing.T) {
	var said []string
	h := sharingWindow(t, func(h *harness) {
		h.stayAwake = func(string) (func(), error) {
			said = append(said, "awake")
			return func() { said = append(said, "may sleep") }, nil
		}
	})
	for n := range int64(3) {
		h.change(func(s *server.Snapshot) { s.Transfers, s.Totals.Requests = fakeTransfers(int(n)%2, 1), n+1 })
	}
	h.control.jobs.Wait()
	if !slices.Equal(said, []string{"awake", "may sleep"}) {
		t.Errorf("it said %q", said)
	}
}
