package media

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"testing"
	"windowsill/server/servertest"
)

// clearQuarter reports whether the first quarter of a picture cannot be seen, and the
// second one can.
func clearQuarter(img image.Image) bool {
	b := img.Bounds()
	_, _, _, first := img.At(b.Dx()/4, b.Dy()/4).RGBA()
	_, _, _, second := img.At(b.Dx()*3/4, b.Dy()/4).RGBA()
	return first == 0 && second == 0xffff
}

func TestBitmapsAndIcons(t *testing.T) {
	for name, c := range map[string]struct {
		size  image.Point
		clear bool
	}{
		"rle8.bmp": {image.Pt(64, 48), false}, "os2.bmp": {image.Pt(64, 48), false},
		"rgb555.bmp": {image.Pt(64, 48), false}, "rgb565.bmp": {image.Pt(64, 48), false},
		"alpha.bmp": {image.Pt(64, 48), true},
		"icon.ico":  {image.Pt(32, 24), true}, "pal.ico": {image.Pt(32, 24), true}, "pointer.cur": {image.Pt(32, 24), true},
		"alpha.ico": {image.Pt(32, 32), true}, "large.ico": {image.Pt(160, 120), false},
	} {
		img, _, err := thumbnailOf(t, name, servertest.Testdata(t, name), 160)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if img.Bounds().Size() != c.size || clearQuarter(img) != c.clear {
			t.Errorf("%s: %v, clear %v", name, img.Bounds(), clearQuarter(img))
		}
		b := img.Bounds()
		for i, want := range numbersOfQuarters {
			got := color.NRGBAModel.Convert(img.At(b.Dx()*(1+2*(i%2))/4, b.Dy()*(1+2*(i/2))/4)).(color.NRGBA)
			const coarse = 10 // of five bits
			if far := max(abs(int(got.R)-int(want.R)), abs(int(got.G)-int(want.G)), abs(int(got.B)-int(want.B))); far > coarse && (i > 0 || !c.clear) {
				t.Errorf("%s: quarter %d is %v, want %v", name, i, got, want)
			}
		}
	}
}

// Four bits a pixel, in runs of two colours that take turns.
func TestBitmapOfRuns(t *testing.T) {
	file := append([]byte("BM\x00\x00\x00\x00\x00\x00\x00\x00\x76\x00\x00\x00\x28\x00\x00\x00\x08\x00\x00\x00\x02\x00\x00\x00\x01\x00\x04\x00\x02\x00\x00\x00"), make([]byte, 20)...)
	palette := make([]byte, 64)
	copy(palette, "\x00\x00\xff\x00\xff\x00\x00\x00") // red, blue
	file = append(append(file, palette...), "\x08\x01\x00\x00\x08\x10\x00\x01"...)
	if f := formatOf(file); f == nil {
		t.Fatal("not known")
	}
	img, err := decodeBMP(bytes.NewReader(file))
	must(t, err)
	if img.Bounds().Size() != image.Pt(8, 2) {
		t.Fatal(img.Bounds())
	}
	near(t, "the first pixel", img.At(0, 0), color.RGBA{0, 0, 255, 255})
	near(t, "the second pixel", img.At(1, 0), color.RGBA{255, 0, 0, 255})
	near(t, "the last pixel", img.At(7, 1), color.RGBA{0, 0, 255, 255})
}

func TestIconsThatAreNone(t *testing.T) {
	icon := servertest.Testdata(t, "icon.ico")
	huge := bytes.Clone(icon)
	copy(huge[6+16*2-10+2:], "\xff\xff\xff\xff")
	for name, content := range map[string][]byte{
		"no entry":      []byte("\x00\x00\x01\x00\x00\x00"),
		"cut entry":     icon[:20],
		"cut picture":   icon[:60],
		"MPEG":          []byte("\x00\x00\x01\xba\x44\x00\x04\x00\x04\x01"),
		"entry of none": append([]byte("\x00\x00\x01\x00\x01\x00"), make([]byte, 64)...),
	} {
		if _, _, err := thumbnailOf(t, name, content, 160); !errors.Is(err, ErrNoThumbnail) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := thumbnailOf(t, "huge", huge, 160); err != nil && !errors.Is(err, ErrNoThumbnail) {
		t.Errorf("huge: %v", err)
	}
}
