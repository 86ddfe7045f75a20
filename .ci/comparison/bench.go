package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// bench is one comparison: the files, who is there, and what was measured.
type bench struct {
	windowsill string // the program
	simplest   string // the program that is the bare sendfile, and FileServer
	dir        string // the folder that is served
	work       string // for all else; removed at the end
	million    int    // how many files a million are
	there      []*peer
	missing    []string
	values     map[string]map[string][]float64 // by row, then by peer
	rows       []string                        // in the order in which they came
}

func newBench(windowsill, simplest, dir string, million int) (*bench, error) {
	work, err := os.MkdirTemp("", "compare")
	if err != nil {
		return nil, err
	}
	b := &bench{windowsill: windowsill, simplest: simplest, dir: dir, work: work, million: million, values: map[string]map[string][]float64{}}
	if dir == "" {
		b.dir = filepath.Join(work, "files")
	}
	if b.dir, err = filepath.Abs(b.dir); err != nil {
		return nil, err
	}
	if err := b.fill(); err != nil {
		return nil, err
	}
	for _, p := range peers {
		switch _, err := b.start(p); {
		case err != nil:
			fmt.Fprintln(os.Stderr, err)
			fallthrough
		case p.running == nil:
			b.missing = append(b.missing, p.name)
		default:
			b.there = append(b.there, p)
		}
	}
	return b, nil
}

func (b *bench) close() {
	for _, p := range b.there {
		p.running.end()
	}
	os.RemoveAll(b.work)
}

const largeSize = 1 << 30

// fill makes the files that are served, unless they are there.
func (b *bench) fill() error {
	files := map[string]int64{"small.bin": 4 << 10, "middle.bin": 128 << 20, "large.bin": largeSize}
	for _, n := range []int{100, 10_000, 100_000} {
		for i := range n {
			files[fmt.Sprintf("list%d/IMG_%d.jpg", n, i)] = 0
		}
	}
	for i := range 10_000 {
		files[fmt.Sprintf("tree/%d/%d/file%d.bin", i/1000, i/50%20, i)] = 1 << 10
	}
	for i := range tinyFiles {
		files[fmt.Sprintf("tiny/%d/%d.txt", i/1000, i)] = 200
	}
	for i := range 60 {
		files[fmt.Sprintf("folder/film%d.bin", i)] = 8 << 20
	}
	for i := range 1000 {
		files[fmt.Sprintf("folder/notes/%d.bin", i)] = 4 << 10
	}
	if err := os.MkdirAll(filepath.Join(b.dir, "up"), 0o777); err != nil {
		return err
	}
	for name, size := range files {
		if err := makeFile(filepath.Join(b.dir, name), size); err != nil {
			return err
		}
	}
	return nil
}

func makeFile(path string, size int64) error {
	if info, err := os.Stat(path); err == nil && info.Size() == size {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.CopyN(f, rand.Reader, size)
	return err
}

// tooLong is after how long one of the others is not asked for something again.
const tooLong = 15 * time.Second

// measure takes all rounds. In each, one measurement goes round all peers, as
// often as it takes samples, before the next one comes.
func (b *bench) measure(all []measurement, rounds int, pause time.Duration) {
	givenUp := map[string]bool{}
	for round := range rounds {
		for _, m := range all {
			if m.once && round > 0 {
				continue
			}
			time.Sleep(pause)
			fmt.Fprintf(os.Stderr, "round %d of %d: %s\n", round+1, rounds, m.name)
			for sample := range max(m.samples, 1) {
				b.goRound(m, round+sample, givenUp)
			}
		}
	}
}

// goRound takes a measurement of all peers, beginning with another one each turn.
func (b *bench) goRound(m measurement, turn int, givenUp map[string]bool) {
	for i := range b.there {
		p := b.there[(i+turn)%len(b.there)]
		if p.bare && !m.bare || givenUp[m.name+p.name] {
			continue
		}
		begin := time.Now()
		err := m.take(b, p)
		if err != nil {
			fmt.Fprintf(os.Stderr, "  %s: %v\n", p.name, err)
		}
		// The numbers of those who missed a turn would be divided by numbers of
		// another moment from then on.
		givenUp[m.name+p.name] = err != nil || time.Since(begin) > tooLong && !p.ours
	}
}

// note keeps a number for the table.
func (b *bench) note(row string, p *peer, value float64) {
	if b.values[row] == nil {
		b.values[row] = map[string][]float64{}
		b.rows = append(b.rows, row)
	}
	b.values[row][p.name] = append(b.values[row][p.name], value)
}
