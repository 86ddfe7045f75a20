package media

import (
	"bytes"
	"strconv"
	"testing"

	"golang.org/x/image/bmp"
	"windowsill/server/worker"
)

func BenchmarkBitmap(b *testing.B) {
	for _, side := range []int{640, 4000} {
		var file bytes.Buffer
		if err := bmp.Encode(&file, photoOf(side, side*3/4)); err != nil {
			b.Fatal(err)
		}
		b.Run(strconv.Itoa(side), func(b *testing.B) {
			pool := worker.NewPool(Converters)
			b.Cleanup(pool.Close)
			m := maker(b, Options{MemoryBytes: 1, Converters: pool})
			f := fileOf(b, "a.bmp", file.String())
			for b.Loop() {
				if _, err := m.Thumbnail(b.Context(), "a", f, 320); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
