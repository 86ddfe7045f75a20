package traffic

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const filmSize = 1_000_000

// request asks for a file from an address; ranges is a Range header's value
// without its unit, or "".
func request(path, addr, ranges string) *http.Request {
	req := httptest.NewRequest("GET", path, nil)
	req.RemoteAddr = addr + ":999"
	if ranges != "" {
		req.Header.Set("Range", ranges)
	}
	return req
}

// take lets a device send a request, which next answers.
func take(r *Recorder, req *http.Request, next http.HandlerFunc) {
	defer func() { recover() }() // answers that break
	r.Handler(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.Attribute(w, q, 0)
		if r.Mark(w, Thing{Kind: File, Key: q.URL.Path, Name: q.URL.Path[1:], Size: filmSize}) != nil {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		next(w, q)
	})).ServeHTTP(httptest.NewRecorder(), req)
}

// pieces answers with n pieces, and a pause before each; with what the request
// asks for in its Range header.
func pieces(n int, size int, pause time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, q *http.Request) {
		if from := q.Header.Get("Range"); from != "" {
			w.Header().Set("Content-Range", "bytes "+from+"/1000000")
			w.WriteHeader(http.StatusPartialContent)
		}

		for range n {
			time.Sleep(pause)
			w.Write(make([]byte, size))
		}
	}
}

// broken is an answer that breaks after what next sends.
func broken(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, q *http.Request) {
		next(w, q)
		panic(http.ErrAbortHandler)
	}
}

func TestTransferGoesByItsStates(t *testing.T) {
	tests := []struct {
		name    string
		happens func(r *Recorder)
		want    Transfer // of the history's first
	}{
		{"whole", func(r *Recorder) {
			take(r, request("/film", "10.0.0.1", ""), pieces(10, filmSize/10, time.Second))
		}, Transfer{ID: 1, State: Whole, Done: filmSize, Moved: filmSize, Active: 10 * time.Second}},
		{"broken", func(r *Recorder) {
			take(r, request("/film", "10.0.0.1", ""), broken(pieces(4, filmSize/10, time.Second)))
		}, Transfer{ID: 1, State: Broken, Done: 400_000, Moved: 400_000, Active: 4 * time.Second}},
		{"broken and resumed", func(r *Recorder) {
			take(r, request("/film", "10.0.0.1", ""), broken(pieces(4, filmSize/10, time.Second)))
			time.Sleep(time.Minute)
			take(r, request("/film", "10.0.0.1", "400000-999999"), pieces(6, filmSize/10, time.Second))
		}, Transfer{ID: 1, State: Whole, Done: filmSize, Moved: filmSize, Active: 10 * time.Second, Resumed: 1}},
		{"resumed that began before", func(r *Recorder) {
			take(r, request("/film", "10.0.0.1", "900000-999999"), broken(pieces(1, 50_000, time.Second)))
		}, Transfer{ID: 1, State: Broken, Done: 950_000, Moved: 50_000, Active: time.Second, Resumed: 1}},
		{"broken and begun anew", func(r *Recorder) {
			take(r, request("/film", "10.0.0.1", ""), broken(pieces(4, filmSize/10, time.Second)))
			time.Sleep(time.Minute)
			take(r, request("/film", "10.0.0.1", ""), pieces(10, filmSize/10, time.Second))
		}, Transfer{ID: 2, State: Whole, Done: filmSize, Moved: filmSize, Active: 10 * time.Second}},
		{"a player's pieces", func(r *Recorder) {
			for from := 0; from < 500_000; from += 100_000 {
				take(r, request("/film", "10.0.0.1", fmt.Sprintf("%d-%d", from, from+99_999)), pieces(1, 100_000, 400*time.Millisecond))
			}
		}, Transfer{ID: 1, State: InPart, Done: 500_000, Moved: 500_000, Active: 2 * time.Second}},
		{"the same piece twice", func(r *Recorder) {
			for range 2 {
				take(r, request("/film", "10.0.0.1", "0-99999"), pieces(1, 100_000, time.Second))
				take(r, request("/film", "10.0.0.1", "100000-199999"), pieces(1, 100_000, time.Second))
			}
		}, Transfer{ID: 1, State: InPart, Done: 200_000, Moved: 400_000, Active: 4 * time.Second}},
		{"refused", func(r *Recorder) {
			take(r, request("/other", "10.0.0.1", ""), pieces(1, filmSize, time.Second))
			take(r, request("/film", "10.0.0.1", ""), func(w http.ResponseWriter, _ *http.Request) {
				time.Sleep(time.Second)
				w.WriteHeader(http.StatusNotFound)
			})
		}, Transfer{ID: 1, State: Whole, Name: "other", Done: filmSize, Moved: filmSize, Active: time.Second}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := New(Options{})
				tt.happens(r)
				time.Sleep(5 * time.Second)
				synctest.Wait()
				s := r.Snapshot()
				if len(s.History) == 0 || len(s.Transfers) != 0 {
					t.Fatalf("history %+v, running %+v", s.History, s.Transfers)
				}
				got := s.History[0]
				if got.Name != "film" && got.Name != tt.want.Name || got.Total != filmSize || got.Addr.String() != "10.0.0.1" {
					t.Errorf("got %+v", got)
				}
				got.Name, got.Addr, got.Kind, got.Total, got.Last = tt.want.Name, tt.want.Addr, tt.want.Kind, 0, time.Time{}
				if got != tt.want {
					t.Errorf("got  %+v\nwant %+v", got, tt.want)
				}
				time.Sleep(2 * time.Minute) // the beat ends
			})
		})
	}
}

