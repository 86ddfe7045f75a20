package conns

import (
	"crypto/tls"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

func TestTLSIsRefusedAtOnce(t *testing.T) {
	var told atomic.Int32
	l := open(t, Config{OnTLS: func() { told.Add(1) }})
	serveOn(t, l, &http.Server{Handler: hello})
	for name, config := range map[string]*tls.Config{
		"short": {},
		"long":  {NextProtos: []string{strings.Repeat("a", 200), strings.Repeat("b", 200), strings.Repeat("c", 200)}}, // two packets on an Ethernet
	} {
		t.Run(name, func(t *testing.T) {
			before := told.Load()
			c := connect(t, l)
			config.ServerName = "localhost"
			err := tls.Client(c.Conn, config).Handshake()
			if err == nil || !strings.Contains(err.Error(), "protocol version not supported") {
				t.Errorf("the client says %v", err)
			}
			until(t, "it is gone", func() bool { return l.Len() == 0 })
			if n := told.Load() - before; n != 1 {
				t.Errorf("told %d times", n)
			}
		})
	}
}

func TestTLSInPieces(t *testing.T) {
	hello := "\x16\x03\x01\x02\x00" + strings.Repeat("x", 512)
	for _, size := range []int{1, recordHeader, recordHeader + 1, len(hello)} {
		l := open(t, Config{OnTLS: func() {}})
		serveOn(t, l, &http.Server{Handler: nil})
		c := connect(t, l)
		c.send(t, hello[:size])
		answer, err := io.ReadAll(c.in) // to its end, before the rest is sent
		if string(answer) != string(noTLS) || err != nil {
			t.Errorf("after %d bytes: %q, %v", size, answer, err)
		}
		c.Close()
	}
}

func TestOnlyTheFirstByteSaysTLS(t *testing.T) {
	l := open(t, Config{OnTLS: func() { t.Error("told of TLS") }})
	serveOn(t, l, &http.Server{Handler: hello})
	c := connect(t, l)
	c.send(t, request)
	c.receive(t)
	allParked(t, l, 1)
	c.send(t, "\x16\x03\x01\r\n\r\n")
	c.isClosed(t)
}
