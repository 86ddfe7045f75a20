package tiff

import (
	"bufio"
	"io"
	"strings"
	"sync"
)

// fax reads rows of bits as fax machines send them (ITU-T T.4 and T.6): a row is told by
// the lengths of its runs, white and black in turn, or by how it differs from the row
// above. A bit is 0 in a white run, whatever colour that stands for.
//
// golang.org/x/image/ccitt knows neither rows in two dimensions of group 3, filled ones
// nor those without marks between them, and stops at the first flaw.
type fax struct {
	form  faxForm
	width int
	in    *bufio.Reader

	window uint32 // the next bits, the highest one first
	have   int    // how many of them there are
	padded int    // how many of those are zeros after the end

	above, row []int // where the colour changes
	good       bool  // there was a row without a flaw
	ended      bool
	left       []byte // of a row that is being read
}

// faxForm says how rows follow each other.
type faxForm int

const (
	faxRows  faxForm = iota // each begins at a byte
	faxLines                // of group 3, with a mark in between
	faxMixed                // the same, some told by the row above
	faxPage                 // of group 4, all told by the row above
)

func newFax(packed io.Reader, form faxForm, width int) *fax {
	f := &fax{form: form, width: width, in: bufio.NewReader(packed)}
	f.end()
	return f
}

// Read reads rows, each from a byte on.
func (f *fax) Read(p []byte) (int, error) {
	for len(f.left) == 0 {
		if f.ended {
			return 0, io.EOF
		}
		f.next()
	}
	n := copy(p, f.left)
	f.left = f.left[n:]
	return n, nil
}

// next reads a row. One with a flaw is white from there on, and left out if there was
// none before: a page may begin with noise.
func (f *fax) next() {
	byAbove := f.form == faxPage
	switch f.form {
	case faxRows:
		f.skip(f.have % 8)
	case faxPage:
		f.ended = f.peek(12) == 1 // the mark at the end
	default:
		byAbove = f.marks()
	}
	f.peek(1)
	if f.ended = f.ended || f.have <= f.padded; f.ended {
		return
	}
	f.row = f.row[:0]
	read := f.runs
	if byAbove {
		read = f.differences
	}
	if read() {
		f.good = true
	} else {
		if len(f.row)%2 == 1 {
			f.row = append(f.row, f.row[len(f.row)-1])
		}
		f.ended = f.form == faxPage || f.form == faxRows || !f.findMark()
	}
	f.end()
	if f.good {
		f.paint()
	}
}

// end makes the row the one above the next.
func (f *fax) end() {
	f.row = append(f.row, f.width, f.width, f.width, f.width)
	f.above, f.row = f.row, f.above
}

// paint sets the bits of the row that has been read.
func (f *fax) paint() {
	row := make([]byte, (f.width+7)/8)
	for i := 0; f.above[i] < f.width; i += 2 {
		for x := f.above[i]; x < f.above[i+1]; x++ {
			if x%8 == 0 && f.above[i+1]-x >= 8 {
				row[x/8] = 0xff
				x += 7
				continue
			}
			row[x/8] |= 0x80 >> (x % 8)
		}
	}
	f.left = row
}

// marks skips the marks before a row, with the zeros that fill up the row before, and
// reports whether the row is told by the one above. Two of them are the end of a page.
func (f *fax) marks() (byAbove bool) {
	found := 0
	for f.peek(11) == 0 && f.have > f.padded {
		f.findMark()
		f.skip(11)
		for f.peek(1) == 0 && f.have > f.padded {
			f.skip(1)
		}
		f.skip(1)
		if f.form == faxMixed {
			byAbove = f.peek(1) == 0
			f.skip(1)
		}
		found++
	}
	f.ended = found > 1 && f.good
	return byAbove
}

// findMark goes on to the next mark, and reports whether there is one.
func (f *fax) findMark() bool {
	for f.peek(11) != 0 {
		f.skip(1)
	}
	return f.have > f.padded
}

// runs reads a row in one dimension, and reports whether it is whole.
func (f *fax) runs() bool {
	for at, colour := 0, 0; at < f.width; colour ^= 1 {
		n, ok := f.run(colour)
		if at += n; !ok || !f.change(at) {
			return false
		}
	}
	return true
}

// differences reads a row in two dimensions (T.4 section 4.2), and reports whether it
// is whole. The names are those of that section.
func (f *fax) differences() bool {
	a0, colour, b1 := -1, 0, 0
	for a0 < f.width {
		for f.above[b1] <= a0 && f.above[b1] < f.width {
			b1 += 2
		}
		shift, kind := f.mode()
		switch kind {
		case pass:
			a0 = f.above[b1+1]
			continue
		case horizontal:
			first, ok := f.run(colour)
			if a0 = max(a0, 0) + first; !ok || !f.change(a0) {
				return false
			}
			second, ok := f.run(colour ^ 1)
			if a0 += second; !ok || !f.change(a0) {
				return false
			}
			continue
		case vertical:
			a1 := f.above[b1] + shift
			if a1 < max(a0, 0) || !f.change(a1) {
				return false
			}
			a0, colour = a1, colour^1
		default:
			return false
		}
		if b1 > 0 { // the next one of the other colour
			b1--
		} else {
			b1++
		}
	}
	return true
}