func TestShortRequestsAreNoTransfers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(Options{})
		for range 5 {
			take(r, request("/photo", "10.0.0.1", ""), pieces(1, filmSize, time.Millisecond))
			take(r, request("/film", "10.0.0.1", "0-1"), pieces(1, 2, time.Millisecond))
			time.Sleep(time.Minute)
		}
		if s := r.Snapshot(); len(s.Transfers)+len(s.History) != 0 || s.Devices[0].Files != 1 {
			t.Errorf("running %+v, history %+v, device %+v", s.Transfers, s.History, s.Devices[0])
		}
		time.Sleep(2 * time.Minute)
	})
}

func TestTransferWhileItRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(Options{})
		go take(r, request("/film", "10.0.0.1", "500000-999999"), pieces(500, 1000, 100*time.Millisecond))
		time.Sleep(20*time.Second + time.Millisecond)
		synctest.Wait()
		got := r.Snapshot().Transfers[0]
		if got.Done != 700_000 || got.Moved != 200_000 || got.State != Moving {
			t.Errorf("after 20 s: %+v", got)
		}
		time.Sleep(3 * time.Minute)
	})
}

func TestCanceledStaysCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(Options{})
		take(r, request("/film", "10.0.0.1", "0-99999"), pieces(1, 100_000, time.Second))
		r.Cancel(r.Snapshot().Transfers[0].ID)
		status := func(addr string) int {
			take(r, request("/film", addr, "100000-199999"), pieces(1, 100_000, time.Second))
			log := r.Snapshot().Log
			return log.At(log.Len() - 1).Status
		}
		if got := status("10.0.0.1"); got != http.StatusForbidden {
			t.Errorf("a moment later: %d, want 403", got)
		}
		if got := status("10.0.0.2"); got != http.StatusPartialContent {
			t.Errorf("for another device: %d, want 206", got)
		}
		time.Sleep(time.Minute)
		if got := status("10.0.0.1"); got != http.StatusPartialContent {
			t.Errorf("a minute later: %d, want 206", got)
		}
		time.Sleep(2 * time.Minute)
	})
}

