package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"io"
	"os/exec"
	"slices"
	"testing"
	"windowsill/server/servertest"
)

// thumbnailOf makes the thumbnail of a content and decodes it.
func thumbnailOf(t testing.TB, name string, content []byte, side int) (image.Image, Thumbnail, error) {
	t.Helper()
	made, err := maker(t, Options{}).Thumbnail(t.Context(), "a", fileOf(t, name, string(content)), side)
	if err != nil {
		return nil, made, err
	}
	img, _, err := image.Decode(bytes.NewReader(made.Content))
	must(t, err)
	return img, made, nil
}

// photo is a picture that is wider than high; its quarters are "RG BY".
var photo = photoOf(400, 300)

func TestEveryFormatHasThumbnails(t *testing.T) {
	seeThrough := image.NewNRGBA(photo.Rect)
	for i := range seeThrough.Pix {
		seeThrough.Pix[i] = photo.Pix[i]
	}
	for y := range 300 {
		seeThrough.SetNRGBA(200, y, color.NRGBA{})
	}
	deep := image.NewRGBA64(photo.Rect)
	gray := image.NewGray(photo.Rect)
	for y := range 300 {
		for x := range 400 {
			deep.Set(x, y, photo.At(x, y))
			gray.Set(x, y, photo.At(x, y))
		}
	}
	for _, c := range []struct {
		name    string
		content []byte
		typ     string
		colours string
	}{
		{"JPEG", encodedJPEG(photo), "image/jpeg", "RG BY"},
		{"gray JPEG", encodedJPEG(gray), "image/jpeg", "?? ??"},
		{"PNG", encodedPNG(photo), "image/jpeg", "RG BY"},
		{"PNG of 16 bits", encodedPNG(deep), "image/jpeg", "RG BY"},
		{"transparent PNG", encodedPNG(seeThrough), "image/png", "RG BY"},
		{"GIF", encodedGIF(photo), "image/jpeg", "RG BY"},
		{"BMP", encodedBMP(photo), "image/jpeg", "RG BY"},
		{"TIFF", encodedTIFF(photo), "image/jpeg", "RG BY"},
		{"TIFF of 16 bits", encodedTIFF(deep), "image/jpeg", "RG BY"},
		{"lossy WebP", servertest.Testdata(t, "lossy.webp"), "image/jpeg", "RG BY"},
		{"lossless WebP", servertest.Testdata(t, "lossless.webp"), "image/jpeg", "RG BY"},
		{"transparent WebP", servertest.Testdata(t, "transparent.webp"), "image/png", "RG BY"},
		{"animated GIF", animatedGIF(photo), "image/jpeg", "RG BY"},
		{"animated WebP", animatedWebP(t), "image/jpeg", "RG BY"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, side := range []int{160, 320} {
				img, made, err := thumbnailOf(t, "file", c.content, side)
				must(t, err)
				if got, want := img.Bounds().Size(), image.Pt(side, side*3/4); got != want {
					t.Errorf("size %v, want %v", got, want)
				}
				if got := quartersOf(img); got != c.colours {
					t.Errorf("colours %s, want %s", got, c.colours)
				}
				if made.Type != c.typ {
					t.Errorf("type %s, want %s", made.Type, c.typ)
				}
			}
		})
	}
}

// animatedGIF shows img, and then something else.
func animatedGIF(img image.Image) []byte {
	first, err := gif.Decode(bytes.NewReader(encodedGIF(img)))
	if err != nil {
		panic(err)
	}
	second := image.NewPaletted(img.Bounds(), color.Palette{color.Black})
	return encoded(func(w io.Writer) error {
		return gif.EncodeAll(w, &gif.GIF{Image: []*image.Paletted{first.(*image.Paletted), second}, Delay: []int{1, 1}})
	})
}

// animatedWebP shows the picture of lossy.webp, and then something broken.
func animatedWebP(t testing.TB) []byte {
	frame := append(make([]byte, 6), 143, 1, 0, 43, 1, 0, 0, 0, 0, 0)
	frame = append(frame, servertest.Testdata(t, "lossy.webp")[12:]...)
	var b bytes.Buffer
	b.WriteString("RIFF\x00\x00\x00\x00WEBP")
	writeChunk(&b, "VP8X", []byte{2, 0, 0, 0, 143, 1, 0, 43, 1, 0})
	writeChunk(&b, "ANIM", make([]byte, 6))
	writeChunk(&b, "ANMF", frame)
	writeChunk(&b, "ANMF", make([]byte, 40))
	binary.LittleEndian.PutUint32(b.Bytes()[4:], uint32(b.Len()-8))
	return b.Bytes()
}

