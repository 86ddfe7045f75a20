package tiff

import (
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"io"
	"math"
)

// ErrIncomplete is returned together with a picture of which a part is missing.
var ErrIncomplete = errors.New("tiff: a part of the picture is missing")

// Decode decodes a page: to an *image.Gray, *image.Paletted, *image.NRGBA,
// *image.RGBA or *image.CMYK. It is not turned. Of a damaged one, at least a part is
// there.
func (p *Page) Decode() (image.Image, error) {
	l, err := p.layout()
	if err != nil {
		return nil, err
	}
	offsets, lengths := p.blocks(&l)
	out := newCanvas(p, &l)
	if l.compression == oldJPEG {
		stream := p.oldStream(offsets, lengths)
		if stream == nil {
			return nil, errUnsupported
		}
		return out.img, p.drawJPEG(&l, out, stream, 0, 0)
	}
	planes := 1
	if l.planar {
		planes = l.samples
	}
	var drawn int
	var first error
	for i := range planes * l.across * l.down {
		if i >= len(offsets) || i >= len(lengths) {
			break
		}
		plane, at := i/(l.across*l.down), i%(l.across*l.down)
		err := p.drawBlock(&l, out, plane, at, offsets[i], lengths[i])
		if err == nil {
			drawn++
		} else if first == nil {
			first = err
		}
	}
	switch {
	case drawn == planes*l.across*l.down:
		return out.img, nil
	case drawn == 0 && first != nil:
		return nil, first
	case drawn == 0:
		return nil, errFormat
	}
	return out.img, ErrIncomplete
}

// blocks returns where the blocks of a page are.
func (p *Page) blocks(l *layout) (offsets, lengths []int64) {
	most := l.across * l.down * l.samples
	offsets, lengths = p.numbers(tagTileOffsets, most), p.numbers(tagTileLengths, most)
	if offsets == nil {
		offsets, lengths = p.numbers(tagStripOffsets, most), p.numbers(tagStripLengths, most)
	}
	if lengths == nil && len(offsets) == 1 { // as some programs leave it out
		lengths = []int64{math.MaxInt64 - max(offsets[0], 0)}
	}
	return offsets, lengths
}

// drawBlock decodes a block of a plane.
func (p *Page) drawBlock(l *layout, out *canvas, plane, i int, from, length int64) error {
	x, y := i%l.across*l.blockW, i/l.across*l.blockH
	rows := min(l.blockH, p.Height-y) // of a tile there may be more, which are not seen
	packed := p.packed(l, from, length)
	if l.compression == newJPEG {
		limit := int64(l.blockBytes(l.blockH))*2 + maxJPEGHead
		stream, err := io.ReadAll(io.LimitReader(packed, limit))
		if err != nil {
			return err
		}
		out.plane = plane
		return p.drawJPEG(l, out, stream, x, y)
	}
	data := out.room(l.blockBytes(rows))
	if err := p.unpack(l, data, packed, rows); err != nil {
		return err
	}
	if l.subX*l.subY > 1 {
		out.drawSubsampled(l, data, x, y, rows)
		return nil
	}
	out.plane = plane
	samples := make([]byte, l.blockW*l.perBlock())
	for row := range rows {
		l.toBytes(p.file.order, samples, data[row*l.rowBytes():][:l.rowBytes()])
		out.draw(l, samples, x, y+row)
	}
	return nil
}

func (p *Page) drawJPEG(l *layout, out *canvas, stream []byte, x, y int) error {
	samples, w, h, err := p.decodeJPEG(l, stream)
	if err != nil {
		return err
	}
	n := l.perBlock()
	converted := *l
	if l.photometric == yCbCr {
		converted.photometric = rgb // by the decoder
	}
	for row := range h {
		out.draw(&converted, samples[row*w*n:][:w*n], x, y+row)
	}
	return nil
}

// toBytes reduces the samples of a row to 8 bits; but not the indices of a palette.
func (l *layout) toBytes(order binary.ByteOrder, to, row []byte) {
	size := l.bits / 8
	for i := range to {
		switch {
		case l.bits == 12:
			at := i * 12 / 8
			if i%2 == 0 {
				to[i] = row[at]
			} else {
				to[i] = row[at]<<4 | row[at+1]>>4
			}
		case l.bits < 8:
			bit := i * l.bits
			v := row[bit/8] >> (8 - l.bits - bit%8) & (1<<l.bits - 1)
			if l.photometric != palette {
				v *= 255 / (1<<l.bits - 1)
			}
			to[i] = v
		case l.format == floating:
			to[i] = byteOf(order, row[i*size:][:size])
		default:
			at := i * size
			if order.String() == "LittleEndian" {
				at += size - 1
			}
			to[i] = row[at]
			if l.format == signed {
				to[i] ^= 0x80
			}
		}
	}
}

// byteOf returns a floating-point number from 0 to 1 as one from 0 to 255.
func byteOf(order binary.ByteOrder, b []byte) byte {
	var v float64
	switch len(b) {
	case 2:
		v = half(order.Uint16(b))
	case 4:
		v = float64(math.Float32frombits(order.Uint32(b)))
	case 8:
		v = math.Float64frombits(order.Uint64(b))
	}
	if !(v > 0) { // or no number
		return 0
	}
	return byte(min(v, 1)*255 + .5)
}

// half returns a number of 16 bits (IEEE 754 binary16).
func half(b uint16) float64 {
	exponent, fraction := int(b>>10&31), float64(b&1023)
	v := math.Ldexp(fraction+1024, exponent-25)
	if exponent == 0 {
		v = math.Ldexp(fraction, -24)
	}
	if b>>15 == 1 {
		return -v
	}
	return v
}

// colours returns the palette of a page.
func (p *Page) colours(l *layout) color.Palette {
	n := 1 << l.bits
	values := p.numbers(tagColourMap, 3*n)
	all := make(color.Palette, n)
	for i := range all {
		c := color.RGBA{A: 255}
		if len(values) == 3*n {
			c = color.RGBA{uint8(values[i] >> 8), uint8(values[n+i] >> 8), uint8(values[2*n+i] >> 8), 255}
		}
		all[i] = c
	}
	return all
}
