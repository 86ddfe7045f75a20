package receive

import (
	"errors"
	"testing"
)

// roomOf makes room on a drive that has so many bytes free.
func roomOf(free int64, l Limits) *room {
	if l.Reserve == 0 {
		l.Reserve = -1
	}
	return &room{limits: l, free: func(string) (int64, error) { return free, nil }}
}

func TestRoomIsPromisedOnce(t *testing.T) {
	r := roomOf(100, Limits{})
	a, err := r.book("", 0, 60)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.book("", 0, 41); !errors.Is(err, ErrNoRoom) {
		t.Errorf("more than is left: %v", err)
	}
	b, err := r.book("", 0, 40)
	if err != nil {
		t.Errorf("just what is left: %v", err)
	}
	b.end(true)
	a.end(true)
	if r.taken != 0 || r.promised != 0 {
		t.Errorf("%d taken, %d promised after all ended", r.taken, r.promised)
	}
}

func TestLimitsHold(t *testing.T) {
	for _, c := range []struct {
		name   string
		limits Limits
		free   int64
		size   int64
		want   error
	}{
		{"no limit", Limits{}, 1 << 40, 1 << 30, nil},
		{"of one file", Limits{File: 10}, 1 << 40, 11, ErrFileLimit},
		{"of one file, reached", Limits{File: 10}, 1 << 40, 10, nil},
		{"in all", Limits{Total: 10}, 1 << 40, 11, ErrTotalLimit},
		{"reserve", Limits{Reserve: 90}, 100, 11, ErrNoRoom},
		{"reserve, reached", Limits{Reserve: 90}, 100, 10, nil},
		{"largest number", Limits{File: 10}, 1 << 40, 1<<63 - 1, ErrFileLimit},
		{"largest number on the drive", Limits{}, 1 << 40, 1<<63 - 1, ErrNoRoom},
	} {
		b, err := roomOf(c.free, c.limits).book("", 0, c.size)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		b.end(true)
	}
	if got := (&room{}).reserve(); got != 512<<20 {
		t.Errorf("%d bytes stay free by default", got)
	}
}

func TestAFileOfUnknownSizeGetsRoomAsItGrows(t *testing.T) {
	r := roomOf(1<<40, Limits{File: step + 10})
	b, err := r.book("", 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int64{1, step - 1, 10} {
		if err := b.writing(n); err != nil {
			t.Fatalf("%d more bytes: %v", n, err)
		}
	}
	if err := b.writing(1); !errors.Is(err, ErrFileLimit) {
		t.Errorf("one byte more than the limit: %v", err)
	}
	b.end(false)
	if r.taken != step+10 || r.promised != 0 {
		t.Errorf("%d taken, %d promised", r.taken, r.promised)
	}
	r.giveBack(step)
	if r.taken != 10 {
		t.Errorf("%d taken after some was removed", r.taken)
	}
}