func TestOrientationIsHonoured(t *testing.T) {
	exifChunk := func(exif []byte) []byte {
		b := binary.BigEndian.AppendUint32(nil, uint32(len(exif)))
		b = append(append(b, "eXIf"...), exif...)
		return append(b, 0, 0, 0, 0) // a checksum that nobody looks at
	}
	files := map[string]func(exif []byte) []byte{
		"JPEG": func(exif []byte) []byte { return withExif(encodedJPEG(photo), exif) },
		"PNG": func(exif []byte) []byte {
			file := encodedPNG(photo)
			const ihdr = 8 + 25
			return append(append(bytes.Clone(file[:ihdr]), withChecksum(exifChunk(exif))...), file[ihdr:]...)
		},
		"WebP": func(exif []byte) []byte {
			b := bytes.NewBuffer(servertest.Testdata(t, "lossy.webp"))
			writeChunk(b, "EXIF", exif)
			return b.Bytes()
		},
	}
	for turn, want := range map[int]string{
		0: "RG BY", 1: "RG BY", 2: "GR YB", 3: "YB GR", 4: "BY RG",
		5: "RB GY", 6: "BR YG", 7: "YG BR", 8: "GY RB", 9: "RG BY",
	} {
		for format, file := range files {
			img, _, err := thumbnailOf(t, "file", file(exifOf(turn, nil)), 160)
			must(t, err)
			if got := quartersOf(img); got != want {
				t.Errorf("%s, orientation %d: %s, want %s", format, turn, got, want)
			}
			if size := img.Bounds().Size(); (size == image.Pt(120, 160)) != (turn >= 5 && turn <= 8) {
				t.Errorf("%s, orientation %d: size %v", format, turn, size)
			}
		}
	}
}

func TestPicturesAreNeverEnlarged(t *testing.T) {
	for _, size := range []image.Point{{1, 1}, {3, 200}, {100, 75}, {319, 320}} {
		img, _, err := thumbnailOf(t, "file", encodedPNG(photoOf(size.X, size.Y)), 320)
		must(t, err)
		if got := img.Bounds().Size(); got != size {
			t.Errorf("%v becomes %v", size, got)
		}
	}
}

func TestLongPicturesKeepAPixel(t *testing.T) {
	img, _, err := thumbnailOf(t, "file", encodedPNG(image.NewGray(image.Rect(0, 0, 20_000, 3))), 160)
	must(t, err)
	if got := img.Bounds().Size(); got != image.Pt(160, 1) {
		t.Errorf("size %v", got)
	}
}

func TestFilesWithoutThumbnail(t *testing.T) {
	for name, content := range map[string][]byte{
		"empty.jpg":            nil,
		"text.txt":             []byte("hello"),
		"named.jpg":            []byte("not a picture"),
		"half.png":             encodedPNG(photo)[:60],
		"beyond.heic":          heifOf("heic", make([]byte, 50))[:120],
		"without.heic":         boxOf("ftyp", []byte("heic\x00\x00\x00\x00")),
		"without preview.cr2":  tiffOf(binary.LittleEndian, nil, []tag{{tagCompression, 34713}}),
		"script.svg":           []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"),
		"BM is not always.txt": []byte("BMW makes cars"),
	} {
		if _, _, err := thumbnailOf(t, name, content, 160); !errors.Is(err, ErrNoThumbnail) {
			t.Errorf("%s: %v, want ErrNoThumbnail", name, err)
		}
	}
}

// Browsers show such pictures; so they have a thumbnail.
func TestFlawedPicturesShowWhatIsThere(t *testing.T) {
	cut := func(b []byte) []byte { return b[:len(b)*9/10] }
	jpegFile, pngFile, gifFile := encodedJPEG(photo), encodedPNG(photo), encodedGIF(photo)
	comment := append([]byte("\x00\x00\x00\x05tEXta\x00bcd"), 0, 0, 0, 0)
	for name, content := range map[string][]byte{
		"JPEG without its end marker":              jpegFile[:len(jpegFile)-2],
		"cut JPEG":                                 cut(jpegFile),
		"PNG without its end":                      pngFile[:len(pngFile)-12],
		"cut PNG":                                  cut(pngFile),
		"PNG with a wrong checksum in a comment":   slices.Concat(pngFile[:33], comment, pngFile[33:]),
		"PNG with a wrong checksum of the picture": slices.Concat(pngFile[:len(pngFile)-14], []byte{0, 0}, pngFile[len(pngFile)-12:]),
		"cut GIF":                                  cut(gifFile),
		"cut lossy WebP":                           cut(servertest.Testdata(t, "lossy.webp")),
	} {
		for _, side := range []int{80, 320} { // JPEG is decoded at a smaller size, and whole
			img, _, err := thumbnailOf(t, "flawed", content, side)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			} else if got := quartersOf(img); got[:2] != "RG" || img.Bounds().Dx() != side {
				t.Errorf("%s, at %d: %s, %v", name, side, got, img.Bounds())
			}
		}
	}
}

