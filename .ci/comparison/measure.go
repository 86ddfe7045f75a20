package main

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// measurement takes some numbers of one peer.
type measurement struct {
	name    string
	bare    bool // also of the bare sendfile loop
	once    bool // in the first round only
	named   bool // only if it is named
	samples int  // how often it goes round all peers in a round, where one scatters; 0 is once
	take    func(*bench, *peer) error
}

// spell is how long a peer is asked for one thing after the other.
const spell = 700 * time.Millisecond

var measurements = []measurement{
	{name: "large", bare: true, samples: 3, take: large(1, "large.bin", "large file, 1 connection")},
	{name: "large8", bare: true, take: large(8, "middle.bin", "large file, 8 connections")},
	{name: "small", samples: 3, take: smallFile},
	{name: "tree", samples: 3, take: treeOfFiles},
	{name: "list", samples: 3, take: listings},
	{name: "zip", samples: 3, take: archive},
	{name: "ranges", samples: 3, take: ranges},
	{name: "upload", take: upload},
	{name: "form", take: form},
	{name: "thumbs", take: thumbnails},
	{name: "search", samples: 3, take: search},
	{name: "tiny", take: tinyZIP},
	{name: "startup", samples: 5, take: startUp},
	{name: "tidying", samples: 5, take: tidying},
	{name: "phones", take: slowPhones},
	{name: "idle", once: true, take: idle},
	{name: "million", once: true, take: million},
	{name: "window", once: true, take: window},
	{name: "watched", once: true, take: watched},
	{name: "list1m", named: true, take: listMillion},
	{name: "search1m", named: true, take: searchMillion},
	{name: "zip1m", named: true, take: zipMillion},
	{name: "encrypted", named: true, samples: 3, take: encrypted},
}

// client takes what comes in large pieces, so that it costs little.
var client = &http.Client{
	Timeout:   5 * time.Minute, // a million files take long
	Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 64, ReadBufferSize: 256 << 10},
}

// fetch throws away what comes, and tells how much it was and when it began.
func fetch(q *http.Request, want int) (n int64, first time.Duration, err error) {
	return fetchBy(client, q, want)
}

func fetchBy(c *http.Client, q *http.Request, want int) (n int64, first time.Duration, err error) {
	begin := time.Now()
	a, err := c.Do(q)
	if err != nil {
		return 0, 0, err
	}
	defer a.Body.Close()
	if a.StatusCode != want {
		return 0, 0, errors.New(a.Status)
	}
	buf := make([]byte, 256<<10)
	for err == nil {
		var m int
		m, err = a.Body.Read(buf)
		if n == 0 && m > 0 {
			first = time.Since(begin)
		}
		n += int64(m)
	}
	if err == io.EOF {
		err = nil
	}
	return n, first, err
}

func get(url string) *http.Request {
	q, err := http.NewRequest("GET", url, nil)
	if err != nil {
		panic(err) // it is ours
	}
	return q
}

// all does something on some connections at once, and returns the first error.
func all(connections int, do func() error) error {
	errs := make(chan error, connections)
	for range connections {
		go func() { errs <- do() }()
	}
	var first error
	for range connections {
		if err := <-errs; first == nil {
			first = err
		}
	}
	return first
}

func large(connections int, name, row string) func(*bench, *peer) error {
	return func(b *bench, p *peer) error {
		before, begin := p.running.cpu(), time.Now()
		var bytes atomic.Int64
		err := all(connections, func() error {
			n, _, err := fetch(get(p.url(name)), http.StatusOK)
			bytes.Add(n)
			return err
		})
		took, gb := time.Since(begin), float64(bytes.Load())/1e9
		if err != nil {
			return err
		}
		b.note(row+", MB/s", p, gb*1000/took.Seconds())
		b.note(row+", CPU s/GB", p, (p.running.cpu()-before).Seconds()/gb)
		return nil
	}
}

var counted = regexp.MustCompile(`(\d+) requests in ([\d.]+)(s|m)`)

// wrk asks for one file again and again, and returns how often and how long.
func wrk(p *peer, connections int, d time.Duration) (requests, seconds float64, err error) {
	out, err := exec.Command("wrk", "-t1", "-c"+strconv.Itoa(connections), "-d"+strconv.Itoa(int(d.Seconds()))+"s", p.url("small.bin")).CombinedOutput()
	if err != nil {
		return 0, 0, err
	}
	m := counted.FindSubmatch(out)
	if m == nil {
		return 0, 0, fmt.Errorf("%s", out)
	}
	requests, _ = strconv.ParseFloat(string(m[1]), 64)
	seconds, _ = strconv.ParseFloat(string(m[2]), 64)
	if string(m[3]) == "m" {
		seconds *= 60
	}
	return requests, seconds, nil
}

