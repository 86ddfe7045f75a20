package media

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestLargePicturesOfOneCallerLeaveRoomForOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		const takes = 20 * time.Second
		decode := func(caller string, bytes int64, takes time.Duration) {
			give, err := r.take(t.Context(), caller, bytes)
			if err != nil {
				t.Error(err)
				return
			}
			time.Sleep(takes)
			give()
		}
		for range 5 {
			go decode("greedy", maxDecoded, takes)
		}
		synctest.Wait()
		begun := time.Now()
		decode("modest", smallPicture, 0)
		if waited := time.Since(begun); waited != 0 {
			t.Errorf("a small picture waits for %v", waited)
		}
		decode("modest", maxDecoded, 0)
		if waited := time.Since(begun); waited != takes {
			t.Errorf("a large picture waits for %v, want until one of another caller is done", waited)
		}
		time.Sleep(5 * takes)
	})
}
