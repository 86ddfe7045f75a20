package main

import (
	"errors"
	"os"
	"strconv"
	"time"

	"windowsill/server"
)

// serveAlone is Windowsill without a window and without a terminal, so that
// nobody watches, or somebody who does nothing with what is seen.
func serveAlone(dir, port, watching string) error {
	s, err := server.New(server.Options{Policy: server.Policy{Open: true}})
	if err != nil {
		return err
	}
	if watching == "yes" {
		s.Watch(func(server.Snapshot) {})
	}
	at, err := strconv.Atoi(port)
	if err != nil {
		return err
	}
	if err := s.Start(server.Share{Folder: dir, Port: at, ExactPort: true}); err != nil {
		return err
	}
	select {}
}

// watched takes the same from a Windowsill that nobody watches, from one that
// is watched, and from one whose window is open.
func watched(b *bench, p *peer) error {
	if p.name != "Windowsill" {
		return nil
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var all []load
	defer func() {
		for _, l := range all {
			l.running.end()
		}
	}()
	for _, c := range []struct{ watching, called string }{{"no", "unwatched"}, {"yes", "watched"}} {
		one := *p
		one.command = func(b *bench, port string) ([]string, error) {
			return []string{self, "-alone", b.dir, port, c.watching}, nil
		}
		if _, err := b.start(&one); err != nil {
			return err
		}
		all = append(all, load{&one, c.called})
	}
	display, screen, err := openScreen()
	if err != nil {
		return err
	}
	defer screen.end()
	one := *p
	one.port = freePort()
	if one.running, err = b.openWindow(display, one.port); err != nil {
		return err
	}
	all = append(all, load{&one, "with its window open"})
	if !one.answers() {
		return errors.New("the window does not share")
	}
	return b.turnByTurn(all)
}

// load is what is asked of one of them.
type load struct {
	*peer
	called string
}

// turnByTurn asks for large and for small files, and begins with another one
// each time.
func (b *bench) turnByTurn(all []load) error {
	const turns = 6
	for turn := range turns {
		for i := range all {
			l := all[(i+turn)%len(all)]
			if err := large(1, "large.bin", "large file, "+l.called)(b, l.peer); err != nil {
				return err
			}
			requests, seconds, err := wrk(l.peer, 8, time.Second)
			if err != nil {
				return err
			}
			b.note("4 KiB file, "+l.called+", requests/s", l.peer, requests/seconds)
		}
	}
	return nil
}
