package heif

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"testing"
	"windowsill/server/servertest"
)

func TestAVIFHasItsColours(t *testing.T) {
	for _, name := range []string{"plain.avif", "10bit.avif", "444.avif", "bt709-limited.avif", "p3.avif", "p3-nclx.avif", "grid.avif", "narrow.avif"} {
		p, err := Decode(servertest.Testdata(t, name), most)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, off := order(p.Image); got != "0123" || off > 24 {
			t.Errorf("%s: %s, colours differ by %d, %v", name, got, off, p.Image.Bounds())
		}
	}
}

func TestGrayAVIF(t *testing.T) {
	p, err := Decode(servertest.Testdata(t, "gray.avif"), most)
	if err != nil {
		t.Fatal(err)
	}
	if c := color.RGBAModel.Convert(p.Image.At(240, 180)).(color.RGBA); apart(c.R, 128) > 4 || c.R != c.B {
		t.Errorf("gray is %v, want 128", c)
	}
}

// In the order of the file: the left half, turned to the left, mirrored.
func TestAVIFIsCroppedAndTurned(t *testing.T) {
	p, err := Decode(servertest.Testdata(t, "cropped-turned-mirrored.avif"), most)
	if err != nil {
		t.Fatal(err)
	}
	b := p.Image.Bounds()
	left, _, _, _ := p.Image.At(b.Dx()/4, b.Dy()/2).RGBA()
	_, _, right, _ := p.Image.At(b.Dx()*3/4, b.Dy()/2).RGBA()
	if b.Size() != image.Pt(240, 160) || left>>8 > 60 || right>>8 > 60 {
		t.Errorf("%v, red on the left: %d, blue on the right: %d, want blue and red", b, left>>8, right>>8)
	}
}

func TestTransformations(t *testing.T) {
	turn := func(kind string, value byte) box { return box{kind: kind, content: []byte{value}} }
	clap := func(n ...int) box {
		b := []byte{}
		for _, v := range n {
			b = append(b, numbersOf(v>>16, v)...)
		}
		return box{kind: "clap", content: b}
	}
	// 01
	// 23
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for i := range 320 * 240 {
		x, y := i%320, i/320
		img.SetRGBA(x, y, quarters[2*(y/120)+x/160])
	}
	for name, c := range map[string]struct {
		property box
		want     string
		size     image.Point
	}{
		"not turned":         {turn("irot", 0), "0123", image.Pt(320, 240)},
		"turned left":        {turn("irot", 1), "1302", image.Pt(240, 320)},
		"upside down":        {turn("irot", 2), "3210", image.Pt(320, 240)},
		"turned right":       {turn("irot", 3), "2031", image.Pt(240, 320)},
		"top and bottom":     {turn("imir", 0), "2301", image.Pt(320, 240)},
		"left and right":     {turn("imir", 1), "1032", image.Pt(320, 240)},
		"cropped":            {clap(160, 1, 120, 1, 80, 1, -60, 1), "1111", image.Pt(160, 120)},
		"cropped to nothing": {clap(0, 1, 0, 1, 0, 1, 0, 1), "0123", image.Pt(320, 240)},
		"cropped by zero":    {clap(1, 0, 1, 0, 1, 0, 1, 0), "0123", image.Pt(320, 240)},
		"far away":           {clap(160, 1, 120, 1, 1<<30, 1, 0, 1), "0123", image.Pt(320, 240)},
		"of no content":      {box{kind: "irot"}, "0123", image.Pt(320, 240)},
	} {
		out := transformed(img, c.property)
		if got, off := order(out); got != c.want || off > 0 || out.Bounds().Size() != c.size {
			t.Errorf("%s: %s, want %s; colours differ by %d, %v", name, got, c.want, off, out.Bounds())
		}
	}
}

func TestTransparency(t *testing.T) {
	for _, name := range []string{"alpha.avif", "alpha.heic"} {
		p, err := Decode(servertest.Testdata(t, name), most)
		if err != nil {
			t.Fatal(name, err)
		}
		_, _, _, clear := p.Image.At(80, 60).RGBA()
		_, _, _, solid := p.Image.At(240, 60).RGBA()
		if clear>>8 > 3 || solid>>8 < 252 {
			t.Errorf("%s: opacity is %d and %d, want 0 and 255", name, clear>>8, solid>>8)
		}
		if c := color.NRGBAModel.Convert(p.Image.At(240, 60)).(color.NRGBA); apart(c.G, 200) > 12 {
			t.Errorf("%s: %v", name, c)
		}
	}
}

func TestWideColoursByNumbers(t *testing.T) {
	p3 := boxOf("colr", []byte("nclx"), numbersOf(12, 13, 6), []byte{0x80})
	for name, c := range map[string]struct {
		data []byte
		want bool
	}{
		"Display P3, AVIF":      {servertest.Testdata(t, "p3-nclx.avif"), true},
		"Display P3, HEIC":      {gridOf(servertest.Testdata(t, "full.heic"), 1, 1, 320, 240, p3), true},
		"a profile of its own":  {servertest.Testdata(t, "p3.avif"), true},
		"the primaries of sRGB": {gridOf(servertest.Testdata(t, "full.heic"), 1, 1, 320, 240, nclx(6, true)), false},
		"nothing":               {servertest.Testdata(t, "plain.avif"), false},
	} {
		p, err := Decode(c.data, most)
		if err != nil || (len(p.Profile) > 300 && string(p.Profile[36:40]) == "acsp") != c.want {
			t.Errorf("%s: a profile of %d bytes, %v", name, len(p.Profile), err)
		}
	}
}

func TestHEICThatIsRefusedRatherThanShownAskew(t *testing.T) {
	for _, name := range []string{"narrow.heic", "10bit-444.heic"} {
		if p, err := Decode(servertest.Testdata(t, name), most); err == nil {
			got, off := order(p.Image)
			t.Errorf("%s: no error; %s, colours differ by %d", name, got, off)
		}
	}
}

func TestHEICIsCropped(t *testing.T) {
	clap := boxOf("clap", numbersOf(0, 160, 0, 1, 0, 120, 0, 1, 0, 80, 0, 1, 0, 60, 0, 1)) // the last quarter
	p, err := Decode(gridOf(servertest.Testdata(t, "full.heic"), 1, 1, 320, 240, clap), most)
	if err != nil {
		t.Fatal(err)
	}
	if got, off := order(p.Image); got != "3333" || off > 24 || p.Image.Bounds().Size() != image.Pt(160, 120) {
		t.Errorf("%s, colours differ by %d, %v", got, off, p.Image.Bounds())
	}
}

func TestAVIFBombsAreRefusedByTheirHeader(t *testing.T) {
	huge := bytes.ReplaceAll(servertest.Testdata(t, "plain.avif"), numbersOf(0, 320, 0, 240), numbersOf(0xffff, 0xffff, 0xffff, 0xffff))
	if _, err := Decode(huge, most); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	whole := servertest.Testdata(t, "plain.avif")
	if _, err := Decode(whole[:len(whole)-100], most); err == nil {
		t.Error("cut: no error")
	}
}
