package media

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"slices"

	"github.com/kovidgoyal/imaging/prism/meta/icc"
)

// maxCarried is how many bytes of profile a thumbnail may have. Those of phones,
// cameras and screens are matrices and curves of a few hundred.
const maxCarried = 4 << 10

// The colour spaces of profiles (ICC.1 section 7.2.6), by their number of channels.
const (
	graySpace = 1
	rgbSpace  = 3
	cmykSpace = 4
)

// channels returns the colour space of a profile; 0 if it is none that can be used.
func (p profile) channels() int {
	if !p.sound() {
		return 0
	}
	return map[string]int{"GRAY": graySpace, "RGB ": rgbSpace, "CMYK": cmykSpace}[string(p[16:20])]
}

// sound reports whether all of a profile is where its table says (ICC.1 section
// 7), and no table in it promises more than there is. Package icc takes both on
// trust.
func (p profile) sound() bool {
	const header, entry, maxTags = 128, 12, 100
	if len(p) < header+4 || int(binary.BigEndian.Uint32(p)) > len(p) || string(p[36:40]) != "acsp" {
		return false
	}
	n := int(binary.BigEndian.Uint32(p[header:]))
	if n > maxTags || len(p) < header+4+n*entry {
		return false
	}
	for tag := range slices.Chunk(p[header+4:][:n*entry], entry) {
		from, size := int64(binary.BigEndian.Uint32(tag[4:])), int64(binary.BigEndian.Uint32(tag[8:]))
		if from < int64(header+4+n*entry) || from+size > int64(len(p)) || !soundCurves(p[from:from+size]) || !soundTable(p[from:from+size]) {
			return false
		}
	}
	return true
}

// maxPoints is how many points a curve may have: as many as one of a table of 16
// bits (ICC.1 section 10.10).
const maxPoints = 4096

// soundCurves reports whether the curves in a tag (ICC.1 section 10.6) have all
// their points. Package icc makes room for as many as a curve promises, and the
// time that it takes grows with the square of their number.
func soundCurves(tag []byte) bool {
	const header = 12
	for {
		at := bytes.Index(tag, []byte("curv"))
		if at < 0 || len(tag)-at < header {
			return true
		}
		points := int64(binary.BigEndian.Uint32(tag[at+8:]))
		if points > maxPoints || header+2*points > int64(len(tag)-at) {
			return false
		}
		tag = tag[at+header:]
	}
}

// soundTable reports whether a tag of a profile has as few channels as we use, if
// it is a table (ICC.1 sections 10.10 to 10.13).
func soundTable(tag []byte) bool {
	kind := string(tag[:min(4, len(tag))])
	switch kind {
	case "mft1", "mft2", "mAB ", "mBA ":
	default:
		return true
	}
	if len(tag) < 32 || tag[8] > cmykSpace || tag[9] > cmykSpace {
		return false
	}
	if kind == "mft1" {
		return true
	}
	if kind == "mft2" {
		const entries = 48 // of the curves before and behind the table
		return len(tag) >= entries+4 && binary.BigEndian.Uint16(tag[entries:]) <= maxPoints && binary.BigEndian.Uint16(tag[entries+2:]) <= maxPoints
	}
	at := int64(binary.BigEndian.Uint32(tag[24:]))
	const width = 16 // where a table says how many bytes its numbers have
	return at == 0 || at+width < int64(len(tag)) && (tag[at+width] == 1 || tag[at+width] == 2)
}

// toSRGB converts colours. Each has up to four channels from 0 to 1.
type toSRGB func(in *[4]float64) (r, g, b float64, err error)

// errProfile says that a profile cannot be used. Package icc panics on some, when
// it reads them or only when it meets a certain colour.
var errProfile = errors.New("profile cannot be used")

// recovered turns a panic of package icc into an error.
func recovered(err *error) {
	if thrown := recover(); thrown != nil {
		*err = fmt.Errorf("%w: %v", errProfile, thrown)
	}
}

// converter returns how colours of a profile become those of sRGB. It takes the
// tables that browsers take.
func (p profile) converter() (convert toSRGB, err error) {
	defer recovered(&err)
	n := p.channels()
	if n == 0 {
		return nil, fmt.Errorf("%w: not known", errProfile)
	}
	parsed, err := icc.DecodeProfile(bytes.NewReader(p))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errProfile, err)
	}
	pipeline, err := parsed.CreateTransformerToSRGB(icc.PerceptualRenderingIntent, false, n, true, false, true)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errProfile, err)
	}
	return func(in *[4]float64) (r, g, b float64, err error) {
		defer recovered(&err)
		if n == rgbSpace {
			r, g, b = pipeline.Transform(in[0], in[1], in[2])
			return r, g, b, nil
		}
		var out [4]float64
		pipeline.TransformGeneral(out[:], in[:])
		return out[0], out[1], out[2], nil
	}, nil
}

// isSRGB reports whether a profile of RGB says that its colours are those that all
// take for granted.
func (p profile) isSRGB() bool {
	convert, err := p.converter()
	if err != nil {
		return false
	}
	const close = 1.5 / 255
	for _, c := range [][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {.2, .4, .8}, {.7, .5, .1}, {.5, .5, .5}, {.05, .05, .05}} {
		r, g, b, err := convert(&[4]float64{c[0], c[1], c[2]})
		if err != nil || max(r-c[0], c[0]-r, g-c[1], c[1]-g, b-c[2], c[2]-b) > close {
			return false
		}
	}
	return true
}

