package jxl

// bits reads numbers, the lowest bit first. Those that are missing are zero.
type bits struct {
	data []byte
	at   int // in bits
}

// u reads a number of n bits.
func (b *bits) u(n int) (v int) {
	for i := range n {
		if b.at < 8*len(b.data) {
			v |= int(b.data[b.at/8]>>(b.at%8)&1) << i
		}
		b.at++
	}
	return v
}

func (b *bits) flag() bool { return b.u(1) == 1 }

// err returns an error if the data has ended.
func (b *bits) err() error {
	if b.at > 8*len(b.data) {
		return errFormat
	}
	return nil
}

// field is a number of so many bits, to which another one is added.
type field struct{ plus, bits int }

// choice reads a number in one of four ways.
func (b *bits) choice(of [4]field) int {
	f := of[b.u(2)]
	return f.plus + b.u(f.bits)
}

// enum reads one of a list.
func (b *bits) enum() int { return b.choice([4]field{{0, 0}, {1, 0}, {2, 4}, {18, 6}}) }

// chromaticity reads a place in the plane of CIE 1931.
func (b *bits) chromaticity() (xy [2]float64) {
	for i := range xy {
		v := b.choice([4]field{{0, 19}, {1 << 19, 19}, {1 << 20, 20}, {1 << 21, 21}})
		signed := v >> 1
		if v&1 == 1 {
			signed = -signed - 1
		}
		xy[i] = float64(signed) / 1e6
	}
	return xy
}
