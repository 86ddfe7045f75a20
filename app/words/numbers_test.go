package words

import "testing"

func TestBytes(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 bytes", 1: "1 byte", 999: "999 bytes", 1000: "1 kB", 1234: "1.2 kB", 9_949: "9.9 kB", 9_950: "10 kB",
		999_499: "999 kB", 999_500: "1 MB", 3_400_000_000: "3.4 GB", 80_000_000: "80 MB",
		1<<63 - 1: "9.2 EB",
	} {
		if got := Bytes(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		done, all int64
		want      string
	}{{0, 0, "0%"}, {1, 3, "33%"}, {999, 1000, "99%"}, {5, 5, "100%"}} {
		if got := Percent(c.done, c.all); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.done, c.all, got, c.want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 files", 1: "1 file", 999: "999 files", 1243: "1,243 files", 1_000_000: "1,000,000 files", -12345: "-12,345 files",
	} {
		if got := Count(n, "{{.Count}} files"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestBytesOf(t *testing.T) {
	for _, c := range []struct {
		done, all int64
		want      string
	}{
		{0, 1, "0 of 1 byte"}, {5, 999, "5 of 999 bytes"}, {500, 1000, "0.5 of 1 kB"}, {34_000_000, 60_000_000, "34 of 60 MB"},
		{400_000, 60_000_000, "0.4 of 60 MB"}, {0, 60_000_000, "0 of 60 MB"}, {1_250_000_000, 4_100_000_000, "1.2 of 4.1 GB"},
	} {
		if got := BytesOf(c.done, c.all); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.done, c.all, got, c.want)
		}
	}
}
