package media

import (
	"bytes"
	"image"
	"strings"
	"testing"
	"time"
	"windowsill/server/servertest"
)

func FuzzThumbnail(f *testing.F) {
	small := photoOf(24, 16)
	for _, seed := range [][]byte{
		encodedJPEG(small), encodedPNG(small), encodedGIF(small), encodedBMP(small), encodedTIFF(small),
		withExif(encodedJPEG(small), exifOf(6, encodedJPEG(photoOf(12, 8)))),
		servertest.Testdata(f, "lossy.webp"), servertest.Testdata(f, "lossless.webp"), servertest.Testdata(f, "transparent.webp"), animatedWebP(f),
		heifOf("heic", exifOf(3, encodedJPEG(small))), nestedFrames()[:100],
		[]byte("OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x08\x14OpusHeadOpusTags\x00\x00\x00\x00\x01\x00\x00\x00\xff\xff\xff\xff"), []byte("ID3\x03\x00\xc0\x00\x00\x00\x20\x00\x00\x00\x06"), []byte("RIFF\x00\x00\x00\x00WAVEid3 \x10\x00\x00\x00ID3\x04"),
		[]byte("fLaC\x86\x00\x00\x08\xff\xd8\xff\xe0\x00\x00\x00\x00"), []byte("ID3\x04\x00\x00\x00\x00\x01\x00APIC\x00\x00\x00\x08\x00\x00\xff\xd8\xff"),
		servertest.Testdata(f, "icon.ico"), servertest.Testdata(f, "pointer.cur"), servertest.Testdata(f, "alpha.ico"), servertest.Testdata(f, "rle8.bmp"), servertest.Testdata(f, "os2.bmp"), servertest.Testdata(f, "rgb555.bmp")[:300],
		olympusOf("IIRO", "OLYMPUS\x00II\x03\x00", encodedJPEG(small)),
	} {
		f.Add(seed)
	}
	m := maker(f, Options{})
	f.Fuzz(func(t *testing.T, content []byte) {
		found := findPictures(sectionOf(content))
		if isRaw(headOf(sectionOf(content))) {
			if preview, err := largestPreview(sectionOf(content)); err == nil && preview != nil && !bytes.HasPrefix(preview, []byte("\xff\xd8\xff")) {
				t.Fatal("the preview is no JPEG file")
			}
		}
		for _, p := range best(measured(found, 160), 160) {
			if p.size.X*p.size.Y > 1<<20 {
				continue // allowed, but it would slow down the search
			}
			w := &thumbnailer{maker: m, ctx: t.Context(), side: 160, until: time.Now().Add(maxTime)}
			made, err := w.from(p, found)
			if err != nil {
				continue
			}
			img, _, err := image.Decode(bytes.NewReader(made.Content))
			if err != nil {
				t.Fatalf("the thumbnail is not whole: %v", err)
			}
			if size := img.Bounds().Size(); size.X > 160 || size.Y > 160 || !strings.HasPrefix(made.Type, "image/") {
				t.Fatalf("%v, %s", size, made.Type)
			}
		}
	})
}
