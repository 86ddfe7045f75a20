package receive

import (
	"errors"
	"testing"
)

// quotaOf returns a quota on a drive that has so many bytes free.
func quotaOf(free int64, l Limits) *quota {
	if l.Reserve == 0 {
		l.Reserve = -1
	}
	return &quota{limits: l, free: func(string) (int64, error) { return free, nil }}
}

func TestSpaceIsReservedOnce(t *testing.T) {
	q := quotaOf(100, Limits{})
	a, err := q.reserve("", 0, 60)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.reserve("", 0, 41); !errors.Is(err, ErrNoSpace) {
		t.Errorf("more than is left: %v", err)
	}
	b, err := q.reserve("", 0, 40)
	if err != nil {
		t.Errorf("just what is left: %v", err)
	}
	b.end(true)
	a.end(true)
	if q.used != 0 || q.reserved != 0 {
		t.Errorf("%d used, %d reserved after all ended", q.used, q.reserved)
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
		{"reserve", Limits{Reserve: 90}, 100, 11, ErrNoSpace},
		{"reserve, reached", Limits{Reserve: 90}, 100, 10, nil},
		{"largest number", Limits{File: 10}, 1 << 40, 1<<63 - 1, ErrFileLimit},
		{"largest number on the drive", Limits{}, 1 << 40, 1<<63 - 1, ErrNoSpace},
	} {
		b, err := quotaOf(c.free, c.limits).reserve("", 0, c.size)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		b.end(true)
	}
	if got := (Limits{}).reserve(); got != 512<<20 {
		t.Errorf("%d bytes stay free by default", got)
	}
}

func TestFileOfUnknownSizeIsReservedAsItGrows(t *testing.T) {
	q := quotaOf(1<<40, Limits{File: step + 10})
	b, err := q.reserve("", 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int64{1, step - 1, 10} {
		if err := b.use(n); err != nil {
			t.Fatalf("%d more bytes: %v", n, err)
		}
	}
	if err := b.use(1); !errors.Is(err, ErrFileLimit) {
		t.Errorf("one byte more than the limit: %v", err)
	}
	b.end(false)
	if q.used != step+10 || q.reserved != 0 {
		t.Errorf("%d used, %d reserved", q.used, q.reserved)
	}
	q.refund(step)
	if q.used != 10 {
		t.Errorf("%d used after some was removed", q.used)
	}
}
