package scaledjpeg

import (
	"errors"
	"image"
	"image/color"
	"io"
)

var (
	// ErrUnsupported says that the file may well be a picture, but of a kind
	// that only image/jpeg decodes, such as CMYK.
	ErrUnsupported = errors.New("scaledjpeg: not a kind of JPEG that is decoded here")
	// ErrIncomplete comes with a picture of which a part is missing or damaged,
	// and grey or coarse instead.
	ErrIncomplete = errors.New("scaledjpeg: a part of the picture is missing")

	errFormat = errors.New("scaledjpeg: not a JPEG file, or a damaged one")
)

const (
	markerTEM   = 0x01
	markerSOF0  = 0xC0
	markerSOF1  = 0xC1
	markerSOF2  = 0xC2
	markerDHT   = 0xC4
	markerJPG   = 0xC8
	markerSOF15 = 0xCF
	markerRST0  = 0xD0
	markerRST7  = 0xD7
	markerSOI   = 0xD8
	markerEOI   = 0xD9
	markerSOS   = 0xDA
	markerDQT   = 0xDB
	markerDRI   = 0xDD
	markerAPP0  = 0xE0
	markerAPP14 = 0xEE
)

// decoder holds what the segments so far say.
type decoder struct {
	r       *bitReader
	n       int           // samples across and down of a block
	place   [64]uint8     // of each coefficient in zigzag order among the lowest n×n; unwanted
	last    int           // coefficient that is wanted, in zigzag order
	one     [64]int32     // block, reused
	quants  [4][64]uint16 // in zigzag order
	tables  [2][4]huffman // DC, AC
	frame   frame
	restart int // MCUs between two restart markers; 0 if there are none
	jfif    bool
	adobe   bool // says that three components are RGB
}

// unwanted is the place of a coefficient that is not needed at the size wanted.
const unwanted = 64

// Decode decodes a picture at 1/denom of its size, rounded up; denom is 1, 2, 4
// or 8. The result is an *image.YCbCr or an *image.Gray. If the error is
// [ErrIncomplete] there is a picture all the same. Decode allocates what a
// picture of the size needs that the file claims to have: callers look at that
// before, by [DecodeConfig].
func Decode(src io.Reader, denom int) (image.Image, error) {
	if denom != 1 && denom != 2 && denom != 4 && denom != 8 {
		return nil, ErrUnsupported
	}
	d := &decoder{r: newBitReader(src), n: 8 / denom}
	d.place = places(d.n)
	for d.last = 63; d.place[d.last] == unwanted; {
		d.last--
	}
	err := d.decode()
	if d.frame.comps == nil || d.frame.comps[0].plane == nil || err != nil && !errors.Is(err, ErrIncomplete) {
		return nil, err
	}
	return d.frame.image(d.n), err
}

// places returns where the coefficients belong among the lowest n×n.
func places(n int) (p [64]uint8) {
	row, col := 0, 0
	for k := range p {
		p[k] = unwanted
		if row < n && col < n {
			p[k] = uint8(row*n + col)
		}
		switch up := (row+col)%2 == 0; { // the way of the zigzag
		case up && col == 7:
			row++
		case up && row == 0:
			col++
		case up:
			row, col = row-1, col+1
		case row == 7:
			col++
		case col == 0:
			row++
		default:
			row, col = row+1, col-1
		}
	}
	return p
}

// decode reads the file up to its end, or up to the end of a scan that has
// everything.
func (d *decoder) decode() error {
	if err := d.start(); err != nil {
		return err
	}
	for {
		marker, segment, err := d.nextSegment()
		switch {
		case errors.Is(err, io.ErrUnexpectedEOF), err == nil && marker == markerEOI:
			return d.finish(nil)
		case err != nil:
			return err
		case marker == markerSOS:
			if done, err := d.scan(segment); done || err != nil {
				return d.finish(err)
			}
		default:
			if err := d.take(marker, segment); err != nil {
				return err
			}
		}
	}
}

