package scaledjpeg

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"testing/iotest"
	"windowsill/server/servertest"
)

//go:embed testdata/*.jpg testdata/picture.png
var testdata embed.FS

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := testdata.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// decodable are those of testdata that are decoded at a smaller size.
var decodable = []string{"1x1.jpg", "2x1.jpg", "1x2.jpg", "2x2.jpg", "4x1.jpg", "4x2.jpg", "restart.jpg", "optimized.jpg", "grey.jpg", "progressive.jpg", "progressive-restart.jpg", "three-scans.jpg", "3x1.jpg", "mixed.jpg", "coarse-brightness.jpg"}

var denoms = []int{1, 2, 4, 8}

// mean returns what img is when each pixel is the mean of a square.
func mean(img image.Image, denom int) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, (b.Dx()+denom-1)/denom, (b.Dy()+denom-1)/denom))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var sum [3]uint32
			n := uint32(0)
			square := image.Rect(x*denom, y*denom, (x+1)*denom, (y+1)*denom).Intersect(b)
			for v := square.Min.Y; v < square.Max.Y; v++ {
				for u := square.Min.X; u < square.Max.X; u++ {
					r, g, b, _ := img.At(u, v).RGBA()
					sum[0], sum[1], sum[2], n = sum[0]+r>>8, sum[1]+g>>8, sum[2]+b>>8, n+1
				}
			}
			out.SetRGBA(x, y, color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), 255})
		}
	}
	return out
}

// psnr returns the peak signal-to-noise ratio of two pictures, in decibels.
func psnr(t *testing.T, a, b image.Image) float64 {
	t.Helper()
	if a.Bounds().Size() != b.Bounds().Size() {
		t.Fatalf("sizes %v and %v", a.Bounds(), b.Bounds())
	}
	sum, n := 0.0, 0.0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			for _, d := range []float64{float64(r1) - float64(r2), float64(g1) - float64(g2), float64(b1) - float64(b2)} {
				sum, n = sum+d*d/257/257, n+1
			}
		}
	}
	return 10 * math.Log10(255*255*n/max(sum, 1e-9))
}

func TestEverySizeLooksLikeTheOriginal(t *testing.T) {
	original, err := png.Decode(bytes.NewReader(file(t, "picture.png")))
	if err != nil {
		t.Fatal(err)
	}
	bare := image.NewGray(original.Bounds())
	draw.Draw(bare, bare.Rect, original, image.Point{}, draw.Src)
	for _, name := range decodable {
		want := image.Image(original)
		if name == "grey.jpg" {
			want = bare
		}
		for _, denom := range denoms {
			img, err := Decode(bytes.NewReader(file(t, name)), denom)
			if err != nil {
				t.Errorf("%s at 1/%d: %v", name, denom, err)
				continue
			}
			// Coarse colour is lost, and the lowest coefficients ring where
			// means do not: alike, not equal.
			least := 23.0
			if name == "coarse-brightness.jpg" {
				least = 16 // it has half the pixels
			}
			if db := psnr(t, img, mean(want, denom)); db < least {
				t.Errorf("%s at 1/%d is %.1f dB from the original", name, denom, db)
			}
		}
	}
}

func TestWholeSizeIsThatOfImageJPEG(t *testing.T) {
	for _, name := range decodable {
		want, err := jpeg.Decode(bytes.NewReader(file(t, name)))
		if err != nil {
			continue // it refuses some
		}
		img, err := Decode(bytes.NewReader(file(t, name)), 1)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if db := psnr(t, img, want); db < 58 {
			t.Errorf("%s is %.1f dB from what image/jpeg makes of it", name, db)
		}
	}
}

