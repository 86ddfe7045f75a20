package traffic

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// conn is how a listener that counts connections hands them out.
type conn struct{ *net.TCPConn }

// listener makes its connections a conn.
type listener struct{ net.Listener }

func (l listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return conn{c.(*net.TCPConn)}, nil
}

// serve starts a server on loopback and returns its address.
func serve(t testing.TB, r *Recorder, next http.HandlerFunc) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: r.Handler(next), ConnContext: r.ConnContext, IdleTimeout: time.Minute}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.Serve(listener{l})
	}()
	t.Cleanup(func() {
		s.Close()
		<-ended
		r.Wait()
		http.DefaultClient.CloseIdleConnections()
	})
	return l.Addr().String()
}

// eventually waits until cond holds, which it does after some other goroutine
// got its turn.
func eventually(t testing.TB, what string, cond func() bool) {
	t.Helper()
	const patience = 20 * time.Second
	for begun := time.Now(); !cond(); {
		if time.Since(begun) > patience {
			t.Fatalf("it did not happen: %s", what)
		}
		time.Sleep(time.Millisecond)
	}
}

// rows waits for n rows and returns them, oldest first.
func rows(t testing.TB, r *Recorder, n int) []*Request {
	t.Helper()
	var all []*Request
	eventually(t, fmt.Sprintf("%d rows in the log", n), func() bool {
		log := r.Snapshot().Log
		all = nil
		for i := range log.Len() {
			all = append(all, log.At(i))
		}
		return len(all) >= n
	})
	if len(all) > n {
		t.Fatalf("%d rows in the log, want %d", len(all), n)
	}
	return all
}

// record sends one request through a Recorder, without a network.
func record(t *testing.T, r *Recorder, req *http.Request, next http.HandlerFunc) *Request {
	t.Helper()
	func() {
		defer func() { recover() }()
		r.Handler(next).ServeHTTP(httptest.NewRecorder(), req)
	}()
	log := r.Snapshot().Log
	return log.At(log.Len() - 1)
}

func TestRowSaysWhatHappened(t *testing.T) {
	text := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if status != 0 {
				w.WriteHeader(status)
			}
			io.WriteString(w, body)
		}
	}
	tests := []struct {
		name   string
		method string
		next   http.HandlerFunc
		status int
		bytes  int64
		cut    bool
	}{
		{"an answer", "GET", text(0, "hello"), 200, 5, false},
		{"not found", "GET", text(404, "no"), 404, 2, false},
		{"nothing written", "GET", func(http.ResponseWriter, *http.Request) {}, 200, 0, false},
		{"HEAD has no content", "HEAD", text(0, "hello"), 200, 0, false},
		{"HEAD with a length", "HEAD", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99")
			w.WriteHeader(200)
		}, 200, 0, false},
		{"not modified", "GET", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99")
			w.WriteHeader(304)
		}, 304, 0, false},
		{"early hints are not the answer", "GET", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(103)
			w.WriteHeader(404)
		}, 404, 0, false},
		{"only the first status counts", "GET", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(201)
			w.WriteHeader(500)
		}, 201, 0, false},
		{"flushed without content", "GET", func(w http.ResponseWriter, _ *http.Request) {
			http.NewResponseController(w).Flush()
		}, 200, 0, false},
		{"less than promised", "GET", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			io.WriteString(w, "1234")
		}, 200, 4, true},
		{"aborted before the answer", "GET", func(http.ResponseWriter, *http.Request) {
			panic(http.ErrAbortHandler)
		}, 0, 0, true},
		{"aborted in the middle", "GET", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, "1234")
			panic("a bug")
		}, 200, 4, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := record(t, New(Options{}), httptest.NewRequest(tt.method, "/x", nil), tt.next)
			if got.Status != tt.status || got.Bytes != tt.bytes || got.Cut != tt.cut {
				t.Errorf("status %d, %d bytes, cut %v; want %d, %d, %v",
					got.Status, got.Bytes, got.Cut, tt.status, tt.bytes, tt.cut)
			}
		})
	}
}

