package tiff

import (
	"image"
	"image/color"
)

// Compressions.
const (
	none       = 1
	faxPlain   = 2
	fax3       = 3
	fax4       = 4
	lzwPacked  = 5
	oldJPEG    = 6
	newJPEG    = 7
	deflate    = 8
	oldDeflate = 32946
	packBits   = 32773
	zstandard  = 50000
)

// How samples are to be understood.
const (
	whiteIsZero = 0
	blackIsZero = 1
	rgb         = 2
	palette     = 3
	cmyk        = 5
	yCbCr       = 6
)

// Numbers of samples.
const (
	unsigned = 1
	signed   = 2
	floating = 3
)

// layout is how a page is stored.
type layout struct {
	photometric, compression, predictor int
	samples                             int // of a pixel, the extra ones among them
	bits, format                        int // of a sample
	alpha                               int // which sample is the transparency; 0 if there is none
	associated                          bool
	planar                              bool // each sample has blocks of its own
	blockW, blockH                      int  // a strip is a block as wide as the page
	across, down                        int  // blocks of a plane
	subX, subY                          int  // pixels for each sample of Cb and Cr
	limited                             bool // YCbCr uses 16 to 235 and 240
}

// layout reads how a page is stored. It returns an error if that is not known.
func (p *Page) layout() (l layout, err error) {
	if p.Width <= 0 || p.Height <= 0 || p.Width > maxSide || p.Height > maxSide {
		return l, errFormat
	}
	l = layout{
		photometric: p.number(tagPhotometric, -1), compression: p.number(tagCompression, none), predictor: p.number(tagPredictor, 1),
		samples: p.number(tagSamples, 1), bits: p.number(tagBits, 1), format: p.number(tagSampleFormat, unsigned),
		planar: p.number(tagPlanar, 1) == 2, subX: 1, subY: 1,
	}
	for _, b := range p.numbers(tagBits, maxSmall) {
		if int(b) != l.bits {
			return l, errUnsupported
		}
	}
	l.readAlpha(p)
	if l.photometric == yCbCr && !l.isJPEG() {
		l.subX, l.subY = 2, 2
		if s := p.numbers(tagSubsampling, 2); len(s) == 2 {
			l.subX, l.subY = int(s[0]), int(s[1])
		}
		l.limited = p.black() >= 15 // some programs write one less than 16
	}
	l.readBlocks(p)
	return l, l.check()
}

// black returns the number that stands for black in YCbCr (TIFF 6.0 section 20), 0 if
// the file does not tell.
func (p *Page) black() int64 {
	b := p.bytes(tagReference, 6)
	if p.tags[tagReference].kind != kindRational || len(b) < 8 || p.file.order.Uint32(b[4:]) == 0 {
		return 0
	}
	return int64(p.file.order.Uint32(b) / p.file.order.Uint32(b[4:]))
}

// colours returns how many samples a pixel has without the extra ones; 0 if that is
// not known.
func (l *layout) colours() int {
	switch l.photometric {
	case whiteIsZero, blackIsZero, palette:
		return 1
	case rgb, yCbCr:
		return 3
	case cmyk:
		return 4
	}
	return 0
}

func (l *layout) isJPEG() bool { return l.compression == newJPEG || l.compression == oldJPEG }

func (l *layout) isFax() bool {
	return l.compression == faxPlain || l.compression == fax3 || l.compression == fax4
}

// readAlpha finds the transparency among the extra samples.
func (l *layout) readAlpha(p *Page) {
	const associated, unassociated = 1, 2
	for i, kind := range p.numbers(tagExtraSamples, maxSmall) {
		if (kind == associated || kind == unassociated) && (l.photometric <= rgb) && l.alpha == 0 {
			l.alpha, l.associated = l.colours()+i, kind == associated
		}
	}
	if l.alpha >= l.samples || l.isJPEG() {
		l.alpha = 0
	}
}

