package jxl

// longestHeader is how many bytes of a codestream are read for its header.
const longestHeader = 64 << 10

// header is what a codestream says of its picture (ISO/IEC 18181-1 annexes D and E).
type header struct {
	width, height int  // in pixels, before it is turned
	associated    bool // its colours have been multiplied by how opaque they are
	colours       colours
}

// readHeader reads the header of a codestream.
func readHeader(data []byte) (h header, err error) {
	if len(data) < 2 || string(data[:2]) != codestreamMagic {
		return h, errFormat
	}
	b := &bits{data: data[2:min(len(data), longestHeader)]}
	h.width, h.height = b.size()
	if h.width <= 0 || h.height <= 0 {
		return h, errFormat
	}
	h.colours = colours{lossy: true, srgb: true}
	if b.flag() { // all as usual
		return h, b.err()
	}
	if b.flag() {
		b.extras()
	}
	b.depth()
	b.flag()
	for range b.choice([4]field{{0, 0}, {1, 0}, {2, 4}, {1, 12}}) {
		if err := h.extraChannel(b); err != nil {
			return h, err
		}
	}
	h.colours.lossy = b.flag()
	h.colours.read(b)
	return h, b.err()
}

// extras reads what comes before the depth: orientation, size, preview and film.
func (b *bits) extras() {
	b.u(3)
	if b.flag() {
		b.size()
	}
	if b.flag() {
		b.preview()
	}
	if b.flag() {
		b.choice([4]field{{100, 0}, {1000, 0}, {1, 10}, {1, 30}})
		b.choice([4]field{{1, 0}, {1001, 0}, {1, 8}, {1, 10}})
		b.choice([4]field{{0, 0}, {0, 3}, {0, 16}, {0, 32}})
		b.flag()
	}
}

// size reads width and height.
func (b *bits) size() (width, height int) {
	wide := [4]field{{1, 9}, {1, 13}, {1, 18}, {1, 30}}
	return b.sides(func(small bool) int {
		if small {
			return 8 * (1 + b.u(5))
		}
		return b.choice(wide)
	})
}

// preview reads the size of a preview.
func (b *bits) preview() {
	b.sides(func(small bool) int {
		if small {
			return 8 * b.choice([4]field{{16, 0}, {32, 0}, {1, 5}, {33, 9}})
		}
		return b.choice([4]field{{1, 6}, {65, 8}, {321, 10}, {1345, 12}})
	})
}

// sides reads a height, and then a width or how it relates to that.
func (b *bits) sides(side func(small bool) int) (width, height int) {
	small := b.flag()
	height = side(small)
	ratios := [8][2]int{{}, {1, 1}, {12, 10}, {4, 3}, {3, 2}, {16, 9}, {5, 4}, {2, 1}}
	r := ratios[b.u(3)]
	if r[1] == 0 {
		return side(small), height
	}
	return height * r[0] / r[1], height
}

// depth reads how many bits a sample has.
func (b *bits) depth() {
	if b.flag() { // floating point
		b.choice([4]field{{32, 0}, {16, 0}, {24, 0}, {1, 6}})
		b.u(4)
		return
	}
	b.choice([4]field{{8, 0}, {10, 0}, {12, 0}, {1, 6}})
}

// The kinds of extra channels that matter.
const (
	alpha = 0
	spot  = 2
	black = 4
	cfa   = 5
)

// extraChannel reads what a channel beside the colours is.
func (h *header) extraChannel(b *bits) error {
	if b.flag() { // transparency as usual
		return nil
	}
	kind := b.enum()
	b.depth()
	b.choice([4]field{{0, 0}, {3, 0}, {4, 0}, {1, 3}})
	for range b.choice([4]field{{0, 0}, {0, 4}, {16, 5}, {48, 10}}) { // its name
		b.u(8)
	}
	switch kind {
	case alpha:
		h.associated = b.flag()
	case spot:
		b.u(32)
		b.u(32)
	case black: // CMYK, of which libjxl leaves out the black
		return errFormat
	case cfa:
		b.choice([4]field{{1, 0}, {0, 2}, {3, 4}, {19, 8}})
	}
	return b.err()
}
