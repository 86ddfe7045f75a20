package archive

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkOpen is the time until the first byte can go out.
func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		dir := b.TempDir()
		for i := range n {
			must(b, os.WriteFile(filepath.Join(dir, fmt.Sprintf("IMG_%06d.jpg", i)), nil, 0o666))
		}
		for _, f := range []Format{ZIP, Tar} {
			b.Run(fmt.Sprintf("%d files as %s", n, f.Ext()), func(b *testing.B) {
				p := packedAt(b, dir)
				b.ReportAllocs()
				for b.Loop() {
					r, err := p.Open(context.Background(), "a", all(f))
					must(b, err)
					p.forget(r.layout)
					r.Close()
				}
			})
		}
	}
}

func BenchmarkSend(b *testing.B) {
	for _, c := range []struct {
		name string
		n    int
		size int64
	}{{"many small files", 2000, 1000}, {"few large files", 2, 128 << 20}} {
		dir := b.TempDir()
		for i := range c.n {
			at := filepath.Join(dir, fmt.Sprint(i))
			must(b, os.WriteFile(at, nil, 0o666))
			must(b, os.Truncate(at, c.size))
		}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := packedAt(b, dir).Open(context.Background(), "a", all(ZIP))
				must(b, err)
				b.SetBytes(r.Size())
				_, err = r.Send(struct{ io.Writer }{io.Discard}, r.Size())
				must(b, err)
				r.packer.forget(r.layout)
				r.Close()
			}
		})
	}
}

// BenchmarkDirectory is the directory of 100,000 files.
func BenchmarkDirectory(b *testing.B) {
	r := laidOut(b, ZIP, 100_000)
	b.SetBytes(r.layout.end - r.layout.records)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := sent(r, r.layout.records, r.layout.end); err != nil {
			b.Fatal(err)
		}
	}
}
