package conns

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// testTLS is a server's configuration, and a client's that trusts it. The client
// offers no protocol above TLS.
var testTLS = sync.OnceValues(func() (server, client *tls.Config) {
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates, NextProtos: []string{"h2", "http/1.1"}},
		&tls.Config{RootCAs: roots, ServerName: "example.com"}
})

func openTLS(t testing.TB, c Config) *Listener {
	t.Helper()
	server, _ := testTLS()
	c.TLS, c.HandshakeTimeout = func() *tls.Config { return server }, 10*time.Second
	return open(t, c)
}

// serveTLS is serveOn, with HTTP/2 too.
func serveTLS(t testing.TB, l *Listener, h http.Handler) {
	t.Helper()
	one, two := &http.Server{Handler: h}, &http.Server{Handler: h}
	ended := make(chan error, 1)
	go func() { ended <- l.Serve(one, two) }()
	t.Cleanup(func() {
		l.Close()
		l.CloseIdle()
		one.Close()
		two.Close()
		must(t, <-ended)
		until(t, "all are gone", func() bool { return l.Len() == 0 })
	})
}

func connectTLS(t testing.TB, l *Listener, offers ...string) client {
	t.Helper()
	_, config := testTLS()
	config = config.Clone()
	config.NextProtos = offers
	c := tls.Client(dial(t, l), config)
	c.SetDeadline(time.Now().Add(10 * time.Second))
	must(t, c.Handshake())
	return client{c, bufio.NewReader(c)}
}

// httpClient returns a client for one version of HTTP.
func httpClient(t testing.TB, major int) *http.Client {
	t.Helper()
	_, config := testTLS()
	protocols := new(http.Protocols)
	protocols.SetHTTP1(major == 1)
	protocols.SetHTTP2(major == 2)
	transport := &http.Transport{TLSClientConfig: config.Clone(), Protocols: protocols}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

var describe = http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
	fmt.Fprintf(w, "%s, TLS %v, HTTP/%d", q.RemoteAddr[:9], q.TLS != nil, q.ProtoMajor)
})

func TestOnePortSpeaksAll(t *testing.T) {
	l := openTLS(t, Config{})
	serveTLS(t, l, describe)
	for _, test := range []struct {
		scheme string
		major  int
		want   string
	}{
		{"http", 1, "127.0.0.1, TLS false, HTTP/1"},
		{"https", 1, "127.0.0.1, TLS true, HTTP/1"},
		{"https", 2, "127.0.0.1, TLS true, HTTP/2"},
	} {
		answer, err := httpClient(t, test.major).Get(test.scheme + "://" + l.Addr().String())
		must(t, err)
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if string(body) != test.want || err != nil {
			t.Errorf("%q, %v, want %q", body, err, test.want)
		}
	}
}

func TestConnectionIsParkedOverTLS(t *testing.T) {
	l := openTLS(t, Config{})
	serveTLS(t, l, hello)
	c := connectTLS(t, l)
	for range 3 {
		c.send(t, request+request) // the second is there before the first is answered
		c.receive(t)
		c.receive(t)
		allParked(t, l, 1)
		c.send(t, request[:1])
		until(t, "unparked", func() bool { _, awake := count(l); return awake == 1 })
		c.send(t, request[1:])
		c.receive(t)
	}
	allParked(t, l, 1)
	c.Close()
	allParked(t, l, 0)
}

