package main

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

const (
	phones     = 2000
	phoneSpeed = 100_000 // bytes a second
	phoneTime  = 6 * time.Second
)

// slowPhones takes a large file to many devices at once, each of which is slow.
func slowPhones(b *bench, p *peer) error {
	if !p.crowds {
		return nil
	}
	return b.fresh(p, b.serveSlowPhones)
}

func (b *bench) serveSlowPhones(p *peer) error {
	var taken atomic.Int64
	end := time.Now().Add(phoneTime)
	before, memory := p.running.cpu(), make(chan float64, 1)
	time.AfterFunc(phoneTime-time.Second, func() { memory <- p.running.memory() })
	err := all(phones, func() error {
		n, err := takeSlowly(p, end)
		taken.Add(n)
		return err
	})
	if err != nil {
		<-memory
		return err
	}
	gb := float64(taken.Load()) / 1e9
	b.note("2,000 phones at 100 kB/s, CPU s/GB", p, (p.running.cpu()-before).Seconds()/gb)
	b.note("2,000 phones at 100 kB/s, MB they got", p, gb*1e3)
	b.note("2,000 phones at 100 kB/s, memory, MB", p, <-memory/1e6)
	return nil
}

// takeSlowly takes of a large file what a phone gets until the end.
func takeSlowly(p *peer, end time.Time) (taken int64, err error) {
	c, err := net.DialTimeout("tcp", "127.0.0.1:"+p.port, 10*time.Second)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	_ = c.(*net.TCPConn).SetReadBuffer(64 << 10) // or loopback takes megabytes at once
	_ = c.SetDeadline(end.Add(10 * time.Second)) // fails only on a closed one
	if err := get(p.url("large.bin")).Write(c); err != nil {
		return 0, err
	}
	in := bufio.NewReaderSize(c, 16<<10)
	a, err := http.ReadResponse(in, nil)
	if err != nil {
		return 0, err
	}
	if a.StatusCode != http.StatusOK {
		return 0, errors.New(a.Status)
	}
	const every = 100 * time.Millisecond
	turn := time.NewTicker(every)
	defer turn.Stop()
	for time.Now().Before(end) && err == nil {
		var n int64
		n, err = io.CopyN(io.Discard, a.Body, phoneSpeed*int64(every)/int64(time.Second))
		taken += n
		<-turn.C
	}
	return taken, err
}
