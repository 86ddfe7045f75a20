package main

import (
	"errors"
	"slices"
	"time"
)

// without ends a peer while something is done. Of two that run, PSS would give each
// half of the program's file.
func (b *bench) without(p *peer, do func() error) (err error) {
	p.running.end()
	defer func() {
		_, again := b.start(p)
		err = errors.Join(err, again)
	}()
	return do()
}

// instead runs one in place of a peer while something is done, from a fresh start,
// so that its memory is that of nothing before.
func (b *bench) instead(p, one *peer, do func() error) error {
	return b.without(p, func() error {
		if _, err := b.start(one); err != nil {
			return err
		}
		defer one.running.end()
		one.running.settle()
		return do()
	})
}

// fresh does something with a peer that has just started.
func (b *bench) fresh(p *peer, do func(*peer) error) error {
	one := *p
	return b.instead(p, &one, func() error { return do(&one) })
}

// settle waits until a process has done at its start what it does then, but not for ever.
func (p *process) settle() {
	const look, patience = 500 * time.Millisecond, 10 * time.Second
	before := p.cpu()
	for begin := time.Now(); time.Since(begin) < patience; {
		time.Sleep(look)
		now := p.cpu()
		if now == before {
			return
		}
		before = now
	}
}

// with returns a Windowsill that is started with more flags; of two of one name the
// last counts.
func (p *peer) with(flags ...string) *peer {
	one := *p
	one.command = func(b *bench, port string) ([]string, error) {
		args, err := p.command(b, port)
		return slices.Insert(args, len(args)-1, flags...), err // before the folder
	}
	return &one
}
