package receive

import (
	"encoding/json"
	"errors"
	"maps"
	"testing"
	"time"
)

var metadataCases = []struct {
	in   string
	want map[string]string // nil if it is malformed
}{
	{"", map[string]string{}},
	{"filename d29ybGQucGRm,is_confidential", map[string]string{"filename": "world.pdf", "is_confidential": ""}},
	{"filename d29ybGQucGRm, dir YQ==", map[string]string{"filename": "world.pdf", "dir": "a"}},
	{"overwrite ", map[string]string{"overwrite": ""}},
	{"filename ***", nil}, {",", nil}, {"a YQ==,a YQ==", nil}, {" YQ==,", nil}, {"a YQ== YQ==", nil},
}

func TestParseMetadata(t *testing.T) {
	for _, c := range metadataCases {
		got, err := ParseMetadata(c.in)
		if !maps.Equal(got, c.want) || (c.want == nil) != errors.Is(err, ErrMetadata) {
			t.Errorf("%q: %q, %v; want %q", c.in, got, err, c.want)
		}
	}
}

func FuzzParseMetadata(f *testing.F) {
	for _, c := range metadataCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		all, err := ParseMetadata(in)
		if err != nil && all != nil {
			t.Errorf("%q: %q with an error", in, all)
		}
		if _, nameless := all[""]; nameless {
			t.Errorf("%q: a key without a name", in)
		}
	})
}

var checksumCases = []struct {
	in   string
	want error
}{
	{"sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", nil},
	{"md5 XrY7u+Ae7tCTyyK7j1rNww==", nil},
	{"crc32 DUoRhQ==", nil},
	{"sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=", nil},
	{"sha1 XrY7u+Ae7tCTyyK7j1rNww==", ErrMetadata}, // another one's length
	{"sha1", ErrMetadata}, {"sha1 ***", ErrMetadata}, {"", ErrAlgorithm}, {"rot13 YQ==", ErrAlgorithm},
}

func TestParseChecksum(t *testing.T) {
	for _, c := range checksumCases {
		sum, err := ParseChecksum(c.in)
		if !errors.Is(err, c.want) {
			t.Errorf("%q: %v, want %v", c.in, err, c.want)
			continue
		}
		if err != nil {
			continue
		}
		if sum.hash.Write([]byte("hello world")); !sum.matches() {
			t.Errorf("%q is not the sum of its text", c.in)
		}
		if sum.hash.Write([]byte("!")); sum.matches() {
			t.Errorf("%q is the sum of another text", c.in)
		}
	}
}

func FuzzParseChecksum(f *testing.F) {
	for _, c := range checksumCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if sum, err := ParseChecksum(in); (sum == nil) == (err == nil) {
			t.Errorf("%q: %v, %v", in, sum, err)
		}
	})
}

func TestParseTimes(t *testing.T) {
	for _, c := range []struct{ millis, seconds, want string }{
		{"1500000000000", "1500000000", "2017-07-14T02:40:00Z"}, {"", "", ""}, {"0", "0", ""},
		{"-1000", "-1", "1969-12-31T23:59:59Z"}, {"-2203891200000", "-2203891200", "1900-03-01T00:00:00Z"},
		{"2147483648000", "2147483648", "2038-01-19T03:14:08Z"}, {"7258118400000", "7258118400", "2200-01-01T00:00:00Z"},
		{"-9214560000000", "-9214560000", "1678-01-01T00:00:00Z"}, {"-9224318016000", "-9224318016", ""}, {"9224318016000", "9224318016", ""},
		{"x", "1e9", ""}, {"999999999999999999", "999999999999", ""}, {"99999999999999999999999", "99999999999999999999", ""},
	} {
		want, _ := time.Parse(time.RFC3339, c.want)
		if got := ParseMillis(c.millis); !got.Equal(want) {
			t.Errorf("%q ms: %v, want %v", c.millis, got, want)
		}
		if got := ParseSeconds(c.seconds); !got.Equal(want) {
			t.Errorf("%q s: %v, want %v", c.seconds, got, want)
		}
	}
	for text, want := range map[string]int64{"1500000000.7": 1_500_000_000, "-1.5": -2, "-0.5": -1, "-2.0": -2} {
		if got := ParseSeconds(text); got.Unix() != want {
			t.Errorf("%s s: %v", text, got)
		}
	}
	if got := ParseMillis("-1"); got.UnixNano() != -1e6 {
		t.Errorf("-1 ms: %v", got)
	}
}

// The time of an upload in parts is kept as JSON. Before time zones, clocks differed
// by seconds.
func TestTimesAreKeptWhereClocksDifferedBySeconds(t *testing.T) {
	defer func(was *time.Location) { time.Local = was }(time.Local)
	time.Local = time.FixedZone("LMT", 19*60+32) // Amsterdam until 1937
	for _, given := range []time.Time{ParseMillis("-1262304000000"), ParseSeconds("-1262304000")} {
		b, err := json.Marshal(note{Modified: given})
		if err != nil {
			t.Fatal(err)
		}
		var kept note
		if err := json.Unmarshal(b, &kept); err != nil || kept.Modified.Unix() != -1262304000 {
			t.Errorf("%v becomes %v, %v", given, kept.Modified, err)
		}
	}
}
