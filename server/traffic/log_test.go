package traffic

import (
	"errors"
	"strings"
	"sync"
	"testing"
)

// numbered adds rows that carry their sequence number until there were n.
func numbered(t *tail, n int) {
	for t.added < uint64(n) {
		t.add(Request{Bytes: int64(t.added)})
	}
}

func TestLogKeepsTheLastRows(t *testing.T) {
	const most = 10_000
	for _, added := range []int{0, 1, 249, 250, 251, 9_999, 10_000, 10_001, 12_345, 1_000_000} {
		var rows tail
		numbered(&rows, added)
		log := rows.snapshot()
		if int(log.First())+log.Len() != added || log.Len() > most || log.Len() < min(added, most-blockRows) {
			t.Errorf("after %d: %d rows, the first is number %d", added, log.Len(), log.First())
		}
		for i := range log.Len() {
			if got, want := uint64(log.At(i).Bytes), log.First()+uint64(i); got != want {
				t.Fatalf("after %d: row %d is number %d, want %d", added, i, got, want)
			}
		}
	}
}

func TestLogNeverChanges(t *testing.T) {
	var rows tail
	numbered(&rows, 9_990)
	log := rows.snapshot()
	numbered(&rows, 30_000)
	if log.Len() != 9_990 || log.First() != 0 {
		t.Fatalf("%d rows, the first is number %d", log.Len(), log.First())
	}
	for i := range log.Len() {
		if log.At(i).Bytes != int64(i) {
			t.Fatalf("row %d became number %d", i, log.At(i).Bytes)
		}
	}
}

func TestLogIsReadWhileItIsWritten(t *testing.T) {
	r := New(Options{})
	var writers sync.WaitGroup
	for range 4 {
		writers.Go(func() {
			for range 5_000 {
				r.finish(&exchange{}, Request{Status: 200})
			}
		})
	}
	for done := false; !done; {
		log := r.Snapshot().Log
		for i := range log.Len() {
			if log.At(i).Status != 200 {
				t.Fatalf("row %d is empty", i)
			}
		}
		done = log.First()+uint64(log.Len()) == 20_000
	}
	writers.Wait()
}

func TestNoSuchRow(t *testing.T) {
	var rows tail
	numbered(&rows, 3)
	for _, i := range []int{-1, 3, 249, 250} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("there is a row %d of 3", i)
				}
			}()
			rows.snapshot().At(i)
		}()
	}
}

// full is a disk with room for some writes.
type full struct{ room int }

var errFull = errors.New("no space left")

func (f *full) Write(p []byte) (int, error) {
	if f.room--; f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriteCombined(t *testing.T) {
	var rows tail
	if err := rows.snapshot().WriteCombined(&full{}); err != nil {
		t.Errorf("empty log: %v", err)
	}
	numbered(&rows, 11_000)
	log := rows.snapshot()
	var b strings.Builder
	if err := log.WriteCombined(&b); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if len(lines) != log.Len()+1 {
		t.Errorf("%d lines for %d rows", len(lines)-1, log.Len())
	}
	if last := lines[log.Len()-1]; !strings.HasSuffix(last, ` 499 10999 "-" "-"`) {
		t.Errorf("the last line is %q", last)
	}
	if err := log.WriteCombined(&full{room: 3}); !errors.Is(err, errFull) {
		t.Errorf("on a full disk: %v", err)
	}
}
