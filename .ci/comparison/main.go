// Compare measures Windowsill next to other programs that serve a folder. See
// .ci/compare, which runs it.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
)

func main() {
	windowsill := flag.String("windowsill", "windowsill", "the `program` to measure")
	rounds := flag.Int("rounds", 3, "how often each number is taken")
	only := flag.String("only", "", "measure only these, separated by commas: "+strings.Join(names(), ","))
	dir := flag.String("dir", "", "a `folder` for the files to serve, kept if it is named (1.7 GB)")
	pause := flag.Duration("pause", 0, "wait so long before each measurement, where others need the machine as well")
	bare := flag.String("bare", "", "serve one `folder` by sendfile and nothing else, at the first argument's port")
	files := flag.String("files", "", "serve one `folder` by http.FileServer, at the first argument's port")
	alone := flag.Bool("alone", false, "serve a folder, named by the first argument, at the port that is the second; watched if the third is \"yes\"")
	flag.Parse()
	if *bare != "" {
		fatal(serveBare(*bare, flag.Arg(0)))
	}
	if *files != "" {
		fatal(serveFiles(*files, flag.Arg(0)))
	}
	if *alone {
		fatal(serveAlone(flag.Arg(0), flag.Arg(1), flag.Arg(2)))
	}
	b, err := newBench(*windowsill, *dir)
	fatal(err)
	defer b.close()
	wanted := strings.Split(*only, ",")
	var all []measurement
	for _, m := range measurements {
		if *only == "" || slices.Contains(wanted, m.name) {
			all = append(all, m)
		}
	}
	b.measure(all, *rounds, *pause)
	b.print(os.Stdout, *rounds)
}

func names() (all []string) {
	for _, m := range measurements {
		all = append(all, m.name)
	}
	return all
}

func fatal(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}
