package heif

import (
	"bytes"
	"image"
	"image/color"
	"slices"
)

// transparency decodes the item that says how opaque another one is; nil if there is
// none of the same size.
func (f *file) transparency(item uint32, data []byte, mostPixels int) *image.Gray {
	for _, aux := range f.auxiliary[item] {
		kind, _, _ := bytes.Cut(f.property(aux, "auxC")[min(4, len(f.property(aux, "auxC"))):], []byte{0})
		if !slices.Contains([]string{"urn:mpeg:hevc:2015:auxid:1", "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"}, string(kind)) {
			continue
		}
		if p, err := f.decode(aux, data, mostPixels); err == nil {
			return grayOf(p.Image)
		}
	}
	return nil
}

// grayOf returns a copy of a picture's brightness.
func grayOf(img image.Image) *image.Gray {
	b := img.Bounds()
	out := image.NewGray(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			switch c := img.(type) {
			case *image.Gray:
				out.Pix[out.PixOffset(x, y)] = c.Pix[c.PixOffset(x, y)]
			case *image.YCbCr:
				out.Pix[out.PixOffset(x, y)] = c.Y[c.YOffset(x, y)]
			}
		}
	}
	return out
}

// withTransparency returns a picture that is as opaque as alpha says, if that has
// its size.
func withTransparency(img image.Image, alpha *image.Gray) image.Image {
	b := img.Bounds()
	if alpha == nil || alpha.Rect != b {
		return img
	}
	out := image.NewRGBA(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, _ := img.At(x, y).RGBA()
			out.Set(x, y, color.NRGBA64{uint16(r), uint16(g), uint16(bl), uint16(alpha.GrayAt(x, y).Y) * 0x101})
		}
	}
	return out
}
