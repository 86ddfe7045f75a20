package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"windowsill/server/servertest"
	"windowsill/server/share"
	"windowsill/server/worker"
)

// converter is a maker that converts pictures, and keeps them in a folder.
func converter(t *testing.T, dir string) *Maker {
	t.Helper()
	o := Converters
	o.Limits.CPU = 5 * time.Minute // the race detector makes all slower
	pool := worker.NewPool(o)
	t.Cleanup(pool.Close)
	return maker(t, Options{CacheDir: dir, Converters: pool})
}

// heifFile opens a file of package heif's test data.
func heifFile(t *testing.T, name string) *share.File {
	t.Helper()
	b, err := os.ReadFile("heif/testdata/" + name)
	must(t, err)
	return fileOf(t, name, string(b))
}

func TestPictureIsConvertedWithItsColours(t *testing.T) {
	for _, name := range []string{"p3.heic", "p3.avif"} {
		t.Run(name, func(t *testing.T) { convertedWithItsColours(t, name) })
	}
}

// What djxl of libjxl 0.7 makes of them in sRGB.
func TestJPEGXLHasItsColours(t *testing.T) {
	m := converter(t, t.TempDir())
	for name, want := range map[string][4]color.RGBA{
		"lossy.jxl": numbersOfQuarters,
		"16bit.jxl": numbersOfQuarters,
		"p3.jxl":    {{251, 0, 0, 255}, {0, 204, 9, 255}, {16, 61, 229, 255}, {128, 128, 128, 255}},
		"lut.jxl":   {{108, 0, 0, 255}, {128, 220, 137, 255}, {0, 51, 190, 255}, {153, 102, 142, 255}},
		"alpha.jxl": {{255, 255, 255, 255}, numbersOfQuarters[1], numbersOfQuarters[2], numbersOfQuarters[3]},
	} {
		b, err := os.ReadFile("jxl/testdata/" + name)
		must(t, err)
		c, err := m.Converted(t.Context(), "a", fileOf(t, name, string(b)), 0)
		must(t, err)
		content, err := io.ReadAll(c)
		must(t, err)
		must(t, c.Close())
		img, err := jpeg.Decode(bytes.NewReader(content))
		must(t, err)
		convert, err := profileIn(sectionOf(content)).converter()
		for i, q := range want {
			got := color.RGBAModel.Convert(img.At(16+32*(i%2), 12+24*(i/2))).(color.RGBA)
			if err == nil {
				got, _ = convert.bytes([4]uint8{got.R, got.G, got.B})
			}
			if d := max(abs(int(got.R)-int(q.R)), abs(int(got.G)-int(q.G)), abs(int(got.B)-int(q.B))); d > 14 {
				t.Errorf("%s: quarter %d is %v, want %v", name, i, got, q)
			}
		}
	}
}

func convertedWithItsColours(t *testing.T, name string) {
	dir := t.TempDir()
	m, f := converter(t, dir), heifFile(t, name)
	for range 2 { // the second time from the disk
		c, err := m.Converted(t.Context(), "a", f, 0)
		must(t, err)
		content, err := io.ReadAll(c)
		must(t, err)
		must(t, c.Close())
		img, err := jpeg.Decode(bytes.NewReader(content))
		must(t, err)
		for i, want := range numbersOfQuarters {
			near(t, "a quarter", img.At(80+160*(i%2), 60+120*(i/2)), want)
		}
		if p := profileIn(sectionOf(content)); p.channels() != rgbSpace || int64(len(content)) != c.Size {
			t.Errorf("a profile of %d bytes, %d bytes of %d", len(p), len(content), c.Size)
		}
		m.workers.Close()
	}
	if kept, _ := filepath.Glob(filepath.Join(dir, "pictures", "*"+suffix)); len(kept) != 1 {
		t.Errorf("%d files on the disk", len(kept))
	}
}

func TestPicturesOfPhonesHaveThumbnails(t *testing.T) {
	m := converter(t, "")
	for name, side := range map[string]int{"full.heic": 160, "thumb.heic": 320, "10bit.heic": 640, "plain.avif": 160, "10bit.avif": 320} {
		made, err := m.Thumbnail(t.Context(), "a", heifFile(t, name), side)
		must(t, err)
		img, err := jpeg.Decode(bytes.NewReader(made.Content))
		must(t, err)
		b := img.Bounds()
		if b.Dx() != min(side, 320) {
			t.Errorf("%s: %v", name, b)
		}
		for i, want := range numbersOfQuarters {
			near(t, name, img.At(b.Dx()*(1+2*(i%2))/4, b.Dy()*(1+2*(i/2))/4), want)
		}
	}
}

