package scaledjpeg

import (
	"encoding/binary"
	"io"
)

// bitReader reads the entropy-coded segments of a scan (T.81 section F.2.2.5):
// bits from the highest down, a zero byte stuffed behind each 0xFF.
type bitReader struct {
	src  io.Reader
	err  error // of src; io.EOF at its end
	buf  []byte
	at   int // the next byte in buf
	bits uint64
	n    int  // how many of the highest of bits are valid
	mark byte // the marker that ended the segment; 0 if none was met yet
	lack int  // zero bits that were made up behind the segment's end
}

const bufferBytes = 32 << 10

func newBitReader(src io.Reader) *bitReader {
	return &bitReader{src: src, buf: make([]byte, 0, bufferBytes)}
}

// more reads on behind what is left of buf, and reports whether there is anything.
func (r *bitReader) more() bool {
	if r.err != nil {
		return r.at < len(r.buf)
	}
	kept := copy(r.buf[:cap(r.buf)], r.buf[r.at:])
	r.at = 0
	n, err := io.ReadAtLeast(r.src, r.buf[kept:cap(r.buf)], 1)
	r.buf, r.err = r.buf[:kept+n], err
	return n > 0
}

// readByte returns the next byte as it is in the file.
func (r *bitReader) readByte() (byte, error) {
	if r.at == len(r.buf) && !r.more() {
		return 0, unexpected(r.err)
	}
	r.at++
	return r.buf[r.at-1], nil
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// readFull fills p with the next bytes as they are in the file.
func (r *bitReader) readFull(p []byte) error {
	for i := range p {
		b, err := r.readByte()
		if err != nil {
			return err
		}
		p[i] = b
	}
	return nil
}

// fill makes at least 32 bits valid. Behind a marker, and behind the end of the
// file, they are zeros.
func (r *bitReader) fill() {
	for r.n <= 32 {
		if len(r.buf)-r.at >= 8 && r.mark == 0 {
			next := binary.BigEndian.Uint64(r.buf[r.at:])
			if !hasFF(next) {
				whole := (64 - r.n) / 8
				r.bits |= next >> (64 - 8*whole) << (64 - 8*whole - r.n)
				r.n += 8 * whole
				r.at += whole
				return
			}
		}
		r.fillByte()
	}
}

// hasFF reports whether one of eight bytes is 0xFF.
func hasFF(v uint64) bool {
	v = ^v // is one of the bytes zero?
	return (v-0x0101010101010101)&^v&0x8080808080808080 != 0
}

func (r *bitReader) fillByte() {
	b := byte(0)
	if r.mark == 0 {
		b = r.nextCoded()
	}
	if r.mark != 0 || r.err != nil && r.at == len(r.buf) && b == 0 {
		r.lack += 8
	}
	r.bits |= uint64(b) << (56 - r.n)
	r.n += 8
}

// nextCoded returns the next byte of the segment without its stuffing, or 0 when
// it has come to its end.
func (r *bitReader) nextCoded() byte {
	b, err := r.readByte()
	if err != nil {
		return r.end()
	}
	if b != 0xFF {
		return b
	}
	for b == 0xFF { // any number of them may precede a marker
		if b, err = r.readByte(); err != nil {
			return r.end()
		}
	}
	if b == 0 {
		return 0xFF
	}
	r.mark = b
	return 0
}

// end notes that the file ends within the segment, as if by an EOI marker.
func (r *bitReader) end() byte {
	r.mark = markerEOI
	return 0
}

// drop takes the n highest bits, at most 32, which must be valid.
func (r *bitReader) drop(n int) {
	r.bits <<= n
	r.n -= n
}

// bit takes one bit, which must be valid.
func (r *bitReader) bit() int {
	b := int(r.bits >> 63)
	r.drop(1)
	return b
}

// nextMarker skips to the next marker that begins here or later.
func (r *bitReader) nextMarker() (byte, error) {
	if m := r.mark; m != 0 {
		r.mark = 0
		return m, nil
	}
	for {
		b, err := r.readByte()
		for err == nil && b == 0xFF {
			b, err = r.readByte()
			if err == nil && b != 0 && b != 0xFF {
				return b, nil
			}
		}
		if err != nil {
			return 0, err
		}
	}
}

// endScan drops what is left of a segment. A marker that ended it is the next.
func (r *bitReader) endScan() { r.bits, r.n, r.lack = 0, 0, 0 }

// overran reports whether bits were used that are not in the file.
func (r *bitReader) overran() bool { return r.lack > r.n }

// restart drops what is left of a segment, and goes on behind its marker, which
// it looks for if it has not been met yet. It reports whether there was one to
// restart by.
func (r *bitReader) restart() bool {
	for r.mark == 0 {
		r.nextCoded()
	}
	if r.mark < markerRST0 || r.mark > markerRST7 {
		return false
	}
	r.endScan()
	r.mark = 0
	return true
}
