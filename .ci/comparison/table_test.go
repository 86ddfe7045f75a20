package main

import (
	"slices"
	"strings"
	"testing"
)

func TestMiddle(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   float64
	}{
		{[]float64{7}, 7},
		{[]float64{9, 1, 4}, 4},
		{[]float64{8, 1, 2, 4}, 3},
	} {
		given := slices.Clone(c.values)
		if got := middle(c.values); got != c.want || !slices.Equal(c.values, given) {
			t.Errorf("%v: %v, want %v", given, got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{0: "0.00", 1.234: "1.23", 12.34: "12.3", 1234.5: "1234", -20: "-20.00"} {
		if got := number(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
	if got := median(nil); got != "–" {
		t.Errorf("of nothing: %s", got)
	}
}

func TestRatiosAreOfTheSameSample(t *testing.T) {
	b := bench{values: map[string]map[string][]float64{
		"a, MB/s":           {"Windowsill": {10, 30, 20}, "nginx": {20, 10}},
		"a, ms":             {"Windowsill": {5, 7}},
		"form upload, MB/s": {"Windowsill": {4}},
		"upload, MB/s":      {"Windowsill": {5}},
	}}
	for _, c := range []struct {
		target
		want []float64
	}{
		{target{"a, MB/s", "nginx", 1}, []float64{0.5, 3}},
		{target{"a, MB/s", "Caddy", 1}, nil},
		{target{"a, ms", "", -6}, []float64{5, 7}},
		{target{"form upload, MB/s", "its PUT", 1}, []float64{0.8}},
		{target{"not measured", "", 1}, nil},
	} {
		if got := b.ratios(c.target); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.target, got, c.want)
		}
	}
}

func TestMet(t *testing.T) {
	for _, c := range []struct {
		want   float64
		ratios []float64
		met    string
	}{
		{1, []float64{1, 1.2}, "yes"},
		{1, []float64{0.9, 1.2, 1.3}, "not in every sample"},
		{1, []float64{0.9, 0.9, 1.3}, "**no**"},
		{-3000, []float64{2000, 3000}, "yes"},
		{-3000, []float64{2000, 3001, 2500}, "not in every sample"},
		{-3000, []float64{3001}, "**no**"},
	} {
		if got := (target{want: c.want}).met(c.ratios); got != c.met {
			t.Errorf("%v of %v: %s, want %s", c.want, c.ratios, got, c.met)
		}
	}
}

func TestPrintRatios(t *testing.T) {
	b := bench{values: map[string]map[string][]float64{
		"start to the first answer, ms": {"Windowsill": {20, 24, 16}, "nginx": {10, 8, 16}},
	}}
	var text strings.Builder
	b.printRatios(&text)
	for _, want := range []string{
		"\n| start to the first answer, ms | nginx | 2.00 | 1.00 | 3.00 | ≤ 1.50 | **no** |\n",
		"\n| start to the first answer, ms | (the number itself) | 20.0 | 16.0 | 24.0 | ≤ 12.0 | **no** |\n",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in %s", want, &text)
		}
	}
}

// TestTargetsNameOthersThatAreMeasured finds targets whose name for the other one
// is misspelt, which would be left out in silence.
func TestTargetsNameOthersThatAreMeasured(t *testing.T) {
	known := []string{"", "its large file", "its PUT", "its median one", "unwatched"}
	for _, p := range append(slices.Clone(peers), tools...) {
		known = append(known, p.name)
	}
	for _, target := range targets {
		if !slices.Contains(known, target.other) {
			t.Errorf("%q is of %q, which nothing is called", target.row, target.other)
		}
	}
	for row := range own {
		if !slices.ContainsFunc(targets, func(t target) bool { return t.row == row }) {
			t.Errorf("%q is no target", row)
		}
	}
}
