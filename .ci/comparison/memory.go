package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// idle opens connections that ask for one small file and then stay.
func idle(b *bench, p *peer) error {
	if !p.crowds {
		return nil
	}
	return b.fresh(p, b.hold)
}

func (b *bench) hold(p *peer) error {
	const workers, each = 50, 100
	before := p.running.memory()
	held := make(chan net.Conn, workers*each)
	defer func() {
		close(held)
		for c := range held {
			c.Close()
		}
	}()
	err := all(workers, func() error {
		for range each {
			c, err := visit(p)
			if err != nil {
				return err
			}
			held <- c
		}
		return nil
	})
	if err != nil {
		return err
	}
	time.Sleep(8 * time.Second) // some give back what they do not need, but not at once
	b.note("memory before, MB", p, before/1e6)
	b.note("memory with 5,000 idle connections, MB", p, p.running.memory()/1e6)
	return nil
}

// visit asks for one small file on a connection of its own, and returns that.
func visit(p *peer) (net.Conn, error) {
	c, err := net.DialTimeout("tcp", "127.0.0.1:"+p.port, 3*time.Second)
	if err != nil {
		return nil, err
	}
	_ = c.SetDeadline(time.Now().Add(10 * time.Second)) // fails only on a closed one
	q := get(p.url("small.bin"))
	if err = q.Write(c); err == nil {
		var a *http.Response
		if a, err = http.ReadResponse(bufio.NewReader(c), q); err == nil {
			_, err = io.Copy(io.Discard, a.Body)
			if err == nil && a.Close {
				err = errors.New("keeps no connections")
			}
		}
	}
	if err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// million asks a fresh Windowsill for a million small files.
func million(b *bench, p *peer) error {
	if !p.ours {
		return nil
	}
	return b.fresh(p, b.askAMillionTimes)
}

func (b *bench) askAMillionTimes(p *peer) error {
	done, next := 0.0, 10_000.0
	for done < 1e6 {
		n, _, err := wrk(p, 8, time.Second)
		if err != nil {
			return err
		}
		if done += n; done >= next {
			b.note(fmt.Sprintf("memory after %.0f requests or a few more, MB", next), p, p.running.memory()/1e6)
			next *= 10
		}
	}
	return nil
}
