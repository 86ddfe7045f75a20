package tiff

import (
	"bytes"
	"compress/zlib"
	"io"
	"math/bits"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/image/tiff/lzw"
)

// packed returns the bytes of a block as they are in the file.
func (p *Page) packed(l *layout, from, length int64) io.Reader {
	if from < 0 || length < 0 {
		return bytes.NewReader(nil)
	}
	r := io.Reader(io.NewSectionReader(p.file.r, from, length))
	if p.number(tagFillOrder, 1) == 2 {
		return reversed{r}
	}
	return r
}

// reversed reads bytes whose bits come in the other order.
type reversed struct{ r io.Reader }

func (v reversed) Read(b []byte) (int, error) {
	n, err := v.r.Read(b)
	for i := range b[:n] {
		b[i] = bits.Reverse8(b[i])
	}
	return n, err
}

// unpack fills data with the samples of a block of so many rows, as they were before
// it was compressed. Of a damaged one, what can be had of it comes first, and then
// zeros.
func (p *Page) unpack(l *layout, data []byte, packed io.Reader, rows int) error {
	r, err := p.unpacker(l, packed)
	if err != nil {
		return err
	}
	defer r.Close()
	n, err := io.ReadFull(r, data)
	if n == 0 && err != nil {
		return err
	}
	clear(data[n:])
	return l.unpredict(p, data, rows)
}

func (p *Page) unpacker(l *layout, packed io.Reader) (io.ReadCloser, error) {
	switch l.compression {
	case none, 0:
		return io.NopCloser(packed), nil
	case lzwPacked:
		return lzw.NewReader(packed, lzw.MSB, 8), nil
	case deflate, oldDeflate:
		return zlib.NewReader(packed)
	case packBits:
		return io.NopCloser(&unpackBits{r: packed}), nil
	case faxPlain, fax3, fax4:
		r, err := p.fax(l, packed)
		return io.NopCloser(r), err
	case zstandard:
		const window = 64 << 20
		z, err := zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(window), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, err
		}
		return z.IOReadCloser(), nil
	}
	return nil, errUnsupported
}

// fax returns a reader of rows of bits.
func (p *Page) fax(l *layout, packed io.Reader) (io.Reader, error) {
	if l.bits != 1 || l.samples != 1 {
		return nil, errUnsupported
	}
	const twoDimensional = 1
	form := map[int]faxForm{faxPlain: faxRows, fax3: faxLines, fax4: faxPage}[l.compression]
	if form == faxLines && p.number(tagT4Options, 0)&twoDimensional != 0 {
		form = faxMixed
	}
	return newFax(packed, form, l.blockW), nil
}

// unpackBits reads runs of bytes (TIFF 6.0 section 9).
type unpackBits struct {
	r      io.Reader
	run    []byte
	buffer [128]byte
}

func (u *unpackBits) Read(b []byte) (int, error) {
	for len(u.run) == 0 {
		if _, err := io.ReadFull(u.r, u.buffer[:1]); err != nil {
			return 0, err
		}
		switch n := int(int8(u.buffer[0])); {
		case n >= 0:
			got, _ := io.ReadFull(u.r, u.buffer[:n+1])
			u.run = u.buffer[:got]
			if got == 0 {
				return 0, io.ErrUnexpectedEOF
			}
		case n > -128:
			if _, err := io.ReadFull(u.r, u.buffer[:1]); err != nil {
				return 0, err
			}
			for i := range 1 - n {
				u.buffer[i] = u.buffer[0]
			}
			u.run = u.buffer[:1-n]
		}
	}
	n := copy(b, u.run)
	u.run = u.run[n:]
	return n, nil
}

// unpredict adds up what is stored as differences (TIFF 6.0 section 14, and
// Technical Note 3 for floating-point numbers).
func (l *layout) unpredict(p *Page, data []byte, rows int) error {
	const horizontal, floatingPoint = 2, 3
	if l.predictor != horizontal && l.predictor != floatingPoint || l.compression != lzwPacked && l.compression != deflate && l.compression != oldDeflate && l.compression != zstandard {
		return nil
	}
	n, width := l.perBlock(), l.rowBytes()
	if l.bits < 8 || l.bits == 12 {
		return errUnsupported
	}
	for y := range rows {
		row := data[y*width:][:width]
		if l.predictor == floatingPoint {
			l.joinBytes(p, row)
			continue
		}
		switch l.bits {
		case 8:
			for i := n; i < len(row); i++ {
				row[i] += row[i-n]
			}
		case 16:
			for i := 2 * n; i < len(row); i += 2 {
				p.file.order.PutUint16(row[i:], p.file.order.Uint16(row[i:])+p.file.order.Uint16(row[i-2*n:]))
			}
		case 32:
			for i := 4 * n; i < len(row); i += 4 {
				p.file.order.PutUint32(row[i:], p.file.order.Uint32(row[i:])+p.file.order.Uint32(row[i-4*n:]))
			}
		default:
			return errUnsupported
		}
	}
	return nil
}

// joinBytes adds up a row of floating-point numbers. It has the highest bytes of all
// first, whatever the order in the rest of the file.
func (l *layout) joinBytes(p *Page, row []byte) {
	n, size := l.perBlock(), l.bits/8
	for i := n; i < len(row); i++ {
		row[i] += row[i-n]
	}
	apart := bytes.Clone(row)
	count := len(row) / size
	for i := range count {
		for b := range size {
			to := i*size + b
			if p.file.order.String() == "LittleEndian" {
				to = i*size + size - 1 - b
			}
			row[to] = apart[b*count+i]
		}
	}
}
