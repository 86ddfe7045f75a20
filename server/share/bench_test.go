package share

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func BenchmarkOpen(b *testing.B) {
	f := opened(b, Options{}, map[string]string{"file": "x", "a/b/file": "x", "link": "->file"})
	for _, name := range []string{"file", "a/b/file", "link", "nothing"} {
		b.Run(filepath.Base(filepath.Dir(name))+"/"+filepath.Base(name), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if file, err := f.Open(name); err == nil {
					file.Close()
				}
			}
		})
	}
}

func BenchmarkETag(b *testing.B) {
	file, err := opened(b, Options{}, map[string]string{"file": "x"}).Open("file")
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	b.ReportAllocs()
	for b.Loop() {
		file.ETag()
	}
}

func BenchmarkCheck(b *testing.B) {
	f := opened(b, Options{}, map[string]string{"file": "x"})
	b.ReportAllocs()
	for b.Loop() {
		if err := f.Check(); err != nil {
			b.Fatal(err)
		}
	}
}

// crowded opens a share with n files in it.
func crowded(b *testing.B, n int) *Folder {
	b.Helper()
	dir := b.TempDir()
	for i := range n {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("IMG_%d.jpg", i)), nil, 0o666); err != nil {
			b.Fatal(err)
		}
	}
	return openedAt(b, dir, Options{})
}

func BenchmarkFolder(b *testing.B) {
	for _, n := range []int{100, 10_000, 100_000} {
		f := crowded(b, n)
		b.Run(fmt.Sprintf("list/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l, err := f.List("")
				if err != nil || l.Len() != n {
					b.Fatal(l.Len(), err)
				}
				l.Close()
			}
		})
		b.Run(fmt.Sprintf("entries/%d", n), func(b *testing.B) {
			l, err := f.List("")
			if err != nil {
				b.Fatal(err)
			}
			defer l.Close()
			b.ReportAllocs()
			for b.Loop() {
				for range l.Entries(0, n) {
				}
			}
		})
		b.Run(fmt.Sprintf("look/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if look, err := LookInto(context.Background(), f.Path()); err != nil || look.Files != n {
					b.Fatal(look, err)
				}
			}
		})
	}
}

func BenchmarkCompare(b *testing.B) {
	all := slices.Clone(ordered)
	for _, c := range [][2]string{{"IMG_20240102_1.jpg", "IMG_20240102_2.jpg"}, {"Größe 1", "größe 2"}} {
		b.Run(c[0], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Compare(c[0], c[1])
			}
		})
	}
	b.Run("sort", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			copy(all, ordered)
			slices.SortFunc(all, Compare)
		}
	})
}

func BenchmarkContentType(b *testing.B) {
	head := make([]byte, 1024)
	for i := range head {
		head[i] = 'a'
	}
	for _, name := range []string{"a.jpg", "a.txt", "a.html", "Makefile"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ContentType(name, head)
			}
		})
	}
}
