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
	Image   image.Image // of a film, the first one
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
	if h.associated {
		img = associated(img)
	}
	return Picture{img, h.colours.profile()}, nil
}

// associated returns a picture whose colours have been multiplied by how opaque they
// are.
func associated(img image.Image) image.Image {
	switch c := img.(type) {
	case *image.NRGBA:
		return &image.RGBA{Pix: c.Pix, Stride: c.Stride, Rect: c.Rect}
	case *image.NRGBA64:
		return &image.RGBA64{Pix: c.Pix, Stride: c.Stride, Rect: c.Rect}
	}
	return img
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
