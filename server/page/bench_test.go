package page

import (
	"bufio"
	"fmt"
	"io"
	"testing"
)

func BenchmarkHTML(b *testing.B) {
	for _, n := range []int{100, 500} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			benchmark(b, func(w io.Writer, f Folder) error { return newPages(b).Show(f).HTML(bufio.NewWriter(w)) }, n)
		})
	}
}

func BenchmarkJSON(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			benchmark(b, newPages(b).JSON, n)
		})
	}
}

func benchmark(b *testing.B, render func(io.Writer, Folder) error, n int) {
	f := Folder{Share: "Summer", Path: "2026/Beach", List: folderOf(b, numbered(n)...)}
	b.ReportAllocs()
	for b.Loop() {
		if err := render(io.Discard, f); err != nil {
			b.Fatal(err)
		}
	}
}