// start reads the marker with which every file begins.
func (d *decoder) start() error {
	var soi [2]byte
	if err := d.r.readFull(soi[:]); err != nil {
		return err
	}
	if soi != [2]byte{0xFF, markerSOI} {
		return errFormat
	}
	return nil
}

// nextSegment skips to the next marker, since between segments there may be
// anything, and returns it with its segment.
func (d *decoder) nextSegment() (marker byte, segment []byte, err error) {
	for {
		if marker, err = d.r.nextMarker(); err != nil || marker == markerEOI {
			return marker, nil, err
		}
		if marker >= markerRST0 && marker <= markerSOI || marker == markerTEM {
			continue // has no segment
		}
		var length [2]byte
		if err := d.r.readFull(length[:]); err != nil {
			return 0, nil, err
		}
		n := int(length[0])<<8 | int(length[1])
		if n < 2 {
			return 0, nil, errFormat
		}
		segment = make([]byte, n-2)
		return marker, segment, d.r.readFull(segment)
	}
}

// take learns from a segment that is not a scan.
func (d *decoder) take(marker byte, segment []byte) error {
	switch {
	case marker == markerDQT:
		return d.defineQuants(segment)
	case marker == markerDHT:
		return d.defineTables(segment)
	case marker == markerDRI:
		if len(segment) != 2 {
			return errFormat
		}
		d.restart = int(segment[0])<<8 | int(segment[1])
	case marker >= markerSOF0 && marker <= markerSOF15 && marker != markerJPG:
		return d.startFrame(marker, segment)
	case marker == markerAPP0:
		d.jfif = d.jfif || len(segment) >= 5 && string(segment[:5]) == "JFIF\x00"
	case marker == markerAPP14 && len(segment) >= 12 && string(segment[:5]) == "Adobe":
		d.adobe = segment[11] == 0
	}
	return nil
}

func (d *decoder) defineQuants(s []byte) error {
	for len(s) > 0 {
		wide, id := s[0]>>4, s[0]&15
		need := 64 << wide
		if wide > 1 || id > 3 || len(s) < 1+need {
			return errFormat
		}
		for i := range 64 {
			if wide == 1 {
				d.quants[id][i] = uint16(s[1+2*i])<<8 | uint16(s[2+2*i])
			} else {
				d.quants[id][i] = uint16(s[1+i])
			}
		}
		s = s[1+need:]
	}
	return nil
}

func (d *decoder) defineTables(s []byte) (err error) {
	for len(s) > 0 {
		class, id := s[0]>>4, s[0]&15
		if class > 1 || id > 3 {
			return errFormat
		}
		if s, err = d.tables[class][id].define(s[1:]); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) startFrame(marker byte, segment []byte) (err error) {
	if d.frame.comps != nil {
		return errFormat
	}
	if marker > markerSOF2 {
		return ErrUnsupported // another way of coding
	}
	if d.frame, err = readFrame(segment, marker == markerSOF2); err != nil {
		return err
	}
	if len(d.frame.comps) == 3 && !d.jfif && (d.adobe || d.frame.isRGB()) {
		return ErrUnsupported
	}
	return nil
}

// DecodeConfig reads the size and the colour model of a picture that [Decode]
// can decode.
func DecodeConfig(src io.Reader) (image.Config, error) {
	d := &decoder{r: newBitReader(src)}
	if err := d.start(); err != nil {
		return image.Config{}, err
	}
	for d.frame.comps == nil {
		marker, segment, err := d.nextSegment()
		if err != nil {
			return image.Config{}, err
		}
		if marker == markerEOI || marker == markerSOS {
			return image.Config{}, errFormat
		}
		if err := d.take(marker, segment); err != nil {
			return image.Config{}, err
		}
	}
	c := image.Config{ColorModel: color.YCbCrModel, Width: d.frame.size.X, Height: d.frame.size.Y}
	if len(d.frame.comps) == 1 {
		c.ColorModel = color.GrayModel
	}
	return c, nil
}