func TestArrivals(t *testing.T) {
	send := func(r *Recorder, size int, offset int64) {
		req := httptest.NewRequest("PATCH", "/up", strings.NewReader(strings.Repeat("x", size)))
		req.RemoteAddr = "10.0.0.1:999"
		r.Handler(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			r.Attribute(w, q, 0)
			r.Mark(w, Thing{Kind: Arrival, Key: "id", Name: "photo", Size: 1000, Offset: offset, Piece: true})
			buf := make([]byte, 100)
			for n := 0; n < size; n += 100 {
				time.Sleep(time.Second)
				q.Body.Read(buf)
			}
		})).ServeHTTP(httptest.NewRecorder(), req)
	}
	synctest.Test(t, func(t *testing.T) {
		r := New(Options{})
		send(r, 400, 0)
		if got := r.Snapshot().Transfers[0]; got.Done != 400 || got.Total != 1000 || got.Kind != Arrival {
			t.Errorf("after the first piece: %+v", got)
		}
		send(r, 600, 400)
		s := r.Snapshot()
		if len(s.History) != 1 || s.History[0].State != Whole || s.History[0].Done != 1000 || s.History[0].Active != 10*time.Second {
			t.Errorf("at the end: %+v", s.History)
		}
		if d := s.Devices[0]; d.Received != 1000 || d.Brought != 1 || s.Totals.Received != 1000 {
			t.Errorf("device %+v, totals %+v", d, s.Totals)
		}
		time.Sleep(2 * time.Minute)
	})
}

// TestTotalsAreWhatTransfersSay looks at the sum that stands above the bars: at any moment
// it is theirs, and what came and went with pages and thumbnails is not in it.
func TestTotalsAreWhatTransfersSay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(Options{})
		of := func(s Snapshot) (sent int64) {
			for _, t := range append(s.History, s.Transfers...) {
				sent += t.Moved
			}
			return sent
		}
		record(t, r, from("10.0.0.1", iPhone), attributed(r, 0)) // a page
		if got := r.Snapshot().Totals.Bytes; got != 0 {
			t.Errorf("a page counts %d bytes", got)
		}
		for range 3 {
			take(r, request("/film", "10.0.0.1", "0-299999"), pieces(3, 100_000, time.Second))
			take(r, request("/other", "10.0.0.1", ""), broken(func(w http.ResponseWriter, q *http.Request) {
				pieces(2, 100_000, time.Second)(w, q)
				if s := r.Snapshot(); s.Totals.Bytes != of(s) || of(s) == 0 {
					t.Errorf("while it runs %d, the bars say %d", s.Totals.Bytes, of(s))
				}
			}))
		}
		time.Sleep(2 * time.Minute)
		if s := r.Snapshot(); s.Totals.Bytes != of(s) || s.Totals.Bytes != 1_500_000 {
			t.Errorf("in the end %d, the bars said %d", s.Totals.Bytes, of(s))
		}
		take(r, request("/short", "10.0.0.1", ""), pieces(1, 500, 0)) // too short for a bar
		if got := r.Snapshot().Totals.Bytes; got != 1_500_500 {
			t.Errorf("with a short one %d", got)
		}
	})
}

func TestFoldersAndFilesCountOnce(t *testing.T) {
	r := New(Options{})
	for _, folder := range []string{"a", "b", "a", "c"} {
		req := request("/"+folder, "10.0.0.1", "")
		r.Handler(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			r.Attribute(w, q, 0)
			r.Mark(w, Thing{Kind: Folder, Key: folder})
		})).ServeHTTP(httptest.NewRecorder(), req)
	}
	for range 3 {
		take(r, request("/film", "10.0.0.1", ""), pieces(1, filmSize, 0))
	}
	if d := r.Snapshot().Devices[0]; d.Folders != 3 || d.Files != 1 {
		t.Errorf("%d folders, %d files; want 3 and 1", d.Folders, d.Files)
	}
}
