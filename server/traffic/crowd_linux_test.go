package traffic

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"
)

const (
	crowdSize   = 200
	crowdFile   = 1 << 20  // bytes, more than what fits into a connection
	clientHolds = 64 << 10 // a client's system holds at most so much that the client has not read
)

// slowClient is a device that reads as much as the test wants.
type slowClient struct {
	id       uint64
	conn     net.Conn
	body     io.Reader
	received int64 // bytes of content
}

// crowdOf begins downloads of a file that is all holes.
func crowdOf(t *testing.T, r *Recorder, n int) []*slowClient {
	f, err := os.Create(t.TempDir() + "/film")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if err := f.Truncate(crowdFile); err != nil {
		t.Fatal(err)
	}
	addr := serve(t, r, func(w http.ResponseWriter, req *http.Request) {
		id, _ := strconv.ParseUint(req.URL.Query().Get("id"), 10, 64)
		req.Context().Value(connKey{}).(conn).SetWriteBuffer(64 << 10)
		r.Attribute(w, req, id)
		r.Mark(w, Thing{Kind: File, Key: "film", Name: "film.mp4", Size: crowdFile})
		http.ServeContent(w, req, "film.mp4", time.Time{}, io.NewSectionReader(f, 0, crowdFile))
	})
	all := make([]*slowClient, n)
	for i := range all {
		all[i] = newSlowClient(t, addr, uint64(i+1))
	}
	return all
}

func newSlowClient(t *testing.T, addr string, id uint64) *slowClient {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.(*net.TCPConn).SetReadBuffer(16 << 10)
	fmt.Fprintf(conn, "GET /film.mp4?id=%d HTTP/1.1\r\nHost: x\r\n\r\n", id)
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	return &slowClient{id: id, conn: conn, body: resp.Body}
}

// read reads n bytes more, or all that comes if that is less.
func (c *slowClient) read(n int64) error {
	m, err := io.CopyN(io.Discard, c.body, n)
	c.received += m
	return err
}

// readAll lets clients read side by side.
func readAll(clients []*slowClient, n func(*slowClient) int64) {
	var all sync.WaitGroup
	for _, c := range clients {
		all.Go(func() { c.read(n(c)) })
	}
	all.Wait()
}

// agrees reports whether a transfer shows what its client has received. A
// piece that is going out counts when all of it has.
func (c *slowClient) agrees(t Transfer) bool {
	return t.Done >= c.received-writePiece && t.Done <= c.received+clientHolds && t.Moved == t.Done && t.Total == crowdFile
}

func TestRowsOfACrowdAreRight(t *testing.T) {
	r := New(Options{})
	clients := crowdOf(t, r, crowdSize)
	readAll(clients, func(c *slowClient) int64 { return int64(c.id) * 2_000 })
	eventually(t, "all rows are right in the middle", func() bool {
		rows := r.Snapshot().Transfers
		right := len(rows) == crowdSize
		for _, row := range rows {
			right = right && clients[row.Device-1].agrees(row)
		}
		return right
	})

	doomed := clients[122]
	for _, row := range r.Snapshot().Transfers {
		if row.Device == doomed.id {
			r.Cancel(row.ID)
		}
	}
	readAll(clients, func(*slowClient) int64 { return crowdFile })
	for _, c := range clients {
		if whole := c.received == crowdFile; whole == (c == doomed) {
			t.Errorf("client %d received %d bytes", c.id, c.received)
		}
	}
	eventually(t, "all are over", func() bool { return len(r.Snapshot().Transfers) == 0 })
	checkHistory(t, r.Snapshot(), clients, doomed)
}

func checkHistory(t *testing.T, s Snapshot, clients []*slowClient, doomed *slowClient) {
	if len(s.History) != mostHistory {
		t.Errorf("%d in the history, want %d", len(s.History), mostHistory)
	}
	for _, row := range s.History {
		want := Whole
		if row.Device == doomed.id {
			want = Canceled
		}
		if !clients[row.Device-1].agrees(row) || row.State != want {
			t.Errorf("client %d received %d bytes, its row is %+v", row.Device, clients[row.Device-1].received, row)
		}
	}
	for _, d := range s.Devices {
		if whole := d.Files == 1; whole == (d.ID == doomed.id) {
			t.Errorf("device %d has taken %d files", d.ID, d.Files)
		}
	}
}