// change adds a place where the colour changes. It returns false if that is not in the
// row, or there are more than fit.
func (f *fax) change(at int) bool {
	if at > f.width || len(f.row) > f.width+1 {
		return false
	}
	f.row = append(f.row, at)
	return true
}

// The modes of rows in two dimensions.
const (
	unknown = iota
	pass
	horizontal
	vertical
)

// mode reads how the next change relates to the row above (T.4 table 4).
func (f *fax) mode() (shift, kind int) {
	next := f.peek(7)
	for _, m := range []struct {
		length, code, shift, kind int
	}{
		{1, 0b1, 0, vertical}, {3, 0b011, 1, vertical}, {3, 0b010, -1, vertical}, {3, 0b001, 0, horizontal}, {4, 0b0001, 0, pass},
		{6, 0b000011, 2, vertical}, {6, 0b000010, -2, vertical}, {7, 0b0000011, 3, vertical}, {7, 0b0000010, -3, vertical},
	} {
		if next>>(7-m.length) == m.code {
			f.skip(m.length)
			return m.shift, m.kind
		}
	}
	return 0, unknown
}

// run reads the length of a run of a colour, 0 for white or 1 for black.
func (f *fax) run(colour int) (length int, ok bool) {
	for length <= f.width {
		c := faxCodes()[colour][f.peek(longestCode)]
		if c.bits == 0 {
			return length, false
		}
		f.skip(int(c.bits))
		length += int(c.run)
		if c.run < 64 {
			return length, true
		}
	}
	return length, false
}

// peek returns the next n bits, at most 16. After the end there are zeros.
func (f *fax) peek(n int) int {
	for f.have < n {
		b, err := f.in.ReadByte()
		if err != nil {
			f.padded += 8
		}
		f.window |= uint32(b) << (24 - f.have)
		f.have += 8
	}
	return int(f.window >> (32 - n))
}

// skip goes on by n bits, at most 16.
func (f *fax) skip(n int) {
	f.peek(n)
	f.window <<= n
	f.have -= n
}

// longestCode is how many bits the code of a run has at most.
const longestCode = 13

type faxCode struct{ run, bits uint16 }

// faxTables are the runs of white and of black by the next bits.
type faxTables [2][1 << longestCode]faxCode

// faxCodes returns which run the next bits begin with.
var faxCodes = sync.OnceValue(func() *faxTables {
	var all faxTables
	for colour, codes := range [2]string{whiteCodes, blackCodes} {
		for i, code := range strings.Fields(codes + sharedCodes) {
			run := i
			if i >= 64 {
				run = (i - 63) * 64
			}
			rest := longestCode - len(code)
			first := 0
			for _, digit := range code {
				first = first<<1 | int(digit-'0')
			}
			for j := range 1 << rest {
				all[colour][first<<rest|j] = faxCode{uint16(run), uint16(len(code))}
			}
		}
	}
	return &all
})

// The codes of runs of 0 to 63, and then of multiples of 64 (T.4 tables 2, 3a and 3b).
const (
	whiteCodes = `
		00110101 000111 0111 1000 1011 1100 1110 1111 10011 10100 00111 01000 001000 000011 110100 110101 101010
		101011 0100111 0001100 0001000 0010111 0000011 0000100 0101000 0101011 0010011 0100100 0011000 00000010
		00000011 00011010 00011011 00010010 00010011 00010100 00010101 00010110 00010111 00101000 00101001 00101010
		00101011 00101100 00101101 00000100 00000101 00001010 00001011 01010010 01010011 01010100 01010101 00100100
		00100101 01011000 01011001 01011010 01011011 01001010 01001011 00110010 00110011 00110100 11011 10010 010111
		0110111 00110110 00110111 01100100 01100101 01101000 01100111 011001100 011001101 011010010 011010011
		011010100 011010101 011010110 011010111 011011000 011011001 011011010 011011011 010011000 010011001 010011010
		011000 010011011
	`
	blackCodes = `
		0000110111 010 11 10 011 0011 0010 00011 000101 000100 0000100 0000101 0000111 00000100 00000111 000011000
		0000010111 0000011000 0000001000 00001100111 00001101000 00001101100 00000110111 00000101000 00000010111
		00000011000 000011001010 000011001011 000011001100 000011001101 000001101000 000001101001 000001101010
		000001101011 000011010010 000011010011 000011010100 000011010101 000011010110 000011010111 000001101100
		000001101101 000011011010 000011011011 000001010100 000001010101 000001010110 000001010111 000001100100
		000001100101 000001010010 000001010011 000000100100 000000110111 000000111000 000000100111 000000101000
		000001011000 000001011001 000000101011 000000101100 000001011010 000001100110 000001100111 0000001111
		000011001000 000011001001 000001011011 000000110011 000000110100 000000110101 0000001101100 0000001101101
		0000001001010 0000001001011 0000001001100 0000001001101 0000001110010 0000001110011 0000001110100
		0000001110101 0000001110110 0000001110111 0000001010010 0000001010011 0000001010100 0000001010101
		0000001011010 0000001011011 0000001100100 0000001100101
	`
	sharedCodes = `
		00000001000 00000001100 00000001101 000000010010 000000010011 000000010100 000000010101 000000010110
		000000010111 000000011100 000000011101 000000011110 000000011111
	`
)
