package jxl

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"windowsill/server/media/icc"
	"windowsill/server/servertest"
)

// The quarters of the test pictures.
var quarters = [4]color.NRGBA{{230, 40, 30, 255}, {40, 200, 60, 255}, {30, 60, 220, 255}, {128, 128, 128, 255}}

// near reports whether the quarters of a picture are these, but for little.
func near(img image.Image, want [4]color.NRGBA, most int) bool {
	b := img.Bounds()
	for i, q := range want {
		c := color.NRGBAModel.Convert(img.At(b.Dx()*(1+2*(i%2))/4, b.Dy()*(1+2*(i/2))/4)).(color.NRGBA)
		for _, d := range []int{int(c.R) - int(q.R), int(c.G) - int(q.G), int(c.B) - int(q.B), int(c.A) - int(q.A)} {
			if d > most || -d > most {
				return false
			}
		}
	}
	return true
}

func TestPicturesAreDecoded(t *testing.T) {
	clear, turned := quarters, [4]color.NRGBA{quarters[2], quarters[0], quarters[3], quarters[1]}
	clear[0] = color.NRGBA{}
	gray := [4]color.NRGBA{{79, 79, 79, 255}, {155, 155, 155, 255}, {65, 65, 65, 255}, {128, 128, 128, 255}}
	for name, c := range map[string]struct {
		want    [4]color.NRGBA
		profile bool
	}{
		"lossy.jxl": {quarters, false}, "lossless.jxl": {quarters, false}, "progressive.jxl": {quarters, false}, "16bit.jxl": {quarters, false},
		"film.jxl": {quarters, false}, "gray.jxl": {gray, false}, "alpha.jxl": {clear, false}, "p3.jxl": {quarters, true}, "p3-lossless.jxl": {quarters, true},
		"turned-recompressed.jxl": {turned, false}, "p3-recompressed.jxl": {quarters, false},
	} {
		p, err := Decode(servertest.Testdata(t, name), 64*48)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		size := image.Rect(0, 0, 64, 48)
		if name == "turned-recompressed.jxl" {
			size = image.Rect(0, 0, 48, 64)
		}
		if p.Image.Bounds() != size || !near(p.Image, c.want, 8) || len(p.Profile) > 0 != c.profile {
			t.Errorf("%s: %v, %v in the first quarter, a profile of %d bytes", name, p.Image.Bounds(), p.Image.At(16, 12), len(p.Profile))
		}
	}
}

// What djxl of libjxl 0.7 makes of it in sRGB.
func TestLossyPictureWithAProfile(t *testing.T) {
	p, err := Decode(servertest.Testdata(t, "lut.jxl"), 64*48)
	if err != nil {
		t.Fatal(err)
	}
	h, _ := readHeader(servertest.Testdata(t, "lut.jxl"))
	curve, b := h.colours.curve(), p.Image.Bounds()
	out := image.NewNRGBA(b)
	for i := range b.Dx() * b.Dy() {
		c := color.NRGBAModel.Convert(p.Image.At(i%b.Dx(), i/b.Dx())).(color.NRGBA)
		for _, v := range []*uint8{&c.R, &c.G, &c.B} {
			light := curve(float64(*v) / 255)
			*v = uint8(255*(1.055*math.Pow(max(light, .0031308), 1/2.4)-.055) + .5)
		}
		out.SetNRGBA(i%b.Dx(), i/b.Dx(), c)
	}
	want := [4]color.NRGBA{{108, 0, 0, 255}, {128, 220, 137, 255}, {0, 51, 190, 255}, {153, 102, 142, 255}}
	if !near(out, want, 12) || p.Profile == nil {
		t.Errorf("%v, want %v", out.At(16, 12), want[0])
	}
}

func TestWhatIsNotDecoded(t *testing.T) {
	whole := servertest.Testdata(t, "lossy.jxl")
	if _, err := Decode(whole, 64*48-1); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	if _, err := Decode(headerOf("0", "11", number(1<<30-1, 30), "000", "11", number(1<<30-1, 30), "1"), 100_000_000); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a bomb: %v", err)
	}
	for name, data := range map[string][]byte{
		"nothing": nil, "the beginning": whole[:2], "its header": whole[:12], "most of it": whole[:len(whole)*9/10], "a text": []byte("not a picture at all"),
		"an empty box": []byte(containerMagic + "\x00\x00\x00\x08jxlc"), "a box too small": []byte(containerMagic + "\x00\x00\x00\x01jxlc"),
		"ink": headerOf("1", "00111", "001", "0", "0", "000", "0", "01", "0", "10", number(black-2, 4), "000", "00", "00", "0", "1"),
	} {
		if p, err := Decode(data, 1<<20); err == nil {
			t.Errorf("%s: %v", name, p.Image.Bounds())
		}
	}
}