// smallFile asks for one small file over few and over many connections.
func smallFile(b *bench, p *peer) error {
	for _, n := range []int{8, 1, 64, 256} {
		if n != 8 && !p.crowds {
			continue
		}
		before := p.running.cpu()
		requests, seconds, err := wrk(p, n, time.Second)
		if err != nil {
			return err
		}
		row := fmt.Sprintf("4 KiB file, %d connection", n)
		if n > 1 {
			row += "s"
		}
		b.note(row+", requests/s", p, requests/seconds)
		b.note(row+", CPU µs/request", p, (p.running.cpu()-before).Seconds()*1e6/requests)
	}
	return nil
}

// repeat asks for one thing after the other on some connections, for a spell.
func repeat(connections int, want int, next func() *http.Request) (perSecond float64, err error) {
	begin := time.Now()
	var done atomic.Int64
	err = all(connections, func() error {
		for time.Since(begin) < spell {
			if _, _, err := fetch(next(), want); err != nil {
				return err
			}
			done.Add(1)
		}
		return nil
	})
	return float64(done.Load()) / time.Since(begin).Seconds(), err
}

func treeOfFiles(b *bench, p *peer) error {
	n, err := repeat(8, http.StatusOK, func() *http.Request {
		i := rand.IntN(10_000)
		return get(p.url(fmt.Sprintf("tree/%d/%d/file%d.bin", i/1000, i/50%20, i)))
	})
	if err == nil {
		b.note("tree of 10,000 files, files/s", p, n)
	}
	return err
}

func ranges(b *bench, p *peer) error {
	const piece = 64 << 10
	n, err := repeat(4, http.StatusPartialContent, func() *http.Request {
		q, at := get(p.url("large.bin")), rand.Int64N(largeSize-piece)
		q.Header.Set("Range", fmt.Sprintf("bytes=%d-%d", at, at+piece-1))
		return q
	})
	if err == nil {
		b.note("random ranges of 64 KiB, ranges/s", p, n)
	}
	return err
}

// archive takes a folder twice. For the first time its files are new.
func archive(b *bench, p *peer) error {
	if p.zip == "" {
		return nil
	}
	now := time.Now()
	films, _ := filepath.Glob(filepath.Join(b.dir, "folder", "*.bin"))
	notes, _ := filepath.Glob(filepath.Join(b.dir, "folder", "notes", "*.bin"))
	for _, name := range append(films, notes...) {
		if err := os.Chtimes(name, now, now); err != nil {
			return err
		}
	}
	for _, pass := range []string{"first", "second"} {
		begin := time.Now()
		n, _, err := fetch(get(p.url("folder/"+p.zip)), http.StatusOK)
		if err != nil {
			return err
		}
		b.note("folder as ZIP, "+pass+" time, MB/s", p, float64(n)/1e6/time.Since(begin).Seconds())
	}
	return nil
}

// noise is an endless body, which no reader of forms can skip through.
type noise struct{}

var noisy = func() (b [64 << 10]byte) {
	rand.NewChaCha8([32]byte{}).Read(b[:])
	return b
}()

func (noise) Read(p []byte) (int, error) { return copy(p, noisy[:]), nil }

const uploadSize = 256 << 20

// upload sends a file by PUT.
func upload(b *bench, p *peer) error {
	if !p.puts {
		return nil
	}
	name := fmt.Sprintf("%s-%d.bin", p.name, time.Now().UnixNano())
	defer os.Remove(filepath.Join(b.dir, "up", name))
	return b.send(p, "upload", "PUT", "up/"+name, io.LimitReader(noise{}, uploadSize), uploadSize, "")
}

// form sends one as browsers do without script.
func form(b *bench, p *peer) error {
	if !p.ours {
		return nil
	}
	const boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW" // as Chromium makes them
	name := fmt.Sprintf("form-%d.bin", time.Now().UnixNano())
	defer os.Remove(filepath.Join(b.dir, "up", name))
	head := "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n"
	const tail = "\r\n--" + boundary + "--\r\n"
	body := io.MultiReader(strings.NewReader(head), io.LimitReader(noise{}, uploadSize), strings.NewReader(tail))
	return b.send(p, "form upload", "POST", "up/", body, int64(len(head)+uploadSize+len(tail)), "multipart/form-data; boundary="+boundary)
}

func (b *bench) send(p *peer, row, method, to string, body io.Reader, size int64, ctype string) error {
	q, err := http.NewRequest(method, p.url(to), body)
	if err != nil {
		return err
	}
	q.ContentLength = size
	if ctype != "" {
		q.Header.Set("Content-Type", ctype)
	}
	before, begin := p.running.cpu(), time.Now()
	a, err := client.Do(q)
	if err != nil {
		return err
	}
	a.Body.Close()
	if a.StatusCode/100 != 2 {
		return errors.New(a.Status)
	}
	gb := float64(size) / 1e9
	b.note(row+", MB/s", p, gb*1e3/time.Since(begin).Seconds())
	b.note(row+", CPU s/GB", p, (p.running.cpu()-before).Seconds()/gb)
	return nil
}