func TestPicturesThatAreNotConverted(t *testing.T) {
	m := converter(t, "")
	whole, err := os.ReadFile("heif/testdata/full.heic")
	must(t, err)
	for name, content := range map[string]string{
		"a.jpg":       string(encodedJPEG(photo)),
		"text.heic":   "hello",
		"cut.heic":    string(whole[:len(whole)/2]),
		"bomb.heic":   strings.ReplaceAll(string(whole), "\x00\x00\x01\x40\x00\x00\x00\xf0", "\x7f\xff\xff\xff\x7f\xff\xff\xff"),
		"broken.heic": strings.Replace(string(whole), "hvcC", "hvcC\xff\xff\xff", 1),
	} {
		f := fileOf(t, name, content)
		if c, err := m.Converted(t.Context(), "a", f, 0); !errors.Is(err, ErrNoPicture) {
			t.Errorf("%s: %v, %v, want ErrNoPicture", name, c, err)
		}
	}
	if _, err := maker(t, Options{}).Converted(t.Context(), "a", heifFile(t, "full.heic"), 0); !errors.Is(err, ErrNoPicture) {
		t.Errorf("without workers: %v", err)
	}
}

func TestPictureBeyondTheBoundsOfItsWorkerIsNotConverted(t *testing.T) {
	pool := worker.NewPool(worker.Options{Limits: worker.Limits{Memory: 32 << 20}})
	t.Cleanup(pool.Close)
	m := maker(t, Options{Converters: pool})
	if _, err := m.Converted(t.Context(), "a", heifFile(t, "full.heic"), 0); !errors.Is(err, ErrNoPicture) {
		t.Errorf("%v, want ErrNoPicture", err)
	}
}

func TestPagesOfTIFFAreConverted(t *testing.T) {
	m := converter(t, "")
	tiffFile := func(name string) *share.File {
		b, err := os.ReadFile("tiff/testdata/" + name)
		must(t, err)
		return fileOf(t, name, string(b))
	}
	pages := tiffFile("pages.tif")
	if n := Pages(pages); n != 3 {
		t.Errorf("%d pages, want 3", n)
	}
	if n := Pages(heifFile(t, "full.heic")); n != 1 {
		t.Errorf("%d pages of another file, want 1", n)
	}
	for page, want := range []color.RGBA{{254, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 254, 255}} {
		c, err := m.Converted(t.Context(), "a", pages, page)
		must(t, err)
		img, err := jpeg.Decode(c)
		must(t, err)
		must(t, c.Close())
		near(t, "page "+strconv.Itoa(page), img.At(10, 5), want)
	}
	if _, err := m.Converted(t.Context(), "a", pages, 3); !errors.Is(err, ErrNoPicture) {
		t.Errorf("beyond the last page: %v", err)
	}
	for name, size := range map[string]image.Point{"turned.tif": {48, 64}, "cmyk.tif": {64, 48}, "bigtiff.tif": {64, 48}, "alpha.tif": {64, 48}, "jpeg.tif": {64, 48}} {
		c, err := m.Converted(t.Context(), "a", tiffFile(name), 0)
		must(t, err)
		got, err := jpeg.DecodeConfig(c)
		must(t, err)
		must(t, c.Close())
		if image.Pt(got.Width, got.Height) != size {
			t.Errorf("%s: %d by %d, want %v", name, got.Width, got.Height, size)
		}
		small, err := m.Thumbnail(t.Context(), "a", tiffFile(name), 160)
		must(t, err)
		if img, _, err := image.Decode(bytes.NewReader(small.Content)); err != nil || img.Bounds().Size() != size {
			t.Errorf("%s: thumbnail: %v", name, err)
		}
	}
}