// libjpeg decodes brightness at these sizes in the same way. Of colour that has
// half the resolution it keeps more coefficients.
func TestSmallerSizesAreThoseOfLibjpeg(t *testing.T) {
	djpeg, err := exec.LookPath("djpeg")
	if err != nil {
		servertest.Missing(t, "This test needs djpeg: .ci/deps test installs it.")
	}
	for _, name := range []string{"1x1.jpg", "2x2.jpg", "grey.jpg", "restart.jpg", "optimized.jpg"} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, file(t, name), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, denom := range denoms {
			ppm, err := exec.Command(djpeg, "-grayscale", "-pnm", "-dct", "float", "-scale", "1/"+strconv.Itoa(denom), path).Output()
			if err != nil {
				t.Fatal(err)
			}
			img, err := Decode(bytes.NewReader(file(t, name)), denom)
			if err != nil {
				t.Fatal(err)
			}
			if db := psnr(t, grey(img), pnm(t, ppm)); db < 34 {
				t.Errorf("%s at 1/%d is %.1f dB from djpeg's", name, denom, db)
			}
		}
	}
}

// grey returns the brightness of a decoded picture.
func grey(img image.Image) *image.Gray {
	if c, ok := img.(*image.YCbCr); ok {
		return &image.Gray{Pix: c.Y, Stride: c.YStride, Rect: c.Rect}
	}
	return img.(*image.Gray)
}

// pnm reads a PGM picture of 8 bits.
func pnm(t *testing.T, data []byte) image.Image {
	t.Helper()
	var kind string
	var w, h, most int
	r := bytes.NewReader(data)
	if _, err := fmt.Fscan(r, &kind, &w, &h, &most); err != nil {
		t.Fatal(err)
	}
	return &image.Gray{Pix: data[len(data)-r.Len()+1:], Stride: w, Rect: image.Rect(0, 0, w, h)}
}

func TestOtherKindsAreUnsupported(t *testing.T) {
	for _, name := range []string{"rgb.jpg", "cmyk.jpg"} {
		if img, err := Decode(bytes.NewReader(file(t, name)), 4); img != nil || !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s: %v, %v; want ErrUnsupported", name, img, err)
		}
	}
	if _, err := Decode(bytes.NewReader(file(t, "2x2.jpg")), 3); !errors.Is(err, ErrUnsupported) {
		t.Errorf("at a third: %v; want ErrUnsupported", err)
	}
}

func TestOddSizes(t *testing.T) {
	for w := 1; w <= 34; w++ {
		for _, h := range []int{1, 7, 8, 9, 16, 17, 33} {
			var b bytes.Buffer
			if err := jpeg.Encode(&b, gradient(w, h), &jpeg.Options{Quality: 95}); err != nil {
				t.Fatal(err)
			}
			for _, denom := range denoms {
				img, err := Decode(bytes.NewReader(b.Bytes()), denom)
				if err != nil {
					t.Fatalf("%d×%d at 1/%d: %v", w, h, denom, err)
				}
				whole, _ := jpeg.Decode(bytes.NewReader(b.Bytes()))
				if db := psnr(t, img, mean(whole, denom)); db < 22 {
					t.Errorf("%d×%d at 1/%d is %.1f dB from the mean", w, h, denom, db)
				}
			}
		}
	}
}

func gradient(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(60 + 3*x), uint8(200 - 4*y), uint8(100 + 2*x + y), 255})
		}
	}
	return img
}

func TestPicturesThatEndTooEarlyShowWhatIsThere(t *testing.T) {
	for _, name := range []string{"2x2.jpg", "restart.jpg", "grey.jpg"} {
		whole := file(t, name)
		img, err := Decode(bytes.NewReader(whole[:len(whole)-2]), 2)
		if err != nil {
			t.Errorf("%s without its end marker: %v; nothing is missing", name, err)
		}
		cut, err := Decode(bytes.NewReader(whole[:len(whole)*7/10]), 2)
		if !errors.Is(err, ErrIncomplete) || cut == nil {
			t.Errorf("%s cut: %v, %v; want a picture and ErrIncomplete", name, cut, err)
			continue
		}
		if got, want := cut.At(5, 5), img.At(5, 5); got != want {
			t.Errorf("%s cut: a pixel at its top is %v, want %v", name, got, want)
		}
		if got := color.GrayModel.Convert(cut.At(img.Bounds().Dx()-1, img.Bounds().Dy()-1)); got != (color.Gray{Y: 128}) {
			t.Errorf("%s cut: the last pixel is %v, want grey", name, got)
		}
	}
}

