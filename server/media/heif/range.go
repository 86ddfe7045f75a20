package heif

import "encoding/binary"

// encoding is how a picture in YCbCr has to be read (ITU-T H.273).
type encoding struct {
	full   bool   // values use all of a byte, not only 16 to 235
	matrix uint16 // MatrixCoefficients
}

// plain is the encoding of JPEG, and of files that do not tell theirs, as libheif
// takes it.
var plain = encoding{full: true, matrix: 6}

// encodingOf returns the encoding of an item as it is decoded: what its colr
// property says, else what its bitstream says. libheif stretches the range of the
// tiles of a grid, but not that of a single picture, and changes no matrix.
func (f *file) encodingOf(item uint32) encoding {
	tile, isGrid := f.tiles[item]
	if !isGrid {
		return f.ownEncoding(item)
	}
	e := f.ownEncoding(tile)
	stretched := !e.full
	if nclx := f.ownColour(item, "nclx"); len(nclx) >= 7 {
		e = encodingInNCLX(nclx)
	}
	e.full = e.full || stretched
	return e
}

func (f *file) ownEncoding(item uint32) encoding {
	if nclx := f.ownColour(item, "nclx"); len(nclx) >= 7 {
		return encodingInNCLX(nclx)
	}
	if sps := spsIn(f.property(item, "hvcC")); sps != nil {
		if e, ok := encodingInSPS(sps); ok {
			return e
		}
	}
	return plain
}

func encodingInNCLX(nclx []byte) encoding {
	return encoding{nclx[6]&0x80 != 0, binary.BigEndian.Uint16(nclx[4:])}
}

// spsIn returns the first sequence parameter set in an hvcC box (ISO/IEC 14496-15
// 8.3.3.1), without its header; nil if there is none.
func spsIn(hvcC []byte) []byte {
	const header, spsUnit = 22, 33
	if len(hvcC) < header+1 {
		return nil
	}
	n := numbers{hvcC[header:]}
	for range n.next(1) {
		kind := n.next(1) & 0x3f
		for range n.next(2) {
			length := int(n.next(2))
			if length > len(n.left) {
				return nil
			}
			if kind == spsUnit && length > 2 {
				return unescaped(n.left[2:length])
			}
			n.left = n.left[length:]
		}
	}
	return nil
}

// unescaped removes the bytes that keep a start code from occurring (ITU-T H.265
// 7.3.1.1).
func unescaped(unit []byte) []byte {
	out, zeros := make([]byte, 0, len(unit)), 0
	for _, b := range unit {
		if zeros >= 2 && b == 3 {
			zeros = 0
			continue
		}
		zeros++
		if b != 0 {
			zeros = 0
		}
		out = append(out, b)
	}
	return out
}

// bits reads a bitstream. Those that are missing are zero.
type bits struct {
	data []byte
	at   int
}

func (b *bits) u(n int) (v uint32) {
	for range n {
		v <<= 1
		if b.at/8 < len(b.data) {
			v |= uint32(b.data[b.at/8]>>(7-b.at%8)) & 1
		}
		b.at++
	}
	return v
}

func (b *bits) flag() bool { return b.u(1) == 1 }

// ue reads an Exp-Golomb code (ITU-T H.265 9.2).
func (b *bits) ue() uint32 {
	zeros := 0
	for zeros < 32 && b.at/8 < len(b.data) && !b.flag() {
		zeros++
	}
	return 1<<zeros - 1 + b.u(zeros)
}

// encodingInSPS reads a sequence parameter set up to its video usability
// information (ITU-T H.265 7.3.2.2 and E.2.1). It returns false if there is none.
func encodingInSPS(sps []byte) (encoding, bool) {
	b := &bits{data: sps}
	b.u(4)
	layers := int(b.u(3))
	b.u(1)
	b.profile(layers)
	b.ue()
	if b.ue() == 3 { // chroma_format_idc
		b.u(1)
	}
	b.ues(2)
	if b.flag() { // the conformance window
		b.ues(4)
	}
	b.ues(2)
	pocBits := b.ue() + 4
	ordered := 1
	if b.flag() {
		ordered += layers
	}
	b.ues(3 * ordered)
	b.ues(6)
	if b.flag() { // scaling_list_enabled_flag
		if b.flag() {
			b.scalingLists()
		}
	}
	b.u(2)
	if b.flag() { // pcm_enabled_flag
		b.u(8)
		b.ues(2)
		b.u(1)
	}
	if b.ue() > 0 { // sets of reference pictures, which single pictures have no use for
		return encoding{}, false
	}
	if b.flag() { // long-term reference pictures
		for range min(b.ue(), 33) {
			b.u(int(min(pocBits, 32)) + 1)
		}
	}
	b.u(2)
	if !b.flag() {
		return encoding{}, false
	}
	return b.usability()
}

// usability reads the first part of video usability information.
func (b *bits) usability() (encoding, bool) {
	const extended = 255
	if b.flag() && b.u(8) == extended {
		b.u(32)
	}
	if b.flag() {
		b.u(1)
	}
	if !b.flag() { // video_signal_type_present_flag
		return encoding{}, false
	}
	b.u(3)
	e := encoding{full: b.flag(), matrix: plain.matrix}
	if b.flag() {
		b.u(16)
		e.matrix = uint16(b.u(8))
	}
	return e, b.at <= 8*len(b.data)
}

func (b *bits) ues(n int) {
	for range n {
		b.ue()
	}
}

// profile skips profile_tier_level.
func (b *bits) profile(layers int) {
	b.u(96)
	if layers == 0 {
		return
	}
	length := 0
	for range 8 {
		profile, level := b.flag(), b.flag()
		if profile {
			length += 88
		}
		if level {
			length += 8
		}
	}
	b.u(length)
}

// scalingLists skips scaling_list_data.
func (b *bits) scalingLists() {
	for size := range 4 {
		step := 1
		if size == 3 {
			step = 3
		}
		for range 6 / step {
			if !b.flag() {
				b.ue()
				continue
			}
			if size > 1 {
				b.ue()
			}
			b.ues(min(64, 1<<(4+size<<1)))
		}
	}
}
