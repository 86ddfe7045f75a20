package media

import (
	"image/jpeg"
	"testing"
)

func BenchmarkThumbnail(b *testing.B) {
	photo := photoOf(4000, 3000)
	for _, c := range []struct {
		name, file string
		content    []byte
		side       int
	}{
		{"12 megapixels to 320", "a.jpg", encodedJPEG(photo), 320},
		{"embedded thumbnail to 160", "b.jpg", withExif(encodedJPEG(photo), exifOf(6, encodedJPEG(photoOf(160, 120)))), 160},
		{"12 megapixels of PNG to 320", "c.png", encodedPNG(photo), 320},
	} {
		b.Run(c.name, func(b *testing.B) {
			f := fileOf(b, c.file, string(c.content))
			m := maker(b, Options{})
			b.ReportAllocs()
			for b.Loop() {
				if _, err := m.thumbnailer(b.Context(), f, c.side).thumbnail(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCachedThumbnail(b *testing.B) {
	f := fileOf(b, "a.jpg", string(encodedJPEG(photoOf(640, 480))))
	for _, c := range []struct {
		name   string
		memory int64
	}{{"in memory", 0}, {"on disk", 1}} {
		b.Run(c.name, func(b *testing.B) {
			m := maker(b, Options{CacheDir: b.TempDir(), MemoryBytes: c.memory})
			b.ReportAllocs()
			for b.Loop() {
				if _, err := m.Thumbnail(b.Context(), "a", f, 320); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The steps of the way, to see where the time goes.
func BenchmarkSteps(b *testing.B) {
	photo := encodedJPEG(photoOf(4000, 3000))
	data := sectionOf(photo)
	img, err := jpeg.Decode(readerOf(data, nil))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			jpeg.Decode(readerOf(data, nil))
		}
	})
	b.Run("fit", func(b *testing.B) {
		for b.Loop() {
			fit(b.Context(), img, 320)
		}
	})
	small, _ := fit(b.Context(), img, 320)
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			encode(small, nil)
		}
	})
}