func TestIdleHTTP2IsNotClosedAsSoonAsItWouldBeParked(t *testing.T) {
	l := openTLS(t, Config{})
	serveTLS(t, l, describe)
	c := httpClient(t, 2)
	for range 2 {
		answer, err := c.Get("https://" + l.Addr().String())
		must(t, err)
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		time.Sleep(20 * time.Millisecond) // twenty times what it takes until a connection is parked
	}
	if n := l.Accepted(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

func TestCloseIdleClosesClientsThatHaveNotGreeted(t *testing.T) {
	l := openTLS(t, Config{})
	serveTLS(t, l, hello)
	silent, begun, secure := connect(t, l), connect(t, l), connectTLS(t, l)
	begun.send(t, "\x16\x03\x01")
	until(t, "all are there", func() bool { return l.Len() == 3 })
	l.Close()
	l.CloseIdle()
	for _, c := range []client{silent, begun, secure} {
		c.isClosed(t)
	}
}

func TestHandshakeHasToEnd(t *testing.T) {
	server, _ := testTLS()
	l := open(t, Config{TLS: func() *tls.Config { return server }, HandshakeTimeout: 20 * time.Millisecond})
	serveTLS(t, l, hello)
	c := connect(t, l)
	c.send(t, "\x16\x03\x01\x02\x00")
	c.isClosed(t)
}

func TestSilentClientIsNotKeptForLongerThanAnIdleOne(t *testing.T) {
	l := openTLS(t, Config{IdleTimeout: 20 * time.Millisecond})
	serveTLS(t, l, hello)
	connect(t, l).isClosed(t)
}

func TestHTTP2CountsForManyConnections(t *testing.T) {
	l := openTLS(t, Config{Max: 2*streamsPerConn + 1})
	serveTLS(t, l, hello)
	connectTLS(t, l, "h2")
	second := connectTLS(t, l, "h2")
	until(t, "both are there", func() bool { l.open.mu.Lock(); defer l.open.mu.Unlock(); return l.open.count == 2*streamsPerConn })
	connectTLS(t, l, "h2").isClosed(t)
	c := connectTLS(t, l)
	c.send(t, request)
	c.receive(t)
	c.Close()
	second.Close()
	until(t, "there is room again", func() bool { l.open.mu.Lock(); defer l.open.mu.Unlock(); return l.open.count == streamsPerConn })
	connectTLS(t, l, "h2").send(t, http2Preface)
}

const http2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

func TestLargeAnswersArriveWhole(t *testing.T) {
	content := make([]byte, 3<<20+123)
	for i := range content {
		content[i] = byte(i * i >> 7)
	}
	path := filepath.Join(t.TempDir(), "large")
	must(t, os.WriteFile(path, content, 0o600))
	for name, h := range map[string]http.HandlerFunc{
		"from a file": func(w http.ResponseWriter, q *http.Request) { http.ServeFile(w, q, path) },
		"at once":     func(w http.ResponseWriter, _ *http.Request) { w.Write(content) },
		"in odd parts": func(w http.ResponseWriter, _ *http.Request) {
			io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{bytes.NewReader(content)}, make([]byte, 70001))
		},
	} {
		l := openTLS(t, Config{})
		serveTLS(t, l, h)
		for _, major := range []int{1, 2} {
			answer, err := httpClient(t, major).Get("https://" + l.Addr().String() + "/")
			must(t, err)
			got, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			if !bytes.Equal(got, content) || err != nil {
				t.Errorf("%s, HTTP/%d: %d bytes, %v", name, major, len(got), err)
			}
		}
	}
}

func TestTLSEndsWithAFarewell(t *testing.T) {
	l := openTLS(t, Config{})
	serveTLS(t, l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close")
		io.WriteString(w, "hello")
	}))
	c := connectTLS(t, l)
	c.send(t, request)
	if _, err := io.ReadAll(c.in); err != nil { // io.ErrUnexpectedEOF without it
		t.Error(err)
	}
}

func TestTLSThatIsCutEndsWithout(t *testing.T) {
	l := openTLS(t, Config{})
	conns := make(chan net.Conn, 1)
	one := &http.Server{
		Handler:     http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) { <-q.Context().Done() }),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context { conns <- c; return ctx },
	}
	serveOn(t, l, one)
	c := connectTLS(t, l)
	c.send(t, request)
	cut := <-conns
	cut.(interface{ SetLinger(int) error }).SetLinger(0)
	cut.Close()
	if _, err := io.ReadAll(c.in); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("It ends as if all were there: %v", err)
	}
}

func TestClosingDoesNotWaitForAClientThatReadsNothing(t *testing.T) {
	l := openTLS(t, Config{})
	writing := make(chan struct{})
	conns := make(chan net.Conn, 1)
	one := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			control := http.NewResponseController(w)
			close(writing)
			for err := error(nil); err == nil; { // as package traffic does while a queue moves
				control.SetWriteDeadline(time.Now().Add(time.Minute))
				_, err = w.Write(make([]byte, 1<<20))
			}
		}),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context { conns <- c; return ctx },
	}
	serveOn(t, l, one)
	connectTLS(t, l).send(t, request)
	<-writing
	c := connOf(<-conns)
	until(t, "the queue is full", func() bool {
		c.peer.mu.Lock()
		defer c.peer.mu.Unlock()
		return c.peer.writes > 8 && c.peer.writes%2 == 1
	})
	before := time.Now()
	c.Close()
	if took := time.Since(before); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
}