func TestDeviceLeftBeforeTheAnswer(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	req := httptest.NewRequestWithContext(ctx, "GET", "/", nil)
	got := record(t, New(Options{}), req, func(http.ResponseWriter, *http.Request) { leave() })
	if got.Status != 0 || !got.Cut {
		t.Errorf("status %d, cut %v; want 0, true", got.Status, got.Cut)
	}
}

func TestPanicGoesOn(t *testing.T) {
	r := New(Options{})
	h := r.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer func() {
		if got := recover(); got != http.ErrAbortHandler {
			t.Errorf("recovered %v, want http.ErrAbortHandler", got)
		}
		r.Wait() // The request is over all the same.
	}()
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
}

func TestRowKeepsWhatTheClientSent(t *testing.T) {
	req := httptest.NewRequest("GET", "/a%20b?c=d", nil)
	req.RemoteAddr = "[::ffff:10.1.2.3]:999"
	req.Header.Set("Referer", "http://x/")
	req.Header.Set("User-Agent", "curl/8.5.0")
	got := record(t, New(Options{}), req, func(http.ResponseWriter, *http.Request) {})
	want := Request{
		Start: got.Start, Duration: got.Duration, Addr: netip.MustParseAddr("10.1.2.3"),
		Method: "GET", Target: "/a%20b?c=d", Proto: "HTTP/1.1", Status: 200,
		Referer: "http://x/", UserAgent: "curl/8.5.0",
	}
	if *got != want {
		t.Errorf("got  %+v\nwant %+v", *got, want)
	}
}

func TestLongTextIsShortened(t *testing.T) {
	long := strings.Repeat("x", 5000)
	req := httptest.NewRequest("GET", "/"+long, nil)
	req.Method = long
	req.Header.Set("Referer", long)
	req.Header.Set("User-Agent", long)
	got := record(t, New(Options{}), req, func(http.ResponseWriter, *http.Request) {})
	lengths := []int{len(got.Method), len(got.Target), len(got.Referer), len(got.UserAgent)}
	for i, want := range []int{32, 1024, 256, 256} {
		if lengths[i] != want {
			t.Errorf("lengths of method, target, referer and agent are %v", lengths)
			break
		}
	}
}

func TestKilledConnectionIsCut(t *testing.T) {
	for _, how := range []string{"file", "buffer"} {
		t.Run(how, func(t *testing.T) {
			f, err := os.Create(t.TempDir() + "/film")
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			const size = 1 << 30 // with a hole in it that large
			if err := f.Truncate(size); err != nil {
				t.Fatal(err)
			}
			r := New(Options{})
			addr := serve(t, r, func(w http.ResponseWriter, req *http.Request) {
				if how == "file" {
					http.ServeContent(w, req, "film.mp4", time.Time{}, f)
					return
				}
				w.Header().Set("Content-Length", fmt.Sprint(size))
				io.Copy(w, io.LimitReader(endless{}, size))
			})
			resp, err := http.Get("http://" + addr + "/film.mp4")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.CopyN(io.Discard, resp.Body, 5<<20); err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			got := rows(t, r, 1)[0]
			if !got.Cut || got.Bytes < 5<<20-filePiece || got.Bytes >= size || got.Status != 200 {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// endless is a reader of zero bytes.
type endless struct{}

func (endless) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestChangedIsCalledWithoutALock(t *testing.T) {
	var r *Recorder
	var calls int
	called := func() { calls++; r.Snapshot() }
	r = New(Options{Changed: called, Moved: called})
	record(t, r, httptest.NewRequest("GET", "/", nil), func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "x")
	})
	if calls != 3 {
		t.Errorf("called %d times, want 3: when it began, moved and ended", calls)
	}
}

func TestWaitReturnsAfterTheLastRequest(t *testing.T) {
	r := New(Options{})
	r.Wait() // There is none yet.
	leave := make(chan struct{})
	began := make(chan struct{})
	h := r.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { began <- struct{}{}; <-leave }))
	for range 2 {
		go h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	}
	<-began
	<-began
	waited := make(chan struct{})
	go func() { r.Wait(); close(waited) }()
	leave <- struct{}{}
	rows(t, r, 1)
	select {
	case <-waited:
		t.Error("Wait returned while a request was running")
	default:
	}
	leave <- struct{}{}
	<-waited
}
