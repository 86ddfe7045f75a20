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

func TestCount(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 files", 1: "1 file", 999: "999 files", 1243: "1,243 files", 1_000_000: "1,000,000 files", -12345: "-12,345 files",
	} {
		if got := Count(n, "{{.Count}} files"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
