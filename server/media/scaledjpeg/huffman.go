package scaledjpeg

// lookBits is how many bits of a code are looked up at once. Longer codes are
// rare.
const lookBits = 10

// huffman is a table of codes (T.81 sections C and F.2.2.3).
type huffman struct {
	look    [1 << lookBits]uint16 // by the next bits: length << 8 | value; 0 for longer codes
	values  [256]uint8
	maxCode [17]int32 // the largest code of each length; -1 if there is none
	delta   [17]int32 // what makes an index into values of a code
	set     bool
	skips   []skip // by the next bits; see skipping
}

// skipBits is how many bits are looked up at once where values are skipped.
const skipBits = 12

// skip is what the next bits of a block say if nobody wants its values: as many
// codes with their values as are whole. It is zero if not even one is.
type skip struct {
	bits    uint8
	forward uint8 // coefficients
	end     bool  // the block ends
}

// skipping makes the table for skip, unless there is one.
func (h *huffman) skipping() {
	if h.skips != nil {
		return
	}
	h.skips = make([]skip, 1<<skipBits)
	for i := range h.skips {
		h.skips[i] = h.skipIn(uint32(i) << (32 - skipBits))
	}
}

// skipIn returns how far the first skipBits of some bits lead.
func (h *huffman) skipIn(bits uint32) (s skip) {
	for !s.end {
		e := h.look[bits<<s.bits>>(32-lookBits)]
		length, run, size := uint8(e>>8), uint8(e)>>4, uint8(e)&15
		if e == 0 || s.bits+length+size > skipBits || s.forward+run+1 > 63 {
			break
		}
		s.bits += length + size
		if s.end = size == 0 && run != 15; !s.end {
			s.forward += run + 1
		}
	}
	return s
}

// skip skips what is left of a block from its coefficient k on.
func (h *huffman) skip(r *bitReader, k int) bool {
	skips := (*[1 << skipBits]skip)(h.skips)
	for k < 64 {
		if r.n < 32 {
			r.fill()
		}
		s := skips[r.bits>>(64-skipBits)]
		if s.bits > 0 && k+int(s.forward) < 64 { // else the block may end within
			r.drop(int(s.bits))
			if s.end {
				return true
			}
			k += int(s.forward)
			continue
		}
		v, ok := h.next(r)
		if !ok {
			return false
		}
		run, size := int(v>>4), int(v&15)
		if size == 0 && run != 15 {
			return true
		}
		r.drop(size)
		if k += run + 1; k > 64 && size != 0 {
			return false
		}
	}
	return true
}

// define reads a table's counts and values, as a DHT segment has them, and
// returns what follows it.
func (h *huffman) define(segment []byte) (rest []byte, err error) {
	if len(segment) < 16 {
		return nil, errFormat
	}
	counts, rest := segment[:16], segment[16:]
	total := 0
	for _, n := range counts {
		total += int(n)
	}
	if total == 0 || total > len(h.values) || total > len(rest) {
		return nil, errFormat
	}
	*h = huffman{set: true}
	copy(h.values[:], rest[:total])
	code, index := int32(0), int32(0)
	for i, n := range counts {
		length := i + 1
		h.delta[length], h.maxCode[length] = index-code, -1
		if n > 0 {
			if code+int32(n) > 1<<length {
				return nil, errFormat // more codes than this length has
			}
			h.spread(code, length, h.values[index:index+int32(n)])
			code, index = code+int32(n), index+int32(n)
			h.maxCode[length] = code - 1
		}
		code <<= 1
	}
	return rest[total:], nil
}

// spread enters codes of one length, which follow each other, into look.
func (h *huffman) spread(code int32, length int, values []uint8) {
	if length > lookBits {
		return
	}
	for i, v := range values {
		first := (int(code) + i) << (lookBits - length)
		for j := range 1 << (lookBits - length) {
			h.look[first+j] = uint16(length)<<8 | uint16(v)
		}
	}
}

// next returns the value of the next code. 16 bits must be valid.
func (h *huffman) next(r *bitReader) (value uint8, ok bool) {
	if e := h.look[r.bits>>(64-lookBits)]; e != 0 {
		r.drop(int(e >> 8))
		return uint8(e), true
	}
	for length := lookBits + 1; length <= 16; length++ {
		if code := int32(r.bits >> (64 - length)); code <= h.maxCode[length] {
			r.drop(length)
			return h.values[code+h.delta[length]], true
		}
	}
	return 0, false
}

// extend returns the next n bits, 1 to 16, as the number that they stand for
// (T.81 section F.2.2.1).
func (r *bitReader) extend(n int) int32 {
	v := int32(r.bits >> (64 - n))
	if r.bits>>63 == 0 {
		v -= 1<<n - 1
	}
	r.drop(n)
	return v
}
