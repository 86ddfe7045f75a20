package traffic

import (
	"io"
	"net"
	"net/http"
	"os"
	"testing"
	"time"
)

// connected returns both ends of a connection over loopback.
func connected(t *testing.T) (here, there *net.TCPConn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	a, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close(); b.Close() })
	return a.(*net.TCPConn), b.(*net.TCPConn)
}

func TestSendQueue(t *testing.T) {
	here, there := connected(t)
	queue := sendQueue(conn{here})
	if left, err := queue(); left != 0 || err != nil {
		t.Fatalf("before: %d, %v", left, err)
	}
	const size = 64 << 20
	written := make(chan error)
	go func() {
		_, err := here.Write(make([]byte, size))
		written <- err
	}()
	eventually(t, "something is in the queue", func() bool {
		left, err := queue()
		return 0 < left && left < size && err == nil
	})
	if n, err := io.CopyN(io.Discard, there, size); err != nil {
		t.Fatalf("read %d: %v", n, err)
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	eventually(t, "the queue is empty", func() bool { left, err := queue(); return left == 0 && err == nil })
	here.Close()
	if _, err := queue(); err == nil {
		t.Error("a closed connection has a queue")
	}
}

func TestPeerThatDoesNotReadHasNoRoom(t *testing.T) {
	here, there := connected(t)
	full := hasNoRoom(conn{here})
	if full() {
		t.Error("it has no room before anything was sent")
	}
	const size = 64 << 20
	written := make(chan error)
	go func() {
		_, err := here.Write(make([]byte, size))
		written <- err
	}()
	eventually(t, "it has no room", full)
	if n, err := io.CopyN(io.Discard, there, size); err != nil {
		t.Fatalf("read %d: %v", n, err)
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	eventually(t, "it has room again", func() bool { return !full() })
	here.Close()
	if full() {
		t.Error("a closed connection has no room")
	}
}

func TestWhatIsNoSocketHasNoQueue(t *testing.T) {
	a, b := net.Pipe()
	defer a.Close()
	defer b.Close()
	if sendQueue(a) != nil {
		t.Error("a pipe has a queue")
	}
}

// TestSlowDeviceIsNotCut has a device that reads so slowly that the system
// lets the server wait for longer than the time-out.
func TestSlowDeviceIsNotCut(t *testing.T) {
	t.Parallel()
	const stall = 600 * time.Millisecond
	f, err := os.Create(t.TempDir() + "/film")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if err := f.Truncate(1 << 30); err != nil {
		t.Fatal(err)
	}
	r := New(Options{Stall: stall})
	addr := serve(t, r, func(w http.ResponseWriter, req *http.Request) {
		r.Mark(w, Thing{Kind: File, Key: "film", Name: "film.mp4", Size: 1 << 30})
		http.ServeContent(w, req, "film.mp4", time.Time{}, f)
	})
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.(*net.TCPConn).SetReadBuffer(16 << 10)
	io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")

	pace := time.NewTicker(10 * time.Millisecond)
	defer pace.Stop()
	for begun := time.Now(); time.Since(begun) < 2*stall; <-pace.C {
		if _, err := io.CopyN(io.Discard, c, 1<<10); err != nil {
			t.Fatalf("cut after %v: %v", time.Since(begun), err)
		}
	}
	snap := r.Snapshot()
	running, log := snap.Transfers, snap.Log
	if len(running) != 1 || log.Len() != 0 {
		t.Fatalf("%d transfers, %d rows; want 1 and 0", len(running), log.Len())
	}
	r.Wait() // Now that it doesn't read at all, it is cut.
	if got := rows(t, r, 1)[0]; !got.Cut {
		t.Errorf("got %+v", got)
	}
}