func TestLossyWebPReachesBlackAndWhite(t *testing.T) {
	img, _, err := thumbnailOf(t, "a.webp", servertest.Testdata(t, "black-to-white.webp"), 160)
	must(t, err)
	b := img.Bounds()
	dark, bright := color.GrayModel.Convert(img.At(b.Dx()/2, 0)).(color.Gray).Y, color.GrayModel.Convert(img.At(b.Dx()/2, b.Dy()-1)).(color.Gray).Y
	if dark > 6 || bright < 249 {
		t.Errorf("from %d to %d, want from 0 to 255", dark, bright)
	}
}

func TestGIFWhoseFirstFrameIsSmallerThanItsCanvas(t *testing.T) {
	small := encodedGIF(photoOf(100, 75))
	copy(small[6:], "\x90\x01\x2c\x01") // a canvas of 400 by 300
	img, _, err := thumbnailOf(t, "small.gif", small, 200)
	must(t, err)
	if _, _, _, alpha := img.At(150, 100).RGBA(); img.Bounds().Size() != image.Pt(200, 150) || alpha != 0 {
		t.Errorf("%v, alpha %d beside the frame", img.Bounds(), alpha)
	}
}

// jpegOf is a JPEG file of that many pixels, in colour and without subsampling,
// up to where its first scan begins.
func jpegOf(sof byte, w, h uint16) []byte {
	b := []byte{0xff, 0xd8, 0xff, sof, 0, 17, 8}
	b = binary.BigEndian.AppendUint16(b, h)
	b = binary.BigEndian.AppendUint16(b, w)
	b = append(b, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0)
	return append(b, 0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0)
}

// A decoder keeps all coefficients of a progressive picture until the last scan.
func TestMemoryOfJPEGsIsBounded(t *testing.T) {
	const baseline, progressive = 0xc0, 0xc2
	for _, c := range []struct {
		name     string
		sof      byte
		w, h     uint16
		side     int
		decoders int // that need no more than all pictures together may have
	}{
		{"baseline of 96 megapixels", baseline, 12_000, 8000, 320, 2},
		{"progressive of 33 megapixels", progressive, 7000, 4700, 320, 2},
		{"progressive of 36 megapixels", progressive, 7200, 5000, 320, 1},
		{"progressive of 96 megapixels", progressive, 12_000, 8000, 320, 1},
		{"the same, hardly made smaller", progressive, 12_000, 8000, 12_000, 0},
	} {
		p, err := measure(sectionOf(jpegOf(c.sof, c.w, c.h)), c.side)
		if len(p.decoders) != c.decoders || (c.decoders == 0) != (err == errTooLarge) {
			t.Errorf("%s: %d decoders, %v; want %d", c.name, len(p.decoders), err, c.decoders)
		}
	}
	for name, content := range map[string][]byte{"baseline": encodedJPEG(photoOf(640, 480)), "progressive": servertest.Testdata(t, "progressive.jpg")} {
		for _, side := range []int{20, 40, 160, 640} {
			p, err := measure(sectionOf(content), side)
			must(t, err)
			for i, by := range p.decoders {
				took := allocated(func() {
					_, err := p.decode(by, nil)
					must(t, err)
				})
				const apart = 192 << 10 // for buffers and tables, which do not grow with the picture
				if int64(took) > by.memory+apart {
					t.Errorf("%s, at %d, by decoder %d: %d kB were taken, but %d were reckoned with", name, side, i, took>>10, by.memory>>10)
				}
			}
		}
	}
}

