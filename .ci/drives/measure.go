package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	members = 10_000  // of the folder that is listed
	files   = 2_000   // that are put
	large   = 1 << 30 // bytes
	asks    = 10      // of the same folder
)

// measurements are those that -only names.
var measurements = []struct {
	name string
	take func(p *peer, note func(row string, value float64)) error
}{{"listing", listing}, {"small", smallFiles}, {"large", largeFile}}

// session is one connection, whose client costs little beside the server.
type session struct {
	net.Conn
	in *bufio.Reader
}

func dial(p *peer) (*session, error) {
	c, err := net.Dial("tcp", p.addr())
	if err != nil {
		return nil, err
	}
	return &session{c, bufio.NewReaderSize(c, 256<<10)}, nil
}

// ask sends a request, reads its answer, and returns the time to the first byte
// of the answer's body.
func (s *session) ask(head string, body io.Reader, want ...int) (first time.Duration, err error) {
	begin := time.Now()
	if _, err = io.WriteString(s, head+"\r\nHost: localhost\r\n\r\n"); err != nil {
		return 0, err
	}
	if body != nil {
		if _, err = io.Copy(s.Conn, body); err != nil {
			return 0, err
		}
	}
	a, err := http.ReadResponse(s.in, nil)
	if err != nil {
		return 0, err
	}
	defer a.Body.Close()
	_, err = io.ReadFull(a.Body, make([]byte, 1))
	first = time.Since(begin)
	if err == nil {
		_, err = io.Copy(io.Discard, a.Body)
	}
	if err == io.EOF {
		err = nil
	}
	for _, code := range want {
		if a.StatusCode == code {
			return first, err
		}
	}
	return first, fmt.Errorf("%.40q: %s", head, a.Status)
}

func listing(p *peer, note func(string, float64)) error {
	s, err := dial(p)
	if err != nil {
		return err
	}
	defer s.Close()
	before, memory := p.cpu(), p.peak(true)
	for range asks {
		begin := time.Now()
		first, err := s.ask("PROPFIND /small/ HTTP/1.1\r\nDepth: 1", nil, 207)
		if err != nil {
			return err
		}
		note("PROPFIND of 10,000, ms to the first byte", first.Seconds()*1e3)
		note("PROPFIND of 10,000, ms to the last", time.Since(begin).Seconds()*1e3)
	}
	note("PROPFIND of 10,000, CPU ms", (p.cpu()-before).Seconds()*1e3/asks)
	note("PROPFIND of 10,000, MB more memory at its peak", (p.peak(false)-memory)/1e6)
	return nil
}

func smallFiles(p *peer, note func(string, float64)) error {
	s, err := dial(p)
	if err != nil {
		return err
	}
	defer s.Close()
	content := make([]byte, 2<<10)
	rand.Read(content)
	before, begin := p.cpu(), time.Now()
	for i := range files {
		if _, err := s.ask(fmt.Sprintf("PUT /put/%d-%d HTTP/1.1\r\nContent-Length: %d", begin.UnixNano(), i, len(content)), bytes.NewReader(content), 201); err != nil {
			return err
		}
	}
	note("2,000 PUT of 2 kB, s", time.Since(begin).Seconds())
	note("2,000 PUT of 2 kB, CPU s", (p.cpu() - before).Seconds())
	return nil
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// largeFile sends a file twice, since the first one after a start may take longer.
func largeFile(p *peer, note func(string, float64)) error {
	s, err := dial(p)
	if err != nil {
		return err
	}
	defer s.Close()
	defer os.Remove(filepath.Join(p.dir, "put", "large"))
	defer os.Remove(filepath.Join(p.dir, "put", "first"))
	for _, c := range []struct{ row, head string }{
		{"PUT of 1 GiB, the first", fmt.Sprintf("PUT /put/first HTTP/1.1\r\nContent-Length: %d", large)},
		{"PUT of 1 GiB, another", fmt.Sprintf("PUT /put/large HTTP/1.1\r\nContent-Length: %d", large)},
		{"GET of 1 GiB", "GET /put/large HTTP/1.1"},
	} {
		var body io.Reader
		if strings.HasPrefix(c.head, "PUT") {
			body = io.LimitReader(zeros{}, large)
		}
		before, begin := p.cpu(), time.Now()
		if _, err := s.ask(c.head, body, 200, 201); err != nil {
			return err
		}
		note(c.row+", s", time.Since(begin).Seconds())
		note(c.row+", CPU s", (p.cpu() - before).Seconds())
	}
	return nil
}

// processes are the directories in /proc of a peer and of what it has started: its
// group.
func (p *peer) processes() (all []string) {
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, d := range dirs {
		if f := stat(d); len(f) > 12 && f[2] == strconv.Itoa(p.running.Process.Pid) {
			all = append(all, d)
		}
	}
	return all
}

// stat returns the fields of a process from the third on, see proc(5).
func stat(dir string) []string {
	text, _ := os.ReadFile(filepath.Join(dir, "stat"))
	_, rest, _ := strings.Cut(string(text), ") ")
	return strings.Fields(rest)
}

// cpu returns the time that they have used.
func (p *peer) cpu() (total time.Duration) {
	for _, d := range p.processes() {
		f := stat(d)
		user, _ := strconv.Atoi(f[11])
		system, _ := strconv.Atoi(f[12])
		total += time.Duration(user+system) * 10 * time.Millisecond
	}
	return total
}

// peak returns how many bytes they have held at most since the peak was reset.
func (p *peer) peak(reset bool) (total float64) {
	for _, d := range p.processes() {
		if reset {
			_ = os.WriteFile(filepath.Join(d, "clear_refs"), []byte("5"), 0) // without, more than it was
		}
		text, _ := os.ReadFile(filepath.Join(d, "status"))
		_, rest, _ := strings.Cut(string(text), "VmHWM:")
		if f := strings.Fields(rest); len(f) > 0 {
			n, _ := strconv.ParseFloat(f[0], 64)
			total += n * 1024
		}
	}
	return total
}
