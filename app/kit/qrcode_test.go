package kit

import (
	"image"
	"image/draw"
	"testing"

	"windowsill/app/kit/kittest"
)

const (
	shortAddress = "http://192.168.1.20:8000/?key=Zm9vYmFyYmF6cXV4cXV1eA"
	longAddress  = "http://[2001:db8:85a3:1234:5678:8a2e:370:7334]:65535/?key=Zm9vYmFyYmF6cXV4cXV1eA"
)

// onPaper returns an image on white.
func onPaper(img image.Image) image.Image {
	paper := image.NewGray(img.Bounds())
	draw.Draw(paper, paper.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(paper, paper.Bounds(), img, image.Point{}, draw.Over)
	return paper
}

// A white square would stick out of the paper, whose corners are round.
func TestQRCodeIsBlackAlone(t *testing.T) {
	c := NewQRCode()
	c.Set(shortAddress)
	img := c.draw(300, 300)
	for y := range 300 {
		for x := range 300 {
			if r, g, b, a := img.At(x, y).RGBA(); a > 0 && r+g+b > 0 {
				t.Fatalf("At %d, %d it is not black.", x, y)
			}
		}
	}
}

func TestQRCodeIsReadableAtEverySize(t *testing.T) {
	for _, link := range []string{shortAddress, longAddress} {
		c := NewQRCode()
		c.Set(link)
		for side := qrSideMin; side < 600; side += 37 {
			if got := kittest.ReadQR(t, onPaper(c.draw(side, side+side/3))); got != link {
				t.Errorf("%d pixels: read %q, want %q", side, got, link)
			}
		}
	}
}

func TestQRCodeIsCrisp(t *testing.T) {
	c := NewQRCode()
	c.Set(shortAddress)
	img := onPaper(c.draw(300, 260))
	n := c.size()
	px := 260 / n
	left, top := (300-px*n)/2, (260-px*n)/2
	for y := range px * n {
		for x := range px * n {
			want := img.At(left+x/px*px, top+y/px*px)
			if img.At(left+x, top+y) != want {
				t.Fatalf("The module at %d, %d is not of one colour.", x/px, y/px)
			}
		}
	}
	for i := range 4 * px {
		if r, _, _, _ := img.At(left+i, top+i).RGBA(); r != 0xffff {
			t.Fatal("The quiet zone is not quiet.")
		}
	}
}
