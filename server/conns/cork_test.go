package conns

import (
	"bytes"
	"io"
	"net"
	"testing"
)

// pair returns both ends of a connection.
func pair(t *testing.T) (*Conn, net.Conn) {
	t.Helper()
	l := open(t, Config{})
	far := dial(t, l)
	c, err := l.Accept()
	must(t, err)
	t.Cleanup(func() { c.Close() })
	return c.(*Conn), far
}

func TestCork(t *testing.T) {
	for _, tt := range []struct {
		name string
		size int // of the second of three writes
		kept bool
	}{
		{"small", 32 << 10, true},
		{"as much as is kept", maxCorked - len("header") - len("end"), true},
		{"more than that", maxCorked - len("header") + 1, false},
		{"much more", 1 << 20, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, far := pair(t)
			content := bytes.Repeat([]byte("x"), tt.size)
			want := "header" + string(content) + "end"
			read := make(chan []byte)
			go func() {
				got := make([]byte, len(want)+len("next"))
				n, _ := io.ReadFull(far, got)
				read <- got[:n]
			}()
			for range 2 { // corking twice is corking once
				c.Cork()
			}
			for _, part := range [][]byte{[]byte("header"), content, []byte("end")} {
				if n, err := c.Write(part); n != len(part) || err != nil {
					t.Errorf("%d of %d bytes, %v", n, len(part), err)
				}
			}
			if kept := c.corked != nil && len(*c.corked) == len(want); kept != tt.kept {
				t.Errorf("kept: %v", kept)
			}
			must(t, c.Uncork())
			must(t, c.Uncork())
			_, err := io.WriteString(c, "next")
			must(t, err)
			if got := string(<-read); got != want+"next" {
				t.Errorf("%d bytes have come, want %d", len(got), len(want)+4)
			}
		})
	}
}

func TestUncorkTellsThatNothingWasSent(t *testing.T) {
	c, _ := pair(t)
	c.Cork()
	_, err := io.WriteString(c, "lost")
	must(t, err)
	must(t, c.TCPConn.Close())
	if c.Uncork() == nil {
		t.Error("it says that it was sent")
	}
}