func (l *layout) readBlocks(p *Page) {
	l.blockW, l.blockH = p.Width, p.number(tagRowsPerStrip, p.Height)
	if l.blockH <= 0 || l.blockH > p.Height {
		l.blockH = p.Height
	}
	if w, h := p.number(tagTileWidth, 0), p.number(tagTileHeight, 0); w > 0 && h > 0 {
		l.blockW, l.blockH = w, h
	}
	if l.compression == oldJPEG {
		l.blockW, l.blockH = p.Width, p.Height
	}
	l.across, l.down = (p.Width+l.blockW-1)/l.blockW, (p.Height+l.blockH-1)/l.blockH
}

// check returns an error if the page is of no form that is known.
func (l *layout) check() error {
	const mostSamples, mostOfTile = 16, 1 << 26
	switch n := l.colours(); {
	case n == 0, l.samples < n, l.samples > mostSamples:
		return errUnsupported
	case !l.knowsBits(), l.photometric == palette && (l.bits > 8 || l.format != unsigned):
		return errUnsupported
	case l.blockW > maxSide, l.blockH > maxSide, l.across*l.down > maxBlocks, l.blockW*l.blockH > mostOfTile && l.across*l.down > 1:
		return errFormat
	case l.subX < 1 || l.subX > 4 || l.subY < 1 || l.subY > 4:
		return errFormat
	case l.subX*l.subY > 1 && (l.planar || l.bits != 8 || l.samples != 3):
		return errUnsupported
	case l.isJPEG() && (l.bits != 8 || l.planar && l.samples > 1 && l.photometric == yCbCr):
		return errUnsupported
	}
	return nil
}

func (l *layout) knowsBits() bool {
	switch l.format {
	case unsigned, signed:
		return l.bits == 8 || l.bits == 16 || l.bits == 32 || l.format == unsigned && (l.bits == 1 || l.bits == 2 || l.bits == 4 || l.bits == 12)
	case floating:
		return l.bits == 16 || l.bits == 32 || l.bits == 64
	}
	return false
}

// perBlock returns how many samples of a pixel are in a block.
func (l *layout) perBlock() int {
	if l.planar {
		return 1
	}
	return l.samples
}

// rowBytes returns how many bytes a row of a block has.
func (l *layout) rowBytes() int { return (l.blockW*l.perBlock()*l.bits + 7) / 8 }

// blockBytes returns how many bytes a block of so many rows has.
func (l *layout) blockBytes(rows int) int {
	if l.subX*l.subY == 1 {
		return rows * l.rowBytes()
	}
	unit := l.subX*l.subY + 2
	return (l.blockW + l.subX - 1) / l.subX * ((rows + l.subY - 1) / l.subY) * unit
}

// Config returns the size and the colour model of a page, and how many bytes of memory
// decoding takes, roughly. The error says that it cannot be decoded.
func (p *Page) Config() (c image.Config, memory int64, err error) {
	l, err := p.layout()
	if err != nil {
		return c, 0, err
	}
	c = image.Config{Width: p.Width, Height: p.Height, ColorModel: color.NRGBAModel}
	perPixel := int64(4)
	switch {
	case l.photometric == cmyk:
		c.ColorModel = color.CMYKModel
	case l.photometric <= blackIsZero && l.alpha == 0:
		c.ColorModel, perPixel = color.GrayModel, 1
	case l.photometric == palette:
		perPixel = 1
	case l.associated:
		c.ColorModel = color.RGBAModel
	}
	memory = int64(p.Width) * int64(p.Height) * perPixel
	block := 2 * int64(l.blockBytes(min(l.blockH, p.Height)))
	if l.isJPEG() {
		block = 8 * int64(l.blockW+16) * int64(l.blockH+16)
	}
	if l.isFax() {
		block += 2 * 8 * int64(l.blockW) // where the colour changes, in two rows
	}
	return c, memory + block, nil
}
