package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// listMillion lists a folder of very many files for programs, and as data.
func listMillion(b *bench, p *peer) error {
	row := fmt.Sprintf("listing of %d", b.million)
	asks := map[string][]struct{ row, path string }{
		"Windowsill": {{row + " for a program", "list/"}, {row + " as data", "list/?json"}},
		before:       {{row + " for a program", "list/"}, {row + " as data", "list/?json"}},
		"nginx":      {{row, "list/"}},
	}[p.name]
	if asks == nil {
		return nil
	}
	if err := b.makeMany("list/IMG_%[1]d.jpg", 0); err != nil {
		return err
	}
	for _, a := range asks {
		one := p.ofMany()
		if err := b.instead(p, one, func() error { return b.noteAnswer(a.row, one, a.path) }); err != nil {
			return err
		}
	}
	return nil
}

const manyTiny = "tiny/%[2]d/%[1]d.txt" // a thousand in each folder

// searchMillion looks for a name that nothing has, among very many.
func searchMillion(b *bench, p *peer) error {
	if !p.ours {
		return nil
	}
	if err := b.makeMany(manyTiny, 200); err != nil {
		return err
	}
	row, one := fmt.Sprintf("search of %d names", b.million), p.ofMany()
	err := b.instead(p, one, func() error { return b.noteAnswer(row, one, "tiny/?json&q=zyzzyva") })
	if err != nil || p.name == before {
		return err
	}
	took, cpu, err := run([]string{"find", filepath.Join(b.manyDir(), "tiny"), "-iname", "*zyzzyva*"})
	b.noteTool(row, find, took, cpu)
	return err
}

// zipMillion takes very many tiny files as one.
func zipMillion(b *bench, p *peer) error {
	if !p.ours {
		return nil
	}
	if err := b.makeMany(manyTiny, 200); err != nil {
		return err
	}
	return b.zipTiny(fmt.Sprintf("%d tiny files as one", b.million), filepath.Join(b.manyDir(), "tiny"), p, p.ofMany())
}

// manyDir is the folder of very many files. It is beside the other one, whose
// searches and starts would take longer with it.
func (b *bench) manyDir() string { return fmt.Sprintf("%s-%d", b.dir, b.million) }

// makeMany makes very many files, named after their number and its thousands,
// unless the last one is there.
func (b *bench) makeMany(name string, size int64) error {
	path := func(i int) string { return filepath.Join(b.manyDir(), fmt.Sprintf(name, i, i/1000)) }
	if _, err := os.Stat(path(b.million - 1)); err == nil {
		return nil
	}
	if err := makeFile(filepath.Join(b.manyDir(), "small.bin"), 4<<10); err != nil { // which shows that a peer answers
		return err
	}
	fmt.Fprintf(os.Stderr, "  making %d files\n", b.million)
	for i := range b.million {
		if err := makeFile(path(i), size); err != nil {
			return err
		}
	}
	return nil
}

// ofMany returns a peer that serves very many files, for reading.
func (p *peer) ofMany() *peer {
	one := *p
	one.command = func(b *bench, port string) ([]string, error) {
		other := *b
		other.dir = b.manyDir()
		return p.command(&other, port)
	}
	if p.ours {
		return one.with("-visitors", "read")
	}
	return &one
}