func TestBombsAreRefusedByTheirHeader(t *testing.T) {
	png := func(w, h uint32) []byte {
		b := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), w)
		b = append(binary.BigEndian.AppendUint32(b, h), 8, 6, 0, 0, 0)
		return append(b[:12], withChecksum(b[8:])[8:]...)
	}
	bmp := encodedBMP(photoOf(8, 8))
	binary.LittleEndian.PutUint32(bmp[18:], 60_000)
	binary.LittleEndian.PutUint32(bmp[22:], 60_000)
	gifFile := encodedGIF(photoOf(8, 8))
	copy(gifFile[6:], "\xff\xff\xff\xff")
	for name, content := range map[string][]byte{
		"JPEG":                                jpegOf(0xc0, 65535, 65535),
		"progressive JPEG of 64 megapixels":   jpegOf(0xc2, 8000, 8000),
		"PNG":                                 png(20_000, 20_000),
		"PNG of the largest numbers":          png(1<<31-1, 1<<31-1),
		"PNG with a very long side":           png(90_000_000, 1),
		"GIF":                                 gifFile,
		"BMP":                                 bmp,
		"TIFF":                                tiffOf(binary.LittleEndian, nil, []tag{{0x0100, 50_000}, {0x0101, 50_000}, {0x0102, 8}, {0x0106, 1}}),
		"lossless WebP":                       []byte("RIFF\x20\x00\x00\x00WEBPVP8L\x10\x00\x00\x00\x2f\xff\xff\xff\x0f\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
		"WebP that promises four gigabytes":   []byte("RIFF\xff\xff\xff\xffWEBPVP8 \xfe\xff\xff\xff\x50\xff\xff\x9d\x01\x2a\x10\x00\x10\x00"),
		"WebP of nested frames":               nestedFrames(),
		"TIFF whose directories are a circle": tiffOf(binary.LittleEndian, nil, []tag{{tagSubIFDs, 8}}),
	} {
		t.Run(name, func(t *testing.T) {
			bytes := allocated(func() {
				if _, _, err := thumbnailOf(t, "file", content, 320); !errors.Is(err, ErrNoThumbnail) {
					t.Errorf("%v, want ErrNoThumbnail", err)
				}
			})
			if bytes > 8<<20 {
				t.Errorf("%d MB were taken for it", bytes>>20)
			}
		})
	}
}

func nestedFrames() []byte {
	b := []byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	for range 10_000 {
		b = append(b, "ANMF\xff\xff\xff\x7f0123456789abcdef"...)
	}
	return b
}

func TestFilmsHavePostersWhereFfmpegIs(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		servertest.Missing(t, "This test needs ffmpeg: .ci/deps test installs it.")
	}
	img, _, err := thumbnailOf(t, "film.mp4", servertest.Testdata(t, "film.mp4"), 160)
	must(t, err)
	if got := quartersOf(img); got != "RG BY" || img.Bounds().Size() != image.Pt(160, 120) {
		t.Errorf("%s, %v", got, img.Bounds())
	}
	// A playlist under a film's name must not lead ffmpeg to other files.
	playlist := "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + "testdata/film.mp4\n"
	for name, content := range map[string]string{"list.mp4": playlist, "concat.mp4": "ffconcat version 1.0\nfile 'testdata/film.mp4'\n"} {
		if _, _, err := thumbnailOf(t, name, []byte(content), 160); !errors.Is(err, ErrNoThumbnail) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFilmsWithoutFfmpeg(t *testing.T) {
	m := maker(t, Options{})
	m.ffmpeg = ""
	if _, err := m.Thumbnail(t.Context(), "a", fileOf(t, "film.mp4", string(servertest.Testdata(t, "film.mp4"))), 160); !errors.Is(err, ErrNoThumbnail) {
		t.Error(err)
	}
}

// A file may contain its size twice. The one that was measured counts.
func TestSecondHeaderOfAPNGDoesNotCount(t *testing.T) {
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))))
	whole := b.Bytes()
	header := bytes.Clone(whole[8:33])
	header[8+3] = 200 // 200 pixels wide
	twice := append(append(bytes.Clone(whole[:33]), header...), whole[33:]...)
	img, err := decodeRepairedPNG(bytes.NewReader(twice))
	if !errors.Is(err, errIncomplete) || img == nil || img.Bounds().Dx() != 4 {
		t.Errorf("%v, %v, want a picture 4 pixels wide", img, err)
	}
}

func TestChunksOfAPNGAreBoundedAllTogether(t *testing.T) {
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))))
	end := b.Len() - 12
	file := bytes.NewBuffer(bytes.Clone(b.Bytes()[:end]))
	for range 3 {
		writeChunkPNG(file, "IDAT", make([]byte, 60))
	}
	writeChunkPNG(file, "tEXt", make([]byte, 1000)) // is not kept
	if _, err := readChunksPNG(bytes.NewReader(file.Bytes()), 300); err != nil {
		t.Error(err)
	}
	if _, err := readChunksPNG(bytes.NewReader(file.Bytes()), 150); !errors.Is(err, errTooLarge) {
		t.Errorf("%v, want errTooLarge", err)
	}
}
