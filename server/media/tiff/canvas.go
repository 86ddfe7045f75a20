package tiff

import (
	"image"
	"image/color"
)

// canvas is a picture that is drawn row by row.
type canvas struct {
	img   image.Image
	rect  image.Rectangle
	pix   []uint8
	step  int // bytes of a pixel
	plane int // which sample comes, if each comes on its own
	block []byte
}

// room returns n bytes for a block. They are those of the block before: otherwise a
// page of many leaves as much garbage as it takes memory.
func (c *canvas) room(n int) []byte {
	if cap(c.block) < n {
		c.block = make([]byte, n)
	}
	return c.block[:n]
}

func newCanvas(p *Page, l *layout) *canvas {
	rect := image.Rect(0, 0, p.Width, p.Height)
	switch {
	case l.photometric == palette:
		img := image.NewPaletted(rect, p.colours(l))
		return &canvas{img: img, rect: rect, pix: img.Pix, step: 1}
	case l.photometric == cmyk:
		img := image.NewCMYK(rect)
		return &canvas{img: img, rect: rect, pix: img.Pix, step: 4}
	case l.photometric <= blackIsZero && l.alpha == 0:
		img := image.NewGray(rect)
		return &canvas{img: img, rect: rect, pix: img.Pix, step: 1}
	case l.alpha > 0 && l.associated:
		img := image.NewRGBA(rect)
		return &canvas{img: img, rect: rect, pix: img.Pix, step: 4}
	}
	img := image.NewNRGBA(rect)
	return &canvas{img: img, rect: rect, pix: img.Pix, step: 4}
}

// draw draws a part of a row from x and y on, as far as it is inside.
func (c *canvas) draw(l *layout, samples []byte, x, y int) {
	if y >= c.rect.Max.Y || x >= c.rect.Max.X {
		return
	}
	n := l.perBlock()
	row := c.pix[(y*c.rect.Max.X+x)*c.step : (y+1)*c.rect.Max.X*c.step]
	for ; len(row) >= c.step && len(samples) >= n; row, samples = row[c.step:], samples[n:] {
		if l.planar {
			c.put(l, row, c.plane, samples[0])
			continue
		}
		for i, v := range samples[:n] {
			c.put(l, row, i, v)
		}
		if l.photometric == yCbCr {
			row[0], row[1], row[2] = l.toRGB(row[0], row[1], row[2])
		}
	}
}

// put sets a sample of a pixel.
func (c *canvas) put(l *layout, pixel []byte, sample int, v byte) {
	gray := l.photometric <= blackIsZero
	if gray && sample == 0 && l.photometric == whiteIsZero {
		v = ^v
	}
	switch {
	case sample == l.alpha && sample > 0:
		pixel[3] = v
		return
	case sample >= l.colours():
		return
	case gray && c.step == 4:
		pixel[0], pixel[1], pixel[2] = v, v, v
	default:
		pixel[sample] = v
	}
	if c.step == 4 && l.alpha == 0 && l.photometric != cmyk {
		pixel[3] = 255
	}
}

// drawSubsampled draws a block of YCbCr, which has several samples of Y for each of Cb
// and Cr (TIFF 6.0 section 21).
func (c *canvas) drawSubsampled(l *layout, data []byte, x, y, rows int) {
	unit := l.subX*l.subY + 2
	across := (l.blockW + l.subX - 1) / l.subX
	for i := 0; len(data) >= unit; i, data = i+1, data[unit:] {
		cb, cr := data[unit-2], data[unit-1]
		for j, luma := range data[:unit-2] {
			px, py := x+i%across*l.subX+j%l.subX, y+i/across*l.subY+j/l.subX
			if px >= c.rect.Max.X || py >= min(c.rect.Max.Y, y+rows) {
				continue
			}
			pixel := c.pix[(py*c.rect.Max.X+px)*4:]
			pixel[0], pixel[1], pixel[2] = l.toRGB(luma, cb, cr)
			pixel[3] = 255
		}
	}
}

// toRGB converts a colour by the matrix of BT.601.
func (l *layout) toRGB(y, cb, cr byte) (r, g, b byte) {
	if l.limited {
		y = stretched(y, 16, 235-16, 0)
		cb, cr = stretched(cb, 128, 240-16, 128), stretched(cr, 128, 240-16, 128)
	}
	return color.YCbCrToRGB(y, cb, cr)
}

// stretched maps a range of numbers around one to all 256, around another one.
func stretched(v byte, from, length, to int) byte {
	return byte(min(max((int(v)-from)*255/length+to, 0), 255))
}
