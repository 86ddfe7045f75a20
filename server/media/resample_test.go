package media

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	scaling "golang.org/x/image/draw"
)

var ratios = []image.YCbCrSubsampleRatio{
	image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio440,
}

// wavy is a picture without edges, whose colours therefore survive subsampling.
func wavy(w, h int, ratio image.YCbCrSubsampleRatio) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, w, h), ratio)
	for y := range h {
		for x := range w {
			img.Y[img.YOffset(x, y)] = uint8(128 + 50*math.Sin(float64(x)/9) + 30*math.Cos(float64(y)/7))
			img.Cb[img.COffset(x, y)] = uint8(100 + 56*x/w)
			img.Cr[img.COffset(x, y)] = uint8(156 - 56*y/h)
		}
	}
	return img
}

func TestResamplingIsThatOfTheLibrary(t *testing.T) {
	for _, ratio := range ratios {
		for _, size := range []struct{ from, to image.Point }{
			{image.Pt(1000, 750), image.Pt(320, 240)},
			{image.Pt(641, 479), image.Pt(320, 239)},
			{image.Pt(333, 251), image.Pt(320, 241)},
			{image.Pt(640, 3), image.Pt(320, 2)},
			{image.Pt(3, 641), image.Pt(1, 214)},
		} {
			from := wavy(size.from.X, size.from.Y, ratio)
			want := image.NewRGBA(image.Rectangle{Max: size.to})
			scaling.CatmullRom.Scale(want, want.Rect, from, from.Rect, draw.Src, nil)
			if got := resample(from, size.to); got.Rect != want.Rect {
				t.Errorf("%v, %v to %v: size %v", ratio, size.from, size.to, got.Rect)
			} else if db := noise(got, want); db < 38 {
				t.Errorf("%v, %v to %v: %.1f dB from the library's", ratio, size.from, size.to, db)
			}
		}
	}
}

// noise returns the peak signal-to-noise ratio of two pictures, in decibels.
func noise(a, b image.Image) float64 {
	sum, n := 1e-9, 0.0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			p, q := color.RGBAModel.Convert(a.At(x, y)).(color.RGBA), color.RGBAModel.Convert(b.At(x, y)).(color.RGBA)
			for _, d := range []int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
				sum, n = sum+float64(d*d), n+1
			}
		}
	}
	return 10 * math.Log10(255*255*n/sum)
}

func TestResamplingLeavesPlainAreasAsTheyAre(t *testing.T) {
	for _, ratio := range ratios {
		for _, value := range []uint8{0, 1, 127, 255} {
			from := image.NewYCbCr(image.Rect(0, 0, 997, 13), ratio)
			for _, plane := range [][]uint8{from.Y, from.Cb, from.Cr} {
				for i := range plane {
					plane[i] = value
				}
			}
			out := resample(from, image.Pt(320, 4))
			for _, plane := range [][]uint8{out.Y, out.Cb, out.Cr} {
				for i, v := range plane {
					if v != value {
						t.Fatalf("%v: sample %d of a plane of %d is %d", ratio, i, value, v)
					}
				}
			}
		}
	}
}
