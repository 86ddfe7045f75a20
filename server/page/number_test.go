package page

import (
	"math"
	"strings"
	"testing"
	"time"

	"windowsill/server/share"
)

func TestSize(t *testing.T) {
	for bytes, want := range map[int64]string{
		0:               "0 B",
		3:               "3 B",
		999:             "999 B",
		1000:            "1 kB",
		1049:            "1 kB",
		1050:            "1.1 kB",
		2_400_000:       "2.4 MB",
		60_000_000:      "60 MB",
		999_949:         "999.9 kB",
		999_950:         "1 MB",
		123_456_789:     "123.5 MB",
		4_294_967_296:   "4.3 GB",
		999_999_999_999: "1 TB",
		math.MaxInt64:   "9.2 EB",
	} {
		if got := strings.ReplaceAll(size(bytes), noBreak, " "); got != want {
			t.Errorf("size(%d) = %q, want %q", bytes, got, want)
		}
	}
}

func TestCounted(t *testing.T) {
	for n, want := range map[int]string{0: "0 files", 1: "1 file", 2: "2 files", 999: "999 files", 1000: "1,000 files", 100_000: "100,000 files", 1_234_567: "1,234,567 files"} {
		if got := counted(n, "file"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestUnknownDateIsLeftOut(t *testing.T) {
	if r := newRow(share.Entry{Name: "a"}); r.Date != "" || r.DateTime != "" {
		t.Errorf("date %q, %q", r.Date, r.DateTime)
	}
	if j := newJSONEntry(share.Entry{Name: "a"}); j.Modified != "" {
		t.Errorf("modified %q", j.Modified)
	}
}

// A file may bear any date, far beyond what RFC 3339 can write.
func TestDateFarAwayDoesNoHarm(t *testing.T) {
	far := time.Date(292_277, 1, 1, 0, 0, 0, 0, time.UTC)
	if r := newRow(share.Entry{Name: "a", Modified: far}); r.Date != "1 Jan 292277" {
		t.Errorf("date %q", r.Date)
	}
	if j := newJSONEntry(share.Entry{Name: "a", Modified: far}); j.Modified == "" {
		t.Error("no date")
	}
}
