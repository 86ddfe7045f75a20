package conns

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

// film returns an open file of a size, and what is in it.
func film(t *testing.T, size int) (*os.File, []byte) {
	t.Helper()
	content := bytes.Repeat([]byte("0123456789abcdef!"), size/17+1)[:size]
	name := filepath.Join(t.TempDir(), "film")
	must(t, os.WriteFile(name, content, 0o600))
	f, err := os.Open(name)
	must(t, err)
	t.Cleanup(func() { f.Close() })
	return f, content
}

// filling is a call of Fill.
type filling struct {
	running atomic.Bool  // a ReadFrom
	calls   atomic.Int32 // of ReadFrom, so far
	ended   chan error
}

func fill(c *Conn, src io.Reader, size int64) *filling {
	f := &filling{ended: make(chan error, 1)}
	go func() {
		f.ended <- c.Fill(&io.LimitedReader{R: src, N: size}, func(r io.Reader) error {
			f.running.Store(true)
			defer f.running.Store(false)
			f.calls.Add(1)
			_, err := c.ReadFrom(r)
			return err
		})
	}()
	return f
}

func TestSlowClientIsWaitedForOutsideOfReadFrom(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells how much was sent")
	}
	const size = 32<<20 + 17
	file, want := film(t, size)
	c, far := pair(t)
	must(t, far.(*net.TCPConn).SetReadBuffer(64<<10))
	f := fill(c, file, size)
	until(t, "the connection is full", func() bool {
		c.peer.mu.Lock()
		defer c.peer.mu.Unlock()
		return f.calls.Load() > 0 && c.peer.writes%2 == 1 && !f.running.Load()
	})
	got := make([]byte, size)
	_, err := io.ReadFull(far, got)
	must(t, err)
	if !bytes.Equal(got, want) {
		t.Error("it has come otherwise")
	}
	must(t, <-f.ended)
	if f.calls.Load() < 2 {
		t.Error("it was sent in one call, so nothing was tested")
	}
}

func TestFillEndsWithTheFile(t *testing.T) {
	file, want := film(t, 1<<20)
	c, far := pair(t)
	f := fill(c, file, 2<<20)
	got := make([]byte, len(want))
	_, err := io.ReadFull(far, got)
	must(t, err)
	must(t, <-f.ended)
}

func TestFillSendsWhatIsNoFile(t *testing.T) {
	_, want := film(t, 1<<20)
	c, far := pair(t)
	f := fill(c, struct{ io.Reader }{bytes.NewReader(want)}, int64(len(want)))
	got := make([]byte, len(want))
	_, err := io.ReadFull(far, got)
	must(t, err)
	if must(t, <-f.ended); !bytes.Equal(got, want) {
		t.Error("it has come otherwise")
	}
}

func TestFillEndsWithTheDeadline(t *testing.T) {
	const size = 32 << 20
	file, _ := film(t, size)
	c, far := pair(t)
	must(t, far.(*net.TCPConn).SetReadBuffer(64<<10))
	must(t, c.SetWriteDeadline(time.Now().Add(200*time.Millisecond)))
	f := fill(c, file, size)
	err := <-f.ended
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal(err)
	}
	if _, again := c.Write([]byte("x")); again != err {
		t.Errorf("then a write returns %v, want %v", again, err)
	}
}
