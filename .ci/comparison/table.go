package main

import (
	"fmt"
	"io"
	"slices"
)

// print writes the medians as tables in Markdown.
func (b *bench) print(w io.Writer, rounds int) {
	fmt.Fprintf(w, "Medians of %d rounds that go round all programs, of what is quick with several samples in each; memory at rest is taken once.\n\n", rounds)
	b.printPeers(w)
	b.printBeside(w)
	b.printRatios(w)
	b.printSince(w)
	fmt.Fprintln(w)
	for _, p := range b.there {
		if v := p.printed(b); v != "" {
			fmt.Fprintf(w, "%s: %s  \n", p.name, v)
		}
	}
	if len(b.missing) > 0 {
		fmt.Fprintln(w, "Not there:", b.missing)
	}
}

// printPeers writes the rows of which another server has a number, too.
func (b *bench) printPeers(w io.Writer) {
	shown := slices.DeleteFunc(slices.Clone(b.there), func(p *peer) bool { return p.name == before })
	fmt.Fprint(w, "|")
	for _, p := range shown {
		fmt.Fprintf(w, " | %s", p.name)
	}
	fmt.Fprint(w, " |\n|---|")
	for range shown {
		fmt.Fprint(w, "--:|")
	}
	for _, row := range b.rows {
		if !b.shared(row) {
			continue
		}
		fmt.Fprintf(w, "\n| %s", row)
		for _, p := range shown {
			fmt.Fprintf(w, " | %s", median(b.values[row][p.name]))
		}
		fmt.Fprint(w, " |")
	}
}

// printBeside writes the rows of Windowsill alone, beside the programs that do
// only this.
func (b *bench) printBeside(w io.Writer) {
	fmt.Fprint(w, "\n\n| | Windowsill | beside it |\n|---|--:|---|\n")
	for _, row := range b.rows {
		if b.shared(row) {
			continue
		}
		fmt.Fprintf(w, "| %s | %s |", row, median(b.values[row]["Windowsill"]))
		for _, tool := range tools {
			if v := b.values[row][tool.name]; len(v) > 0 {
				fmt.Fprintf(w, " %s %s", tool.name, median(v))
			}
		}
		fmt.Fprint(w, " |\n")
	}
}

// printSince writes what Windowsill is to an earlier one, if there was one: the ratio
// of each sample, as in printRatios.
func (b *bench) printSince(w io.Writer) {
	if !slices.ContainsFunc(b.there, func(p *peer) bool { return p.name == before }) {
		return
	}
	fmt.Fprint(w, "\n| | before | now | ratio | lowest | highest |\n|---|--:|--:|--:|--:|--:|\n")
	for _, row := range b.rows {
		then, now := b.values[row][before], b.values[row]["Windowsill"]
		var ratios []float64
		for i := range min(len(then), len(now)) {
			ratios = append(ratios, now[i]/then[i])
		}
		if len(ratios) > 0 {
			fmt.Fprintf(w, "| %s | %s | %s | %.2f | %.2f | %.2f |\n", row, median(then), median(now), middle(ratios), slices.Min(ratios), slices.Max(ratios))
		}
	}
}

// shared reports whether a row has a number of another server.
func (b *bench) shared(row string) bool {
	return slices.ContainsFunc(b.there, func(p *peer) bool {
		return !p.bare && !p.ours && len(b.values[row][p.name]) > 0
	})
}

func median(values []float64) string {
	if len(values) == 0 {
		return "–"
	}
	return number(middle(values))
}

// number writes three digits of a number, or all before the point.
func number(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// middle returns the median: of an even number, the mean of the two in the middle.
func middle(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