func TestProgressivePicturesThatEndTooEarlyAreCoarse(t *testing.T) {
	for _, denom := range denoms {
		whole := file(t, "progressive.jpg")
		img, err := Decode(bytes.NewReader(whole), denom)
		if err != nil {
			t.Fatal(err)
		}
		cut, err := Decode(bytes.NewReader(whole[:len(whole)*6/10]), denom)
		if cut == nil || !errors.Is(err, ErrIncomplete) {
			t.Fatalf("%v, %v; want a picture and ErrIncomplete", cut, err)
		}
		if db := psnr(t, cut, img); db < 20 {
			t.Errorf("at 1/%d what is there is %.1f dB from the whole", denom, db)
		}
	}
}

func TestDamageReachesNoFurtherThanTheNextRestartMarker(t *testing.T) {
	data := bytes.Clone(file(t, "restart.jpg"))
	second := bytes.Index(data, []byte{0xFF, markerRST0 + 1})
	third := bytes.Index(data, []byte{0xFF, markerRST0 + 2})
	for i := second + 2; i < third; i++ {
		data[i] = 0xAA // a segment of nonsense
	}
	good, _ := Decode(bytes.NewReader(file(t, "restart.jpg")), 2)
	img, err := Decode(bytes.NewReader(data), 2)
	if img == nil || err != nil && !errors.Is(err, ErrIncomplete) {
		t.Fatalf("%v, %v", img, err)
	}
	last := image.Pt(good.Bounds().Dx()-1, good.Bounds().Dy()-1)
	if img.At(0, 0) != good.At(0, 0) || img.At(last.X, last.Y) != good.At(last.X, last.Y) {
		t.Error("Damage in the middle changed the first or the last pixel.")
	}
}

func TestReadErrorsComeBack(t *testing.T) {
	broken := errors.New("the drive is gone")
	data := file(t, "2x2.jpg")
	for _, n := range []int{0, 1, 30, 300, len(data) * 2 / 3} {
		if _, err := Decode(io.MultiReader(bytes.NewReader(data[:n]), iotest.ErrReader(broken)), 4); !errors.Is(err, broken) {
			t.Errorf("after %d bytes: %v, want the reader's error", n, err)
		}
	}
}

// image/jpeg refuses most of these. Here they must neither panic nor go on for
// ever, and what comes with a picture is nil or ErrIncomplete.
func TestMutatedFiles(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 1000 {
		data := bytes.Clone(file(t, decodable[i%len(decodable)]))
		for range 1 + random.IntN(8) {
			data[2+random.IntN(len(data)-2)] = byte(random.Uint32())
		}
		if random.IntN(4) == 0 {
			data = data[:random.IntN(len(data))]
		}
		checkDecode(t, data)
	}
}

func checkDecode(t *testing.T, data []byte) {
	t.Helper()
	c, unknown := DecodeConfig(bytes.NewReader(data))
	if unknown == nil && c.Width*c.Height > 1<<22 {
		return // as those who call it refuse what is too large
	}
	for _, denom := range denoms {
		img, err := Decode(bytes.NewReader(data), denom)
		if img == nil && err == nil || img != nil && err != nil && !errors.Is(err, ErrIncomplete) {
			t.Fatalf("%v, %v", img, err)
		}
		if img == nil {
			continue
		}
		img.At(img.Bounds().Dx()-1, img.Bounds().Dy()-1)
		if size := img.Bounds().Size(); unknown != nil || size.X != (c.Width+denom-1)/denom || size.Y != (c.Height+denom-1)/denom {
			t.Fatalf("%v at 1/%d; expected were %d×%d, %v", size, denom, c.Width, c.Height, unknown)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range append(decodable, "rgb.jpg", "cmyk.jpg") {
		f.Add(file(f, name))
	}
	// 372 megapixels behind something that image/jpeg takes for no marker.
	f.Add([]byte("\xff\xd8\x00\xff\xc2\x00\x11\x08\x5d\x00\x3d\x00\x03\x01\x22\x00\x02\x11\x01\x03\x11\x03"))
	f.Fuzz(checkDecode)
}