// headerOf returns a codestream of bits, written in the order in which they come, the
// lowest one of a number first.
func headerOf(digits ...string) []byte {
	all := strings.Join(digits, "")
	out := make([]byte, (len(all)+7)/8)
	for i, d := range all {
		out[i/8] |= byte(d-'0') << (i % 8)
	}
	return append([]byte(codestreamMagic), out...)
}

// number returns the digits of a number of n bits.
func number(v, n int) (digits string) {
	for range n {
		digits += string(rune('0' + v&1))
		v >>= 1
	}
	return digits
}

func TestHeader(t *testing.T) {
	const small, square = "1" + "00000", "100" // 8 by 8
	for name, c := range map[string]struct {
		data []byte
		want header
	}{
		"all as usual":    {headerOf(small, square, "1"), header{8, 8, false, colours{lossy: true, srgb: true}}},
		"a ratio":         {headerOf("1", number(5, 5), number(5, 3), "1"), header{85, 48, false, colours{lossy: true, srgb: true}}},
		"any size":        {headerOf("0", "00", number(99, 9), "000", "10", number(299, 13), "1"), header{300, 100, false, colours{lossy: true, srgb: true}}},
		"associated":      {headerOf(small, square, "0", "0", "000", "0", "10", "0", "00", "000", "00", "00", "1", "1", "1"), header{8, 8, true, colours{lossy: true, srgb: true}}},
		"film of preview": {headerOf(small, square, "0", "1", "000", "1", small, square, "1", "1", "00", square, "1", "00", "00", "00", "0", "000", "0", "00", "1", "1"), header{8, 8, false, colours{lossy: true, srgb: true}}},
	} {
		if h, err := readHeader(append(c.data, 0, 0)); err != nil || h != c.want {
			t.Errorf("%s: %+v, %v, want %+v", name, h, err, c.want)
		}
	}
}

func TestCurves(t *testing.T) {
	for name, c := range map[string]struct {
		colours
		v, want float64
	}{
		"gamma":             {colours{gamma: .5}, .5, .25},
		"BT.709":            {colours{transfer: transferBT709}, .5, .2597},
		"linear":            {colours{transfer: transferLinear}, .3, .3},
		"DCI":               {colours{transfer: transferDCI}, .5, .1649},
		"sRGB":              {colours{transfer: transferSRGB}, .5, .2140},
		"paper in PQ":       {colours{transfer: transferPQ}, .5807, 1},
		"100 cd/m² in PQ":   {colours{transfer: transferPQ}, .5081, 100. / 203},
		"paper in HLG":      {colours{transfer: transferHLG}, .75, 1},
		"half of HLG":       {colours{transfer: transferHLG}, .5, .2503},
		"of an ICC profile": {colours{srgb: false, transfer: transferLinear}, .5, .5},
	} {
		if got := c.curve()(c.v); math.Abs(got-c.want) > .002 {
			t.Errorf("%s: %.4f, want %.4f", name, got, c.want)
		}
	}
	for _, name := range []string{"p3.jxl", "pq.jxl", "hlg.jxl"} {
		h, err := readHeader(servertest.Testdata(t, name))
		if p, ok := h.colours.primaries.Primaries(); err != nil || !ok || p == (icc.Primaries{}) || h.colours.profile() == nil {
			t.Errorf("%s: %+v, %v", name, h, err)
		}
	}
}

func TestContainerInParts(t *testing.T) {
	whole := servertest.Testdata(t, "p3.jxl")
	box := func(kind, content string) string {
		n := 8 + len(content)
		return string([]byte{0, 0, byte(n >> 8), byte(n)}) + kind + content
	}
	file := containerMagic + box("ftyp", "jxl \x00\x00\x00\x00jxl ") + box("jxlp", "\x00\x00\x00\x00"+string(whole[:30])) + box("Exif", "12345678") + box("jxlp", "\x80\x00\x00\x01"+string(whole[30:]))
	p, err := Decode([]byte(file), 64*48)
	if err != nil || !near(p.Image, quarters, 8) || p.Profile == nil {
		t.Errorf("%v", err)
	}
}

func FuzzReadHeader(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.jxl")
	for _, name := range names {
		f.Add(servertest.Testdata(f, filepath.Base(name)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := readHeader(codestream(data))
		if err == nil && (h.width <= 0 || h.height <= 0) {
			t.Errorf("%+v", h)
		}
		if p := h.colours.profile(); p != nil && !bytes.Contains(p, []byte("acsp")) {
			t.Errorf("a profile of %d bytes", len(p))
		}
	})
}
