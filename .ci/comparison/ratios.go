package main

import (
	"fmt"
	"io"
	"slices"
)

// target is what Windowsill's number is to be of another one, or by itself.
type target struct {
	row   string
	other string  // whose; "" if the number itself is wanted
	want  float64 // at least; at most if it is negative
}

const mib = 1.048576 // in MB

var targets = []target{
	{"large file, 1 connection, MB/s", "bare sendfile", 0.95},
	{"large file, 1 connection, MB/s", "nginx", 1},
	{"large file, 1 connection, CPU s/GB", "nginx", -1.1},
	{"large file, 8 connections, MB/s", "bare sendfile", 0.95},
	{"large file, 8 connections, MB/s", "nginx", 1},
	{"large file, 8 connections, CPU s/GB", "nginx", -1.1},
	{"4 KiB file, 1 connection, requests/s", "FileServer", 1},
	{"4 KiB file, 8 connections, requests/s", "FileServer", 1.3},
	{"4 KiB file, 8 connections, requests/s", "Caddy", 1.3},
	{"4 KiB file, 8 connections, requests/s", "python3", 10},
	{"4 KiB file, 64 connections, requests/s", "FileServer", 1.3},
	{"4 KiB file, 64 connections, requests/s", "nginx", 0.8},
	{"4 KiB file, 64 connections, CPU µs/request", "", -35},
	{"4 KiB file, 256 connections, requests/s", "FileServer", 1.3},
	{"tree of 10,000 files, files/s", "FileServer", 1.3},
	{"random ranges of 64 KiB, ranges/s", "FileServer", 1.3},
	{"random ranges of 64 KiB, ranges/s", "nginx", 0.6},
	{"listing of 100000, ms to the first byte", "nginx", -0.33},
	{"listing of 100000, ms to the first byte", "Caddy", -0.33},
	{"listing of 100000 for a program, ms to the first byte", "", -40},
	{"listing of 100000 as data, ms to the first byte", "", -40},
	{"listing of 100000 for a program, ms to the last", "nginx", -1.5},
	{"listing of 100000 as data, ms to the last", "nginx", -1},
	{"folder as ZIP, first time, MB/s", "its large file", 0.7},
	{"folder as ZIP, second time, MB/s", "its large file", 0.8},
	{"folder as ZIP, first time, MB/s", "HFS", 2},
	{"50,000 tiny files as one, ms to the last", "tar", -3},
	{"50,000 tiny files as one, CPU ms", "tar", -3},
	{"form upload, MB/s", "its PUT", 0.8},
	{"form upload, CPU s/GB", "its PUT", -1.25},
	{"thumbnails of 12 MP photos, photos/s", "vipsthumbnail", 0.7},
	{"thumbnails of 12 MP photos, CPU ms each", "vipsthumbnail", -1.43},
	{"thumbnails of 12 MP photos, CPU ms each", "", -130},
	{"thumbnails of 12 MP photos, photos/s", "ffmpegthumbnailer", 1},
	{"thumbnails of 12 MP photos, ms for the slowest", "its median one", -5},
	{"thumbnails of 12 MP photos, memory at most, MB", "", -90 * mib},
	{"search of 170,000 names, ms", "find", -0.55},
	{"2,000 phones at 100 kB/s, CPU s/GB", "FileServer", -1.2},
	{"2,000 phones at 100 kB/s, memory, MB", "FileServer", -1.2},
	{"2,000 phones at 100 kB/s, memory, MB", "", -80 * mib},
	{"start to the first answer, ms", "nginx", -1.5},
	{"start to the first answer, ms", "", -12},
	{"tidying in the first second after the start, CPU ms", "", -50},
	{"listing of 1000000 for a program, ms to the last", "nginx", -1.5},
	{"listing of 1000000 as data, ms to the last", "nginx", -1},
	{"search of 1000000 names, ms to the last", "find", -0.55},
	{"1000000 tiny files as one, ms to the first byte", "", -3000},
	{"1000000 tiny files as one, ms to the last", "tar", -3},
	{"1000000 tiny files as one, memory at most, MB", "", -200 * mib},
	{"encrypted file, HTTP/1.1, MB/s", "nginx", 1},
	{"encrypted file, HTTP/1.1, MB/s", "Caddy", 1.2},
	{"encrypted file, HTTP/2, MB/s", "nginx", 1},
	{"encrypted file, HTTP/2, MB/s", "Caddy", 1.2},
	{"large file, watched, MB/s", "unwatched", 0.97},
	{"4 KiB file, watched, requests/s", "unwatched", 0.97},
}

// own are the rows that those of Windowsill are compared with, if not the same.
var own = map[string]string{
	"listing of 100000 for a program, ms to the last":  "listing of 100000, ms to the last",
	"listing of 100000 as data, ms to the last":        "listing of 100000, ms to the last",
	"thumbnails of 12 MP photos, ms for the slowest":   "thumbnails of 12 MP photos, ms for the median one",
	"listing of 1000000 for a program, ms to the last": "listing of 1000000, ms to the last",
	"listing of 1000000 as data, ms to the last":       "listing of 1000000, ms to the last",
	"form upload, MB/s":                                "upload, MB/s",
	"form upload, CPU s/GB":                            "upload, CPU s/GB",
	"large file, watched, MB/s":                        "large file, unwatched, MB/s",
	"4 KiB file, watched, requests/s":                  "4 KiB file, unwatched, requests/s",
}

// others returns the numbers that those of a target are compared with.
func (b *bench) others(t target) []float64 {
	switch t.other {
	case "its large file":
		return b.values["large file, 1 connection, MB/s"]["Windowsill"]
	case "its PUT", "its median one", "unwatched":
		return b.values[own[t.row]]["Windowsill"]
	}
	if row, ok := own[t.row]; ok {
		return b.values[row][t.other]
	}
	return b.values[t.row][t.other]
}

// printRatios writes what Windowsill is to the others: the ratio of each sample,
// its median, and the lowest and the highest. Where a number by itself is wanted,
// it stands there instead.
func (b *bench) printRatios(w io.Writer) {
	fmt.Fprint(w, "\n| Windowsill | of | ratio | lowest | highest | wanted | met |\n|---|---|--:|--:|--:|--:|---|\n")
	for _, t := range targets {
		ratios := b.ratios(t)
		if len(ratios) == 0 {
			continue
		}
		other, write := t.other, func(v float64) string { return fmt.Sprintf("%.2f", v) }
		if other == "" {
			other, write = "(the number itself)", number
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s | %s |\n", t.row, other,
			write(middle(ratios)), write(slices.Min(ratios)), write(slices.Max(ratios)), t.wanted(write), t.met(ratios))
	}
}

// ratios returns what Windowsill's numbers are of those of the same samples, or
// the numbers themselves where no others are meant.
func (b *bench) ratios(t target) (all []float64) {
	mine := b.values[t.row]["Windowsill"]
	if t.other == "" {
		return mine
	}
	others := b.others(t)
	for i := range min(len(mine), len(others)) {
		all = append(all, mine[i]/others[i])
	}
	return all
}

func (t target) wanted(write func(float64) string) string {
	if t.want < 0 {
		return "≤ " + write(-t.want)
	}
	return "≥ " + write(t.want)
}

// met says whether the median is as wanted, and whether every sample was.
func (t target) met(ratios []float64) string {
	fits := func(r float64) bool { return t.want >= 0 && r >= t.want || t.want < 0 && r <= -t.want }
	switch {
	case !fits(middle(ratios)):
		return "**no**"
	case slices.ContainsFunc(ratios, func(r float64) bool { return !fits(r) }):
		return "not in every sample"
	}
	return "yes"
}
