package conns

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// repeat answers with the method, path and body of a request; a path with
// "unread" in it leaves the body to net/http.
var repeat = http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
	if strings.Contains(q.URL.Path, "unread") {
		io.WriteString(w, q.Method+" "+q.URL.Path)
		return
	}
	body, _ := io.ReadAll(q.Body)
	io.WriteString(w, q.Method+" "+q.URL.Path+string(body))
})

// exchange is a request, and the body of its answer.
type exchange struct{ request, answer string }

// exchanges are requests of every kind that net/http reads in another way.
func exchanges(n int, kind byte) (all []exchange) {
	long := strings.Repeat("0123456789", 900) // more than net/http's buffer
	for i := range n {
		path := fmt.Sprintf("/%d", i)
		head := " HTTP/1.1\r\nHost: localhost\r\n"
		switch (int(kind) + i) % 6 {
		case 0:
			all = append(all, exchange{"GET " + path + head + "\r\n", "GET " + path})
		case 1:
			all = append(all, exchange{"POST " + path + head + "Content-Length: 5\r\n\r\nhello", "POST " + path + "hello"})
		case 2:
			all = append(all, exchange{fmt.Sprintf("PUT %s%sContent-Length: %d\r\n\r\n%s", path, head, len(long), long), "PUT " + path + long})
		case 3:
			all = append(all, exchange{"POST " + path + head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "POST " + path + "abcde"})
		case 4:
			all = append(all, exchange{fmt.Sprintf("PUT %s/unread%sContent-Length: %d\r\n\r\n%s", path, head, len(long), long), "PUT " + path + "/unread"})
		case 5:
			all = append(all, exchange{"GET " + path + head + "X-Long: " + long + "\r\n\r\n", "GET " + path})
		}
	}
	return all
}

// FuzzParking sends requests in pieces of any size, several at a time, with
// pauses that are longer than it takes to be parked: between two requests,
// and in the middle of one. No byte may be lost. Each byte of pieces is the
// size of one; its highest bit asks for a pause behind it.
func FuzzParking(f *testing.F) {
	const pause = 0x80
	first := byte(len(exchanges(1, 0)[0].request))
	f.Add(byte(0), []byte{127})
	f.Add(byte(0), []byte{pause | first, pause | 3}) // parked, and then a pause where net/http waits for 4 bytes
	f.Add(byte(0), []byte{first, pause | 3})         // the pause alone
	f.Add(byte(0), []byte{pause | (first + 3)})      // the 3 bytes came with the request before
	f.Add(byte(1), []byte{pause | 70, 127, 127})
	f.Add(byte(2), []byte{127, pause | 3, 2, 1, pause | 127})
	f.Add(byte(3), bytes.Repeat([]byte{pause | 3}, 40))
	l := serve(f, &http.Server{Handler: repeat})
	f.Fuzz(func(t *testing.T, kind byte, pieces []byte) {
		all := exchanges(5, kind)
		var text strings.Builder
		for _, e := range all {
			text.WriteString(e.request)
		}
		c := connect(t, l)
		defer c.Close()
		var writing sync.WaitGroup
		writing.Go(func() { c.sendInPieces(text.String(), pieces) })
		for _, e := range all {
			c.expect(t, e)
		}
		writing.Wait()
	})
}

// sendInPieces sends what is left at once.
func (c client) sendInPieces(text string, pieces []byte) {
	pauses := 0
	for _, p := range pieces {
		size := min(int(p&127), len(text))
		io.WriteString(c, text[:size])
		text = text[size:]
		if p > 127 && pauses < 20 {
			pauses++
			time.Sleep(3 * time.Millisecond) // nothing happens meanwhile that could be waited for
		}
	}
	io.WriteString(c, text)
}

func (c client) expect(t *testing.T, e exchange) {
	t.Helper()
	a, err := http.ReadResponse(c.in, nil)
	if err != nil {
		t.Fatalf("%.40q: %v", e.request, err)
	}
	body, err := io.ReadAll(a.Body)
	a.Body.Close()
	if a.StatusCode != http.StatusOK || string(body) != e.answer || err != nil {
		t.Fatalf("%.40q: %s, %.60q, %v", e.request, a.Status, body, err)
	}
}

// Many connections are parked and unparked while others leave, and none of
// them is lost or left over.
func TestManyAreParkedAtATime(t *testing.T) {
	const clients, rounds = 100, 20
	s := &http.Server{Handler: repeat}
	l := serve(t, s)
	l.SetMax(clients)
	var all sync.WaitGroup
	for i := range clients {
		c := connect(t, l)
		all.Go(func() {
			defer c.Close()
			for _, e := range exchanges(rounds, byte(i)) {
				time.Sleep(rand.N(3 * time.Millisecond)) // about as long as it takes to be parked
				io.WriteString(c, e.request)
				c.expect(t, e)
			}
		})
	}
	all.Wait()
	until(t, "all have left", func() bool { return l.Len() == 0 })
}

// Whatever state a connection is in, it is gone after Close and Shutdown, and
// who sent a request before has its answer.
func TestShutdownWhileConnectionsAreParked(t *testing.T) {
	for range 20 {
		s := &http.Server{Handler: repeat}
		l := open(t, Config{})
		ended := make(chan error, 1)
		go func() { ended <- l.Serve(s, new(http.Server)) }()
		var all sync.WaitGroup
		for i := range 20 {
			c := connect(t, l)
			e := exchanges(1, byte(i))[0]
			c.send(t, e.request)
			c.expect(t, e)
			all.Go(func() {
				time.Sleep(rand.N(2 * time.Millisecond))
				io.WriteString(c, "GET /")
				if _, err := io.Copy(io.Discard, c.in); isTimeout(err) {
					t.Error("the connection stays open")
				}
			})
		}
		time.Sleep(rand.N(2 * time.Millisecond))
		must(t, l.Close())
		l.CloseIdle()
		s.Close()
		must(t, <-ended)
		all.Wait()
		until(t, "all are closed", func() bool { return l.Len() == 0 })
	}
}