func TestPreviewOfARawFileIsConvertedTheRightWayUp(t *testing.T) {
	preview := encodedJPEG(photo)
	for name, content := range map[string][]byte{
		"turned.nef":   tiffOf(binary.BigEndian, preview, []tag{{tagOrientation, 6}, {tagJPEGOffset, dataAt}, {tagJPEGLength, uint32(len(preview))}}),
		"as it is.nef": tiffOf(binary.BigEndian, preview, []tag{{tagOrientation, 1}, {tagJPEGOffset, dataAt}, {tagJPEGLength, uint32(len(preview))}}),
	} {
		c, err := maker(t, Options{CacheDir: t.TempDir()}).Converted(t.Context(), "a", fileOf(t, name, string(content)), 0)
		must(t, err)
		got, err := io.ReadAll(c)
		must(t, err)
		must(t, c.Close())
		want := orientation(0)
		if name == "turned.nef" {
			want = 6
		}
		if _, err := jpeg.Decode(bytes.NewReader(got)); err != nil || readOrientation(sectionOf(got)) != want {
			t.Errorf("%s: orientation %d, %v", name, readOrientation(sectionOf(got)), err)
		}
	}
}

func TestTransparentPictureIsConvertedOnWhite(t *testing.T) {
	m := converter(t, "")
	for _, name := range []string{"alpha.heic", "alpha.avif"} {
		c, err := m.Converted(t.Context(), "a", heifFile(t, name), 0)
		must(t, err)
		img, err := jpeg.Decode(c)
		must(t, err)
		must(t, c.Close())
		near(t, name, img.At(80, 60), color.RGBA{255, 255, 255, 255})
		near(t, name, img.At(240, 60), color.RGBA{40, 200, 60, 255})
	}
}

func TestConvertingEndsWhenNobodyWaits(t *testing.T) {
	m := converter(t, "")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.Converted(ctx, "a", heifFile(t, "full.heic"), 0); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want that it was left", err)
	}
	c, err := m.Converted(t.Context(), "a", heifFile(t, "full.heic"), 0)
	must(t, err)
	must(t, c.Close())
}

func TestDamagedPictureOnTheDiskIsConvertedAgain(t *testing.T) {
	dir := t.TempDir()
	m, f := converter(t, dir), heifFile(t, "full.heic")
	c, err := m.Converted(t.Context(), "a", f, 0)
	must(t, err)
	must(t, c.Close())
	kept, _ := filepath.Glob(filepath.Join(dir, "pictures", "*"))
	must(t, os.WriteFile(kept[0], make([]byte, 1000), 0o600))
	c, err = m.Converted(t.Context(), "a", f, 0)
	must(t, err)
	defer c.Close()
	if size, err := jpeg.DecodeConfig(c); err != nil || image.Pt(size.Width, size.Height) != image.Pt(320, 240) {
		t.Errorf("%v, %v", size, err)
	}
}

func TestTIFFAndBitmapsAndIconsAreDecodedApart(t *testing.T) {
	m := converter(t, t.TempDir())
	for name, apart := range map[string]bool{"rle8.bmp": true, "icon.ico": true, "pointer.cur": true, "p3.tif": true, "p3.jpg": false, "p3.png": false, "lossy.webp": false} {
		f := fileOf(t, name, string(servertest.Testdata(t, name)))
		_, err := m.thumbnailer(t.Context(), f, 160).thumbnail()
		if errors.Is(err, errApart) != apart {
			t.Errorf("%s: %v", name, err)
		}
		here, err := maker(t, Options{}).Thumbnail(t.Context(), "a", f, 160)
		must(t, err)
		there, err := m.Thumbnail(t.Context(), "a", f, 160)
		if err != nil || there.Type != here.Type || !bytes.Equal(there.Content, here.Content) {
			t.Errorf("%s: %d bytes of %s and %v, want %d of %s", name, len(there.Content), there.Type, err, len(here.Content), here.Type)
		}
	}
	f := fileOf(t, "broken.bmp", string(servertest.Testdata(t, "rle8.bmp")[:60]))
	if _, err := m.Thumbnail(t.Context(), "a", f, 160); !errors.Is(err, ErrNoThumbnail) {
		t.Errorf("of a broken one: %v", err)
	}
}

func TestAThumbnailThatIsMadeApartEndsWithItsVisitor(t *testing.T) {
	m := converter(t, t.TempDir())
	defer m.conversions.want("other", "")()
	release, err := m.conversions.acquire(t.Context(), "")
	must(t, err)
	defer release()
	m.conversions.reserve = 0
	ctx, leave := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := m.Thumbnail(ctx, "a", fileOf(t, "a.bmp", string(servertest.Testdata(t, "rle8.bmp"))), 160)
		done <- err
	}()
	leave()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
