package main

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"time"
)

func listings(b *bench, p *peer) error {
	for _, n := range []int{100, 10_000, 100_000} {
		if err := b.list(p, fmt.Sprintf("listing of %d", n), asBrowser(p.list(fmt.Sprintf("list%d", n)))); err != nil {
			return err
		}
	}
	if err := b.count(p, "files in the listing of 100000", asBrowser(p.list("list100000"))); err != nil {
		return err
	}
	if !p.ours {
		return nil
	}
	if err := b.list(p, "listing of 100000 for a program", get(p.url("list100000/"))); err != nil {
		return err
	}
	return b.list(p, "listing of 100000 as data", get(p.url("list100000/?json")))
}

// asBrowser asks for what a person sees.
func asBrowser(url string) *http.Request {
	q := get(url)
	q.Header.Set("Accept", "text/html,*/*;q=0.8")
	return q
}

func (b *bench) list(p *peer, row string, q *http.Request) error {
	begin := time.Now()
	_, first, err := fetch(q, http.StatusOK)
	if err != nil {
		return err
	}
	b.note(row+", ms to the first byte", p, first.Seconds()*1e3)
	b.note(row+", ms to the last", p, time.Since(begin).Seconds()*1e3)
	return nil
}

var listedFile = regexp.MustCompile(`IMG_\d+\.jpg`)

// count tells how much of a folder is in a listing at all: some show a part.
func (b *bench) count(p *peer, row string, q *http.Request) error {
	a, err := client.Do(q)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	seen := map[string]bool{}
	for _, name := range listedFile.FindAll(text, -1) {
		seen[string(name)] = true
	}
	b.note(row, p, float64(len(seen)))
	return err
}
