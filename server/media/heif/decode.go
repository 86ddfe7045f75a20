package heif

import (
	"bytes"
	"errors"
	"image"

	"github.com/gen2brain/heic"
)

// Why there is no picture.
var (
	// ErrTooLarge says that a picture has more pixels than the caller wants.
	ErrTooLarge = errors.New("heif: too large a picture")
	// ErrNoThumbnail says that there is no small picture in a file.
	ErrNoThumbnail = errors.New("heif: no thumbnail")
)

// Picture is a decoded picture, the right way up.
type Picture struct {
	// Image is an *image.YCbCr as in JPEG, an *image.Gray or an *image.RGBA. It
	// lasts until the next one is decoded.
	Image   image.Image
	Profile []byte // ICC; nil means sRGB
}

// Decode decodes the picture in a file, of at most so many pixels.
func Decode(data []byte, mostPixels int) (Picture, error) {
	f, err := parse(data)
	if err != nil {
		return Picture{}, err
	}
	if f.property(f.primary, "av1C") == nil {
		alpha := f.transparency(f.primary, data, mostPixels)
		p, err := f.decode(f.primary, data, mostPixels)
		if err == nil {
			p.Image = withTransparency(p.Image, alpha)
		}
		return p, err
	}
	if err := f.measure(f.primary, 1, mostPixels); err != nil {
		return Picture{}, err
	}
	return f.decodeAV1(data)
}

// DecodeThumbnail decodes the smaller version that there is of the picture in a
// file, if its longer side has at least so many pixels.
func DecodeThumbnail(data []byte, side, mostPixels int) (Picture, error) {
	f, err := parse(data)
	if err != nil {
		return Picture{}, err
	}
	item, ok := f.thumbnails[f.primary]
	if w, h := f.size(item); !ok || max(w, h) < side {
		return Picture{}, ErrNoThumbnail
	}
	p, err := f.decode(item, data, mostPixels)
	if p.Profile == nil {
		p.Profile = f.profile(f.primary)
	}
	return p, err
}

func (f *file) decode(item uint32, data []byte, mostPixels int) (Picture, error) {
	const narrowest = 128 // below that, libheif's rows are longer than gen2brain/heic takes them for
	if err := f.measure(item, narrowest, mostPixels); err != nil {
		return Picture{}, err
	}
	heic.ForceWasmMode = true // the system's library, if there is one, reads files in other ways
	img, err := heic.Decode(bytes.NewReader(f.showing(item, data)))
	if err != nil {
		return Picture{}, err
	}
	f.encodingOf(item).toPlain(img)
	return Picture{img, f.profile(item)}, nil
}

// measure returns an error if an item is narrower than wanted once it is turned, or
// has too many pixels.
func (f *file) measure(item uint32, narrowest, mostPixels int) error {
	w, h := f.size(item)
	if turn := f.property(item, "irot"); len(turn) == 1 && turn[0]&1 != 0 {
		w, h = h, w
	}
	if w < narrowest || h <= 0 {
		return errFormat
	}
	if w > mostPixels/h {
		return ErrTooLarge
	}
	return nil
}

// toPlain changes a picture of an encoding to that of JPEG, in place.
func (e encoding) toPlain(img image.Image) {
	switch c := img.(type) {
	case *image.Gray:
		if !e.full {
			stretch(c.Pix, 16, 235, 16, 0)
		}
	case *image.YCbCr:
		if !e.full {
			stretch(c.Y, 16, 235, 16, 0)
			stretch(c.Cb, 16, 240, 128, 128)
			stretch(c.Cr, 16, 240, 128, 128)
		}
		if m, ok := e.toMatrixOfJPEG(); ok {
			m.apply(c)
		}
	}
}

// stretch maps values from low to high to all 256. One value becomes another; all
// others lie around it.
func stretch(plane []uint8, low, high, from, to int) {
	var table [256]uint8
	for v := range table {
		table[v] = toByte(float64(v-from)*255/float64(high-low) + float64(to))
	}
	for i, v := range plane {
		plane[i] = table[v]
	}
}

func toByte(v float64) uint8 { return uint8(min(max(v+.5, 0), 255)) }

// change says how Y, Cb and Cr of one matrix become those of another: Y is
// increased by so much for each of the others, which are mixed.
type change struct{ yCb, yCr, cbCb, cbCr, crCb, crCr float64 }

// weights returns the shares of red and blue in Y (ITU-T H.273 table 4).
func (e encoding) weights() (red, blue float64, ok bool) {
	switch e.matrix {
	case 1: // BT.709
		return .2126, .0722, true
	case 4: // FCC
		return .30, .11, true
	case 7: // SMPTE 240M
		return .212, .087, true
	case 9: // BT.2020
		return .2627, .0593, true
	}
	return 0, 0, false // BT.601, or one that no picture of a phone has
}

// toMatrixOfJPEG returns false if there is nothing to change.
func (e encoding) toMatrixOfJPEG() (change, bool) {
	const red, green, blue = .299, .587, .114
	r, b, ok := e.weights()
	g := 1 - r - b
	// R = Y + 2(1-r)Cr, B = Y + 2(1-b)Cb, G = (Y - rR - bB)/g
	rCr, bCb := 2*(1-r), 2*(1-b)
	gCr, gCb := -r*rCr/g, -b*bCb/g
	yCr, yCb := red*rCr+green*gCr, green*gCb+blue*bCb
	const cb, cr = 2 * (1 - blue), 2 * (1 - red)
	return change{
		yCb: yCb, yCr: yCr,
		cbCb: (bCb - yCb) / cb, cbCr: -yCr / cb,
		crCb: -yCb / cr, crCr: (rCr - yCr) / cr,
	}, ok
}

// apply changes a picture in place: first Y, which depends on Cb and Cr as they
// were.
func (m change) apply(c *image.YCbCr) {
	for y := c.Rect.Min.Y; y < c.Rect.Max.Y; y++ {
		for x := c.Rect.Min.X; x < c.Rect.Max.X; x++ {
			i, j := c.YOffset(x, y), c.COffset(x, y)
			cb, cr := float64(c.Cb[j])-128, float64(c.Cr[j])-128
			c.Y[i] = toByte(float64(c.Y[i]) + m.yCb*cb + m.yCr*cr)
		}
	}
	for i := range c.Cb {
		cb, cr := float64(c.Cb[i])-128, float64(c.Cr[i])-128
		c.Cb[i] = toByte(m.cbCb*cb + m.cbCr*cr + 128)
		c.Cr[i] = toByte(m.crCb*cb + m.crCr*cr + 128)
	}
}
