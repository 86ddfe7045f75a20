// Compare measures Windowsill next to other programs that serve a folder. See
// .ci/compare, which runs it.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

func main() {
	program := flag.String("windowsill", "windowsill", "the `program` to measure")
	earlier := flag.String("before", "", "measure an earlier `program` as well, and print what has changed")
	rounds := flag.Int("rounds", 3, "how often each number is taken")
	only := flag.String("only", "", "measure only these, separated by commas: "+strings.Join(names(false), ",")+"; or these, which are measured only if they are named: "+strings.Join(names(true), ","))
	without := flag.String("without", "", "leave out these `programs`, separated by commas, as in python3,serve,http-server,HFS, which take the longest")
	dir := flag.String("dir", "", "a `folder` for the files to serve, kept if it is named (1.7 GB; those of a million beside it, 4 GB)")
	million := flag.Int("million", 1_000_000, "take so `many` files for a million, to try whether it works")
	pause := flag.Duration("pause", 0, "wait so long before each measurement, where others need the machine as well")
	into := flag.String("into", "", "write the tables into this `file`, in place of those between its marks, too")
	simplest := flag.String("simplest", "simplest", "the `program` that serves a folder with as little code as can be")
	alone := flag.Bool("alone", false, "serve a folder, named by the first argument, at the port that is the second; watched if the third is \"yes\"")
	flag.Parse()
	if *alone {
		fatal(serveAlone(flag.Arg(0), flag.Arg(1), flag.Arg(2)))
	}
	peers = slices.DeleteFunc(peers, func(p *peer) bool { return slices.Contains(strings.Split(*without, ","), p.name) })
	if *earlier != "" {
		peers = slices.Insert(peers, 1, windowsill(before, func(*bench) string { return *earlier }))
	}
	b, err := newBench(*program, *simplest, *dir, *million)
	fatal(err)
	defer b.close()
	wanted := strings.Split(*only, ",")
	var all []measurement
	for _, m := range measurements {
		if *only == "" && !m.named || slices.Contains(wanted, m.name) {
			all = append(all, m)
		}
	}
	where := machine()
	b.measure(all, *rounds, *pause)
	var tables bytes.Buffer
	fmt.Fprintln(&tables, where)
	b.print(&tables, *rounds)
	fmt.Print(tables.String())
	if *into != "" {
		fatal(writeInto(*into, tables.String()))
	}
}

// machine says when and where it was measured, and what else went on.
func machine() string {
	var kernel, load string
	if text, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		version, _, _ := strings.Cut(strings.TrimSpace(string(text)), "-")
		kernel = ", Linux " + version
	}
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		load, _, _ = strings.Cut(string(text), " ")
		load = ", load " + load + " before it began"
	}
	return fmt.Sprintf("%s, %d cores%s%s, all over loopback.", time.Now().Format("2 January 2006"), runtime.NumCPU(), kernel, load)
}

// The marks between which a file holds the tables.
const beginMark, endMark = "<!-- .ci/compare begins -->\n", "<!-- .ci/compare ends -->"

func writeInto(file, tables string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(text), beginMark)
	_, after, ok2 := strings.Cut(rest, endMark)
	if !ok || !ok2 {
		return fmt.Errorf("%s has no marks for the tables", file)
	}
	return os.WriteFile(file, []byte(before+beginMark+"\n"+tables+"\n"+endMark+after), 0o644)
}

// names returns what the measurements are called that are taken only if they are
// named, or the others.
func names(named bool) (all []string) {
	for _, m := range measurements {
		if m.named == named {
			all = append(all, m.name)
		}
	}
	return all
}

func fatal(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}
