package conns

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// held reports whether the end of what a client sends is held back.
func held(l *Listener) bool {
	for _, c := range l.open.all() {
		c.peer.mu.Lock()
		held := c.peer.over != nil
		c.peer.mu.Unlock()
		if held {
			return true
		}
	}
	return false
}

// waiting is a handler that waits for the test, or until the request's context
// is done.
type waiting struct {
	begun   chan *Conn    // the connection of a request
	goOn    chan struct{} // it may go on
	ended   chan error    // of the request's context, when the handler goes on
	content string
}

func newWaiting() waiting {
	return waiting{make(chan *Conn, 1), make(chan struct{}), make(chan error, 1), strings.Repeat("x", 1<<20)}
}

type connKey struct{}

func (w waiting) serve(t *testing.T) *Listener {
	return serve(t, &http.Server{Handler: w, ConnContext: func(ctx context.Context, c net.Conn) context.Context {
		return context.WithValue(ctx, connKey{}, c)
	}})
}

func (w waiting) ServeHTTP(out http.ResponseWriter, q *http.Request) {
	io.Copy(io.Discard, q.Body)
	w.begun <- q.Context().Value(connKey{}).(*Conn)
	select {
	case <-w.goOn:
	case <-q.Context().Done():
	}
	w.ended <- q.Context().Err()
	io.WriteString(out, w.content)
}

func TestClientThatEndsItsSendingSideGetsItsAnswer(t *testing.T) {
	for name, text := range map[string]string{
		"GET":  request,
		"POST": "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello",
		"1.0":  "GET / HTTP/1.0\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			w := newWaiting()
			l := w.serve(t)
			c := connect(t, l)
			c.send(t, text)
			must(t, c.Conn.(*net.TCPConn).CloseWrite())
			<-w.begun
			until(t, "it is held", func() bool { return held(l) })
			close(w.goOn)
			if err := <-w.ended; err != nil {
				t.Errorf("the request has ended: %v", err)
			}
			a, err := http.ReadResponse(c.in, nil)
			must(t, err)
			body, err := io.ReadAll(a.Body)
			if string(body) != w.content || err != nil {
				t.Errorf("%d bytes, %v", len(body), err)
			}
			c.isClosed(t)
			until(t, "it is gone", func() bool { return l.Len() == 0 })
		})
	}
}

func TestRequestEndsWithItsClient(t *testing.T) {
	for name, leave := range map[string]func(t *testing.T, near *Conn, far *net.TCPConn){
		"reset":                func(_ *testing.T, _ *Conn, far *net.TCPConn) { far.SetLinger(0); far.Close() },
		"standing, half-close": func(_ *testing.T, near *Conn, far *net.TCPConn) { near.Stand(); far.CloseWrite() },
		"half-close, standing": func(_ *testing.T, near *Conn, far *net.TCPConn) { far.CloseWrite(); near.Stand() },
		"closed here":          func(_ *testing.T, near *Conn, far *net.TCPConn) { far.CloseWrite(); near.Close() },
		"failed write": func(t *testing.T, near *Conn, far *net.TCPConn) {
			far.Close()
			until(t, "a write has failed", func() bool { // the first ones are on their way when the end comes
				near.Write([]byte("x"))
				return near.peer.failure() != nil
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWaiting()
			l := w.serve(t)
			c := connect(t, l)
			c.send(t, request)
			leave(t, <-w.begun, c.Conn.(*net.TCPConn))
			if err := <-w.ended; err == nil {
				t.Error("it goes on")
			}
			until(t, "it is gone", func() bool { return l.Len() == 0 })
		})
	}
}

func TestAnswerIsNotStandingAfterOneThatWas(t *testing.T) {
	w := newWaiting()
	l := w.serve(t)
	c := connect(t, l)
	for range 2 {
		c.send(t, request)
		near := <-w.begun
		near.peer.mu.Lock()
		standing := near.peer.standing
		near.peer.mu.Unlock()
		if standing {
			t.Error("it stands")
		}
		near.Stand()
		w.goOn <- struct{}{}
		<-w.ended
		a, err := http.ReadResponse(c.in, nil)
		must(t, err)
		io.Copy(io.Discard, a.Body)
	}
}

func TestHeldEndIsGivenUp(t *testing.T) {
	for _, tt := range []struct {
		name  string
		write func(*peer) // half a moment before the patience ends
		after time.Duration
	}{
		{"without a write", func(*peer) {}, patience},
		{"after a write", func(p *peer) { p.beginWrite(); p.endWrite(nil) }, 2 * patience},
		{"after a write that takes long", func(p *peer) {
			p.beginWrite()
			time.AfterFunc(3*patience, func() { p.endWrite(nil) })
		}, 5 * patience},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var p peer
				time.AfterFunc(patience-time.Second, func() { tt.write(&p) })
				start := time.Now()
				if err := p.holdEOF(); err != io.EOF {
					t.Error(err)
				}
				if took := time.Since(start); took != tt.after {
					t.Errorf("after %v, want %v", took, tt.after)
				}
			})
		})
	}
}

func TestReadDeadlineEndsHolding(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p peer
		p.moveReadDeadline(time.Now().Add(time.Hour))
		time.AfterFunc(time.Second, func() { p.moveReadDeadline(time.Unix(1, 0)) })
		if err := p.holdEOF(); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error(err)
		}
		p.moveReadDeadline(time.Time{})
		time.AfterFunc(time.Second, p.close)
		if err := p.holdEOF(); !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
	})
}

// A client asks for much at once and leaves: nobody reads the answers to what
// is there already.
func TestNothingIsAnsweredAfterAFailedWrite(t *testing.T) {
	const asked = 1000
	var answered atomic.Int32
	left := make(chan struct{})
	l := serve(t, &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			<-left
			answered.Add(1)
			near := q.Context().Value(connKey{}).(*Conn)
			near.Cork()
			io.WriteString(w, "hello")
			http.NewResponseController(w).Flush()
			near.Uncork() // net/http does not learn whether that worked
		}),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, connKey{}, c) },
	})
	c := connect(t, l)
	c.send(t, strings.Repeat(request, asked))
	must(t, c.Conn.(*net.TCPConn).SetLinger(0))
	must(t, c.Close())
	close(left)
	until(t, "it is gone", func() bool { return l.Len() == 0 })
	if n := answered.Load(); n > 3 {
		t.Errorf("%d requests were answered", n)
	}
}

func TestFailedWriteIsRemembered(t *testing.T) {
	for name, fail := range map[string]func(*Conn) error{
		"Write":    func(c *Conn) error { _, err := c.Write([]byte("x")); return err },
		"Uncork":   func(c *Conn) error { c.Cork(); c.Write([]byte("x")); return c.Uncork() },
		"ReadFrom": func(c *Conn) error { _, err := c.ReadFrom(strings.NewReader("x")); return err },
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := pair(t)
			must(t, c.TCPConn.CloseWrite())
			must(t, c.TCPConn.SetReadDeadline(time.Now().Add(time.Second)))
			want := fail(c)
			if want == nil {
				t.Fatal("it has not failed")
			}
			c.Cork()
			_, written := c.Write([]byte("y"))
			_, sent := c.ReadFrom(strings.NewReader("y"))
			_, read := c.Read(make([]byte, 9))
			for _, err := range []error{written, sent, read} {
				if err != want {
					t.Errorf("%v, want %v", err, want)
				}
			}
		})
	}
}
