package scaledjpeg

import (
	"bytes"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

func BenchmarkDecode(b *testing.B) {
	var whole bytes.Buffer
	if err := jpeg.Encode(&whole, noisy(4000, 3000), &jpeg.Options{Quality: 85}); err != nil {
		b.Fatal(err)
	}
	for _, denom := range denoms {
		b.Run("12MP at 1/"+strconv.Itoa(denom), func(b *testing.B) {
			b.SetBytes(int64(whole.Len()))
			for b.Loop() {
				if _, err := Decode(bytes.NewReader(whole.Bytes()), denom); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("12MP by image-jpeg", func(b *testing.B) {
		b.SetBytes(int64(whole.Len()))
		for b.Loop() {
			if _, err := jpeg.Decode(bytes.NewReader(whole.Bytes())); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// noisy is a picture whose details are like a photo's.
func noisy(w, h int) image.Image {
	random := rand.New(rand.NewPCG(3, 4))
	img := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for y := range h {
		for x := range w {
			wave := math.Sin(float64(x)/37) + math.Cos(float64(y)/23)
			img.Y[y*img.YStride+x] = uint8(128 + 40*wave + random.NormFloat64()*3)
		}
	}
	for i := range img.Cb {
		img.Cb[i], img.Cr[i] = uint8(100+i/997%50), uint8(150-i/1013%50)
	}
	return img
}
