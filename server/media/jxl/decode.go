package jxl

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"

	"github.com/gen2brain/jpegxl"
)

// Why there is no picture.
var (
	// ErrTooLarge says that a picture has more pixels than the caller wants.
	ErrTooLarge = errors.New("jxl: too large a picture")

	errFormat = errors.New("jxl: not a picture that is known")
)

// Picture is a decoded picture, the right way up.
type Picture struct {
	Image   image.Image // an *image.RGBA or *image.NRGBA; of a film, the first one
	Profile []byte      // ICC; nil means sRGB
}

const (
	codestreamMagic = "\xff\x0a"
	containerMagic  = "\x00\x00\x00\x0cJXL \r\n\x87\n"
)

// Is reports whether a file begins like JPEG XL.
func Is(head []byte) bool {
	return bytes.HasPrefix(head, []byte(codestreamMagic)) || bytes.HasPrefix(head, []byte(containerMagic))
}

// Decode decodes the picture in a file, of at most so many pixels.
func Decode(data []byte, mostPixels int) (Picture, error) {
	h, err := readHeader(codestream(data))
	if err != nil {
		return Picture{}, err
	}
	if h.width > mostPixels/h.height {
		return Picture{}, ErrTooLarge
	}
	img, err := jpegxl.Decode(bytes.NewReader(data))
	if err != nil {
		return Picture{}, err
	}
	if b := img.Bounds(); b.Dx()*b.Dy() != h.width*h.height {
		return Picture{}, errFormat
	}
	return Picture{h.plain(img), h.colours.profile()}, nil
}

// plain returns a picture of 8 bits: an *image.RGBA wherever it is one, since
// image/jpeg takes each pixel of any other by itself, which leaves so much garbage that
// one of 48 megapixels takes minutes where memory is short.
func (h header) plain(img image.Image) image.Image {
	out, ok := img.(*image.NRGBA)
	if !ok {
		out = image.NewNRGBA(img.Bounds())
		for i, deep := 0, img.(*image.NRGBA64).Pix; i < len(out.Pix); i++ {
			out.Pix[i] = deep[2*i] // the higher byte
		}
	}
	if h.associated || out.Opaque() {
		return &image.RGBA{Pix: out.Pix, Stride: out.Stride, Rect: out.Rect}
	}
	return out
}

// codestream returns the picture itself, without the boxes around it (ISO/IEC 18181-2),
// at least as far as its header.
func codestream(data []byte) []byte {
	if !bytes.HasPrefix(data, []byte(containerMagic)) {
		return data
	}
	var parts []byte
	for len(data) >= 8 {
		size, header := uint64(binary.BigEndian.Uint32(data)), uint64(8)
		if size == 1 && len(data) >= 16 {
			size, header = binary.BigEndian.Uint64(data[8:]), 16
		}
		if size == 0 || size > uint64(len(data)) {
			size = uint64(len(data))
		}
		if size < header {
			break
		}
		switch content := data[header:size]; string(data[4:8]) {
		case "jxlc":
			return content
		case "jxlp": // a part, after its number
			if len(content) > 4 {
				parts = append(parts, content[4:min(4+longestHeader, len(content))]...)
			}
			if len(parts) >= longestHeader {
				return parts
			}
		}
		data = data[size:]
	}
	return parts
}
