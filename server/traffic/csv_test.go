package traffic

import (
	"encoding/csv"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
)

// csvOf returns the table of some rows.
func csvOf(t *testing.T, rows ...Request) string {
	t.Helper()
	var all tail
	for _, q := range rows {
		all.add(q)
	}
	var b strings.Builder
	if err := all.snapshot().WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteCSV(t *testing.T) {
	phone := netip.MustParseAddr("192.168.1.30")
	got := csvOf(t,
		Request{Start: start, Duration: 1500 * time.Millisecond, Addr: phone, Method: "GET", Target: "/a,b.jpg", Status: 206, Bytes: 5_000_000_000, Cut: true, UserAgent: `My "own" phone`},
		Request{Start: start, Addr: netip.MustParseAddr("fd00::2"), Method: "GET", Target: "/", Referer: "http://x/"},
		Request{Start: start, Addr: phone, Note: "Mia’s iPhone was let in"},
		Request{Start: start, Addr: phone, Method: "PROPFIND", Target: "/", Status: 207, More: 213},
	)
	want := strings.Join([]string{
		`time,address,method,target,status,bytes,milliseconds,cut,referer,user agent,note,more like it`,
		`2026-03-09T17:04:05-03:30,192.168.1.30,GET,"/a,b.jpg",206,5000000000,1500,yes,,"My ""own"" phone",,`,
		`2026-03-09T17:04:05-03:30,fd00::2,GET,/,,0,0,,http://x/,,,`,
		`2026-03-09T17:04:05-03:30,192.168.1.30,,,,,,,,,Mia’s iPhone was let in,`,
		`2026-03-09T17:04:05-03:30,192.168.1.30,PROPFIND,/,207,0,0,,,,,213`,
		``,
	}, "\r\n")
	if got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestCSVHoldsNoFormula(t *testing.T) {
	for text, want := range map[string]string{
		"=HYPERLINK(\"http://x\")": "'=HYPERLINK(\"http://x\")",
		"+1":                       "'+1",
		"-1+2":                     "'-1+2",
		"@SUM(A1)":                 "'@SUM(A1)",
		"\t=1":                     "'\t=1",
		"\r=1":                     "'=1", // a bare CR is no end of a line
		"＝1":                       "'＝1",
		"a=1":                      "a=1",
		"/-1":                      "/-1",
		"":                         "",
		"\xff":                     "\uFFFD",
	} {
		table := csvOf(t, Request{Start: start, Method: text, Target: text, Referer: text, UserAgent: text}, Request{Start: start, Note: "x"}, Request{Start: start, Note: text + "."})
		rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
		if err != nil || len(rows) != 4 {
			t.Fatalf("%q: %d rows, %v", text, len(rows), err)
		}
		for _, column := range []int{2, 3, 8, 9} {
			if got := rows[1][column]; got != want {
				t.Errorf("%q: column %d is %q, want %q", text, column, got, want)
			}
		}
		if got := rows[3][10]; got != want+"." {
			t.Errorf("%q: the note is %q, want %q", text, got, want+".")
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("GET", "/a%20b", "curl/8.5.0")
	f.Add("=1", "\r\n,=1", "\"\xff")
	f.Fuzz(func(t *testing.T, method, target, agent string) {
		table := csvOf(t, Request{Start: start, Method: method, Target: target, UserAgent: agent})
		rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%d rows of %q, %v", len(rows), table, err)
		}
		if slices.ContainsFunc(rows[1], func(s string) bool { return s != "" && strings.ContainsAny(s[:1], "=+-@\t\r") }) {
			t.Errorf("a formula in %q", rows[1])
		}
	})
}

func TestWriteCSVOnAFullDisk(t *testing.T) {
	var rows tail
	numbered(&rows, 10_000)
	if err := rows.snapshot().WriteCSV(&full{room: 3}); !errors.Is(err, errFull) {
		t.Errorf("on a full disk: %v", err)
	}
}
