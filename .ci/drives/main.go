// Drives measures programs that serve a folder as a drive, see
// .ci/compare-drives.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	windowsill := flag.String("windowsill", "", "the program to measure")
	rounds := flag.Int("rounds", 5, "how often each measurement is taken")
	only := flag.String("only", "", "one measurement alone: listing, small or large")
	handler := flag.Bool("handler", false, "serve a folder with the handler of x/net: address, folder")
	flag.Parse()
	if *handler {
		fatal(serveHandler(flag.Arg(0), flag.Arg(1)))
	}
	work, err := os.MkdirTemp("", "drives")
	if err != nil {
		fatal(err)
	}
	defer os.RemoveAll(work)
	t := table{only: *only, values: map[string]map[string][]float64{}}
	for _, p := range peers(*windowsill, work) {
		if !p.isThere() {
			fmt.Printf("%s is not installed.\n", p.name)
			continue
		}
		fill(p.dir)
		t.peers = append(t.peers, p)
	}
	for range *rounds {
		t.round()
	}
	t.print()
}

// fill makes a folder of 10,000 files, and one for what is put.
func fill(dir string) {
	for _, in := range []string{"small", "put"} {
		if err := os.MkdirAll(filepath.Join(dir, in), 0o777); err != nil {
			fatal(err)
		}
	}
	for i := range members {
		if err := os.WriteFile(filepath.Join(dir, "small", fmt.Sprint(i)), make([]byte, i%100), 0o666); err != nil {
			fatal(err)
		}
	}
}

// table holds what was measured, by row and name of the peer.
type table struct {
	only   string // measurement; "" for all
	peers  []*peer
	rows   []string
	values map[string]map[string][]float64
}

// round takes each measurement once, of a peer that was just started.
func (t *table) round() {
	for _, m := range measurements {
		if t.only != "" && t.only != m.name {
			continue
		}
		for _, p := range t.peers {
			if err := p.start(); err != nil {
				fatal(err)
			}
			err := m.take(p, func(row string, value float64) { t.note(row, p, value) })
			p.end()
			if err != nil {
				fatal(fmt.Errorf("%s: %w", p.name, err))
			}
		}
	}
}

func (t *table) note(row string, p *peer, value float64) {
	if t.values[row] == nil {
		t.values[row] = map[string][]float64{}
		t.rows = append(t.rows, row)
	}
	t.values[row][p.name] = append(t.values[row][p.name], value)
}

// print prints the medians.
func (t *table) print() {
	line, rule := "|", "|---|"
	for _, p := range t.peers {
		line, rule = line+" | "+p.name, rule+"--:|"
	}
	fmt.Println(line + " |\n" + rule)
	for _, row := range t.rows {
		cells := []string{row}
		for _, p := range t.peers {
			values := slices.Sorted(slices.Values(t.values[row][p.name]))
			cells = append(cells, fmt.Sprintf("%.3g", values[len(values)/2]))
		}
		fmt.Println("| " + strings.Join(cells, " | ") + " |")
	}
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
