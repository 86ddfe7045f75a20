package media

import "image"

// orientation is how a picture is rotated and mirrored, as in Exif 3.0 4.6.5. 0 and
// 1 mean not at all.
type orientation uint8

// apply returns img the right way up.
func (o orientation) apply(img *image.RGBA) *image.RGBA {
	if o <= 1 || o > 8 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	transposed := o >= 5 // rows become columns
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if transposed {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			fromX, fromY := x, y
			if transposed {
				fromX, fromY = y, x
			}
			switch o {
			case 2, 3, 7, 8:
				fromX = w - 1 - fromX
			}
			switch o {
			case 3, 4, 6, 7:
				fromY = h - 1 - fromY
			}
			copy(out.Pix[out.PixOffset(x, y):][:4], img.Pix[img.PixOffset(fromX, fromY):])
		}
	}
	return out
}
