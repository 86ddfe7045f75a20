package heif

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"

	"github.com/gen2brain/avif"
)

// decodeAV1 decodes the picture of an AVIF file. Unlike libheif, libavif leaves
// cropping, turning and mirroring to its callers.
func (f *file) decodeAV1(data []byte) (Picture, error) {
	img, err := avif.Decode(bytes.NewReader(data))
	if err != nil {
		return Picture{}, err
	}
	upright := eightBits(img)
	if !f.wasDecoded(upright) {
		return Picture{}, errFormat
	}
	for _, i := range f.of[f.primary] {
		upright = transformed(upright, f.properties[i])
	}
	return Picture{upright, f.profile(f.primary)}, nil
}

// wasDecoded reports whether a picture is more than memory that nothing was written
// to, which is what gen2brain/avif returns without an error if the file is cut.
func (f *file) wasDecoded(img *image.RGBA) bool {
	opaque, clear := 0, 0
	for i := 3; i < len(img.Pix); i += 4 {
		switch img.Pix[i] {
		case 0:
			clear++
		case 255:
			opaque++
		}
	}
	all := len(img.Pix) / 4
	if len(f.auxiliary[f.primary]) == 0 {
		return opaque == all
	}
	const hardlyAny = 512
	return all-clear > all/hardlyAny
}

// eightBits returns a picture with 8 bits for each channel.
func eightBits(img image.Image) *image.RGBA {
	if c, ok := img.(*image.RGBA); ok {
		return c
	}
	b := img.Bounds()
	out := image.NewRGBA(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			out.SetRGBA(x, y, color.RGBAModel.Convert(img.At(x, y)).(color.RGBA))
		}
	}
	return out
}

// transformed applies a property of an item to its picture, if it is one of those
// that crop, turn or mirror (ISO/IEC 23008-12 6.5.9 to 6.5.12).
func transformed(img *image.RGBA, property box) *image.RGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	switch c := property.content; {
	case property.kind == "clap" && len(c) >= 32:
		if inner := cleanAperture(c, w, h); !inner.Empty() {
			return mapped(img, inner.Dx(), inner.Dy(), func(x, y int) (int, int) { return inner.Min.X + x, inner.Min.Y + y })
		}
	case property.kind == "irot" && len(c) > 0:
		switch c[0] & 3 { // quarters of a turn to the left
		case 1:
			return mapped(img, h, w, func(x, y int) (int, int) { return w - 1 - y, x })
		case 2:
			return mapped(img, w, h, func(x, y int) (int, int) { return w - 1 - x, h - 1 - y })
		case 3:
			return mapped(img, h, w, func(x, y int) (int, int) { return y, h - 1 - x })
		}
	case property.kind == "imir" && len(c) > 0:
		if c[0]&1 == 0 {
			return mapped(img, w, h, func(x, y int) (int, int) { return x, h - 1 - y })
		}
		return mapped(img, w, h, func(x, y int) (int, int) { return w - 1 - x, y })
	}
	return img
}

// mapped returns a picture of a size, whose pixels are at other places in img.
func mapped(img *image.RGBA, w, h int, from func(x, y int) (int, int)) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			fromX, fromY := from(x, y)
			copy(out.Pix[out.PixOffset(x, y):][:4], img.Pix[img.PixOffset(fromX, fromY):])
		}
	}
	return out
}

// cleanAperture returns the part that a clap property leaves of a picture: fractions
// of its size, and of how far its middle is from that of the picture (ISO/IEC
// 14496-12 12.1.4.3).
func cleanAperture(clap []byte, w, h int) image.Rectangle {
	fraction := func(at int) float64 {
		divisor := binary.BigEndian.Uint32(clap[at+4:])
		if divisor == 0 {
			return 0
		}
		return float64(int32(binary.BigEndian.Uint32(clap[at:]))) / float64(divisor)
	}
	side := func(at, whole int) (from, to int) {
		length := min(max(fraction(at), 0), float64(whole))
		middle := min(max(fraction(at+16), -float64(whole)), float64(whole))
		from = int((float64(whole)-length)/2 + middle + .5)
		return from, from + int(length)
	}
	left, right := side(0, w)
	top, bottom := side(8, h)
	return image.Rect(left, top, right, bottom).Intersect(image.Rect(0, 0, w, h))
}