// fitInSRGB scales a picture down like fit. Its colours are those of sRGB, or of
// the profile that is returned. A profile that cannot be used is left out.
func fitInSRGB(ctx context.Context, img image.Image, p profile, side int) (*image.RGBA, profile, error) {
	small, carried, err := p.fit(ctx, img, side)
	if errors.Is(err, errProfile) {
		small, err = fit(ctx, img, side)
	}
	return small, carried, err
}

// fit is fitInSRGB for a profile that can be used.
func (p profile) fit(ctx context.Context, img image.Image, side int) (*image.RGBA, profile, error) {
	n := p.channels()
	if c, ok := img.(*image.CMYK); ok && n == cmykSpace {
		convert, err := p.converter()
		if err != nil {
			return nil, nil, err
		}
		small, err := inkToSRGB(ctx, c, convert, side)
		return small, nil, err
	}
	small, err := fit(ctx, img, side)
	if err != nil || n != channelsOf(img) || n == cmykSpace || n == rgbSpace && p.isSRGB() {
		return small, nil, err
	}
	if n == rgbSpace && len(p) <= maxCarried {
		return small, p, nil
	}
	convert, err := p.converter()
	if err != nil {
		return nil, nil, err
	}
	return small, nil, convertPixels(small, convert)
}

// channelsOf returns which colour space a decoded picture was in.
func channelsOf(img image.Image) int {
	switch img.ColorModel() {
	case color.GrayModel, color.Gray16Model:
		return graySpace
	case color.CMYKModel:
		return cmykSpace
	}
	return rgbSpace
}

// inkToSRGB scales a picture down before it converts it, as converting takes longer.
func inkToSRGB(ctx context.Context, c *image.CMYK, convert toSRGB, side int) (*image.RGBA, error) {
	ink := &image.RGBA{Pix: c.Pix, Stride: c.Stride, Rect: c.Rect} // each mean is that of one ink
	if by := max(c.Rect.Dx(), c.Rect.Dy()) / (oversampling * side); by > 1 {
		reduced, err := reduce(ctx, ink, by)
		if err != nil {
			return nil, err
		}
		ink = reduced.(*image.RGBA)
	}
	out := image.NewRGBA(ink.Rect)
	last, colour := [4]uint8{1}, color.RGBA{}
	for y := ink.Rect.Min.Y; y < ink.Rect.Max.Y; y++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		row := out.Pix[out.PixOffset(out.Rect.Min.X, y):]
		for x := range ink.Rect.Dx() {
			in := [4]uint8(ink.Pix[ink.PixOffset(ink.Rect.Min.X+x, y):])
			if in != last || colour.A == 0 {
				var err error
				if colour, err = convert.bytes(in); err != nil {
					return nil, err
				}
				last = in
			}
			copy(row[4*x:], []uint8{colour.R, colour.G, colour.B, 255})
		}
	}
	return fit(ctx, out, side)
}

// bytes converts a colour.
func (convert toSRGB) bytes(in [4]uint8) (color.RGBA, error) {
	r, g, b, err := convert(&[4]float64{float64(in[0]) / 255, float64(in[1]) / 255, float64(in[2]) / 255, float64(in[3]) / 255})
	return color.RGBA{toByte(r), toByte(g), toByte(b), 255}, err
}

func toByte(v float64) uint8 { return uint8(min(max(v, 0), 1)*255 + .5) }

// convertPixels converts a picture in place.
func convertPixels(img *image.RGBA, convert toSRGB) error {
	for i := 0; i < len(img.Pix); i += 4 {
		straight := color.NRGBAModel.Convert(color.RGBA{img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3]}).(color.NRGBA)
		c, err := convert.bytes([4]uint8{straight.R, straight.G, straight.B})
		if err != nil {
			return err
		}
		whole := color.RGBAModel.Convert(color.NRGBA{c.R, c.G, c.B, straight.A}).(color.RGBA)
		copy(img.Pix[i:], []uint8{whole.R, whole.G, whole.B, whole.A})
	}
	return nil
}

// withProfile puts a profile into an encoded JPEG or PNG picture.
func withProfile(content []byte, p profile) []byte {
	var b bytes.Buffer
	if typeOf(content) == "image/png" {
		const header = 8 + 25
		var packed bytes.Buffer
		packed.WriteString("ICC\x00\x00")
		z := zlib.NewWriter(&packed)
		_, _ = z.Write(p)
		_ = z.Close()
		b.Write(content[:header])
		writeChunkPNG(&b, "iCCP", packed.Bytes())
		b.Write(content[header:])
		return b.Bytes()
	}
	b.WriteString("\xff\xd8\xff\xe2")
	b.Write(binary.BigEndian.AppendUint16(nil, uint16(2+14+len(p))))
	b.WriteString("ICC_PROFILE\x00\x01\x01")
	b.Write(p)
	b.Write(content[2:])
	return b.Bytes()
}
