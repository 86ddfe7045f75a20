package tiff

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"io"
)

const (
	soi   = 0xd8
	eoi   = 0xd9
	sos   = 0xda
	app0  = 0xe0
	app14 = 0xee
)

// decodeJPEG decodes a block and returns its samples, so many for each pixel. Its
// size is that of the stream, in place of that of the block.
func (p *Page) decodeJPEG(l *layout, stream []byte) (samples []byte, w, h int, err error) {
	whole := p.wholeJPEG(l, stream)
	c, err := jpeg.DecodeConfig(bytes.NewReader(whole))
	if err != nil {
		return nil, 0, 0, err
	}
	if c.Width > l.blockW+16 || c.Height > l.blockH+16 {
		return nil, 0, 0, errFormat // not more memory than was asked for
	}
	img, err := jpeg.Decode(bytes.NewReader(whole))
	if err != nil {
		return nil, 0, 0, err
	}
	return samplesOf(img, l.perBlock()), c.Width, c.Height, nil
}

// wholeJPEG makes a file of a block: with the tables that it shares with others, and
// with a marker that keeps its samples as they are where TIFF means them so, as
// libtiff does.
func (p *Page) wholeJPEG(l *layout, stream []byte) []byte {
	b := []byte{0xff, soi}
	if tables := p.bytes(tagJPEGTables, maxJPEGHead); tables != nil {
		b, _ = appendSegments(b, tables)
	}
	b, scan := appendSegments(b, stream)
	if l.photometric == rgb || l.photometric == cmyk {
		b = append(b, 0xff, app14, 0, 14)
		b = append(b, "Adobe\x00\x64\x00\x00\x00\x00\x00"...)
	}
	b = append(b, scan...)
	return append(b, 0xff, eoi) // some have none
}

// appendSegments appends the segments before the first scan, except those that tell
// the colours, and returns the rest of the stream.
func appendSegments(b, stream []byte) (all, rest []byte) {
	if len(stream) >= 2 && stream[1] == soi {
		stream = stream[2:]
	}
	for len(stream) >= 4 && stream[0] == 0xff {
		marker := stream[1]
		if marker == 0xff {
			stream = stream[1:]
			continue
		}
		if marker == sos || marker == eoi {
			break
		}
		length := 2 + int(binary.BigEndian.Uint16(stream[2:]))
		if length > len(stream) {
			break
		}
		if marker != app0 && marker != app14 {
			b = append(b, stream[:length]...)
		}
		stream = stream[length:]
	}
	return b, stream
}

// samplesOf returns n samples for each pixel of a decoded picture.
func samplesOf(img image.Image, n int) []byte {
	b := img.Bounds()
	out := make([]byte, 0, b.Dx()*b.Dy()*n)
	var c [4]byte
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			switch img := img.(type) {
			case *image.Gray:
				c[0] = img.Pix[img.PixOffset(x, y)]
				c[1], c[2] = c[0], c[0]
			case *image.CMYK: // which image/jpeg has inverted, for Adobe's sake
				for i, v := range img.Pix[img.PixOffset(x, y):][:4] {
					c[i] = 255 - v
				}
			default:
				r := color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)
				c = [4]byte{r.R, r.G, r.B, 255}
			}
			for i := range n {
				out = append(out, c[min(i, 3)])
			}
		}
	}
	return out
}

// oldStream returns the JPEG file that a page of the old style is, if it is one whole
// file; nil if not.
func (p *Page) oldStream(offsets, lengths []int64) []byte {
	const mostOfFile = 64 << 20
	isFile := func(b []byte) bool { return len(b) > 2 && b[0] == 0xff && b[1] == soi }
	if at := p.number(tagJPEGOffset, 0); at > 0 {
		if b := p.file.read(int64(at), min(p.number(tagJPEGLength, mostOfFile), mostOfFile)); isFile(b) && bytes.Contains(b, []byte{0xff, sos}) {
			return b
		}
	}
	if len(offsets) == 1 && len(lengths) == 1 {
		b, _ := io.ReadAll(io.LimitReader(p.packed(&layout{}, offsets[0], lengths[0]), mostOfFile))
		if isFile(b) {
			return b
		}
	}
	return nil
}
