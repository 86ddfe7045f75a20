package words

import (
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "0:00", 7 * time.Second: "0:07", 754 * time.Second: "12:34",
		time.Hour + 2*time.Minute + 3*time.Second: "1:02:03", 100 * time.Hour: "100:00:00",
	} {
		if got := Clock(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestAbout(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "under 1 min", 44 * time.Second: "under 1 min", 45 * time.Second: "1 min", 89 * time.Second: "1 min",
		4 * time.Minute: "about 4 min", 13 * time.Minute: "about 15 min", 57 * time.Minute: "about 55 min", 59 * time.Minute: "about 1 h",
		80 * time.Minute: "about 1 h", 100 * time.Minute: "about 2 h", 23*time.Hour + 59*time.Minute: "about 24 h", 24*time.Hour + 12*time.Minute: "more than a day",
	} {
		if got := About(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "< 1 ms", 999 * time.Microsecond: "< 1 ms", 12 * time.Millisecond: "12 ms",
		999 * time.Millisecond: "999 ms", 3449 * time.Millisecond: "3.4 s", 59_999 * time.Millisecond: "59.9 s",
		75 * time.Second: "1:15", 2 * time.Hour: "2:00:00",
	} {
		if got := Duration(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
