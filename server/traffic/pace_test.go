package traffic

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener whose connections are in memory, so that their
// deadlines follow a test's own clock.
type pipes chan net.Conn

func (p pipes) Addr() net.Addr { return &net.UnixAddr{} }
func (p pipes) Close() error   { return nil }
func (p pipes) Accept() (net.Conn, error) {
	if c, ok := <-p; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}

// dial returns a connection to a server with a time-out of a minute. Both
// live in the caller's bubble and end with it.
func dial(t *testing.T, r *Recorder, next http.HandlerFunc) net.Conn {
	t.Helper()
	l := make(pipes)
	s := &http.Server{Handler: r.Handler(next), ConnContext: r.ConnContext, IdleTimeout: 48 * time.Hour}
	go s.Serve(l)
	client, server := net.Pipe()
	l <- server
	t.Cleanup(func() {
		client.Close()
		close(l)
		s.Close()
		r.Wait()
		synctest.Wait()
	})
	return client
}

// ask sends a request line, the headers and what follows.
func ask(t *testing.T, c net.Conn, text string) {
	t.Helper()
	if _, err := io.WriteString(c, strings.ReplaceAll(text, "\n", "\r\n")); err != nil {
		t.Fatal(err)
	}
}

// answerTo reads an answer; it has the whole content when it returns.
func answerTo(t *testing.T, c *bufio.Reader) (status int, content string) {
	t.Helper()
	resp, err := http.ReadResponse(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(all)
}

// only returns the log's only row.
func only(t *testing.T, r *Recorder) *Request {
	t.Helper()
	synctest.Wait()
	log := r.Snapshot().Log
	if log.Len() != 1 {
		t.Fatalf("%d rows in the log, want 1", log.Len())
	}
	return log.At(0)
}

const get = "GET / HTTP/1.1\nHost: x\n\n"

func TestStalledDownloadIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(Options{})
		c := dial(t, r, func(w http.ResponseWriter, _ *http.Request) {
			io.Copy(w, io.LimitReader(endless{}, 1<<30))
		})
		ask(t, c, get)
		io.CopyN(io.Discard, c, 200<<10) // and then nothing more
		begun := time.Now()
		r.Wait()
		if took := time.Since(begun); took < time.Minute || took > 75*time.Second {
			t.Errorf("cut after %v, want 60 to 75 s", took)
		}
		if got := only(t, r); !got.Cut || got.Status != 200 || got.Bytes < 100<<10 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestSlowDownloadGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const size = 8 << 20
		r := New(Options{})
		c := dial(t, r, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(size))
			w.Write(make([]byte, size)) // in one go
		})
		ask(t, c, get)
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		for n := int64(0); n < size; {
			time.Sleep(10 * time.Second)
			m, err := io.CopyN(io.Discard, resp.Body, 16<<10)
			if n += m; err != nil {
				t.Fatalf("after %v and %d bytes: %v", time.Since(begun), n, err)
			}
		}
		if took := time.Since(begun); took < time.Hour {
			t.Errorf("it took %v only", took)
		}
		if got := only(t, r); got.Cut || got.Bytes != size {
			t.Errorf("got %+v", got)
		}
	})
}

func TestHandlerMayTakeItsTime(t *testing.T) {
	tests := []struct{ name, request string }{
		{"without a body", get},
		{"with a body that it read", post + "12345678901234567890"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := New(Options{})
				c := dial(t, r, func(w http.ResponseWriter, req *http.Request) {
					n, _ := io.Copy(io.Discard, req.Body)
					req.Body.Read(make([]byte, 1)) // There is no more.
					for range 3 {
						select {
						case <-time.After(time.Hour):
						case <-req.Context().Done():
							t.Error("the request was cancelled meanwhile")
						}
						fmt.Fprint(w, n)
						http.NewResponseController(w).Flush()
					}
				})
				answers := bufio.NewReader(c)
				for range 2 { // on the same connection, a day later
					ask(t, c, tt.request)
					if status, content := answerTo(t, answers); status != 200 || len(content) < 3 {
						t.Errorf("got %d %q", status, content)
					}
					time.Sleep(24 * time.Hour)
				}
			})
		})
	}
}

func TestSendingAfterAnHour(t *testing.T) {
	hour := func() { time.Sleep(time.Hour) }
	tests := []struct {
		name string
		next http.HandlerFunc
	}{
		{"written", func(w http.ResponseWriter, _ *http.Request) { hour(); io.WriteString(w, "hello") }},
		{"flushed", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, "hello")
			hour()
			http.NewResponseController(w).Flush()
		}},
		{"by the server, at the end", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello"); hour() }},
		{"early hints", func(w http.ResponseWriter, _ *http.Request) {
			hour()
			w.WriteHeader(http.StatusEarlyHints)
			io.WriteString(w, "hello")
		}},
		{"copied", func(w http.ResponseWriter, _ *http.Request) { hour(); io.Copy(w, strings.NewReader("hello")) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := New(Options{})
				c := dial(t, r, tt.next)
				ask(t, c, get)
				answers := bufio.NewReader(c)
				status, content := answerTo(t, answers)
				if status == http.StatusEarlyHints {
					status, content = answerTo(t, answers)
				}
				if status != 200 || content != "hello" {
					t.Errorf("got %d %q", status, content)
				}
				if got := only(t, r); got.Cut || got.Bytes != 5 {
					t.Errorf("row: %+v", got)
				}
			})
		})
	}
}

// deadlines is a ResponseWriter that remembers its write deadline, unless that has passed.
type deadlines struct {
	http.ResponseWriter
	write time.Time
}

func (d *deadlines) SetWriteDeadline(t time.Time) error {
	if d.write.IsZero() || d.write.After(time.Now()) {
		d.write = t
	}
	return nil
}

func TestWatch(t *testing.T) {
	errClosed := errors.New("closed")
	tests := []struct {
		name  string
		queue func(look int) (int, error)
		full  bool // the other side has no room
		moves bool // the deadline does
	}{
		{"a byte now and then", func(look int) (int, error) { return 1000 - look/7, nil }, false, true},
		{"filled up again", func(look int) (int, error) { return 1000 + look%2, nil }, false, true},
		{"nothing to send", func(int) (int, error) { return 0, nil }, false, true},
		{"nothing moves", func(int) (int, error) { return 1000, nil }, false, false},
		{"stops moving", func(look int) (int, error) { return max(1000-look, 990), nil }, false, false},
		{"reads after minutes", func(look int) (int, error) { return 1000 + look/20%2, nil }, true, true},
		{"reads after minutes, and did not answer", func(look int) (int, error) { return 1000 + look/20%2, nil }, false, false},
		{"never reads", func(int) (int, error) { return 1000, nil }, true, false},
		{"the connection is closed", func(int) (int, error) { return 0, errClosed }, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := &deadlines{}
				p := &pace{}
				p.start(d, nil, New(Options{}), time.Now())
				looks := 0
				p.watch = p.watches.start(p, func() (int, error) { looks++; return tt.queue(looks) }, func() bool { return tt.full })
				time.Sleep(time.Hour)
				synctest.Wait()
				if got := d.write.After(time.Now()); got != tt.moves {
					t.Errorf("the deadline is %v away, after %d looks", time.Until(d.write), looks)
				}
				p.stop()
				before := d.write
				time.Sleep(time.Hour)
				synctest.Wait()
				if d.write != before {
					t.Error("the deadline moved after the end of the request")
				}
			})
		})
	}
}
