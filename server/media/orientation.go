package media

import "image"

// orientation says how a picture is turned, as in Exif 3.0 4.6.5: where its
// first row and first column belong. 0 and 1 say that it is as it should be.
type orientation uint8

// apply returns img as it should be seen.
func (o orientation) apply(img *image.RGBA) *image.RGBA {
	if o <= 1 || o > 8 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	lying := o >= 5 // rows become columns
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if lying {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			fromX, fromY := x, y
			if lying {
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
