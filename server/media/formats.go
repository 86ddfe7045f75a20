package media

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"io"
	"slices"
	"strings"

	"github.com/jsummers/gobmp"
	"golang.org/x/image/webp"
)

// maxPixels is how many pixels a picture may have. Larger ones are bombs, or scans
// that nobody looks at on a phone.
const maxPixels = 100_000_000

// maxSide is how long a side may be in pixels; in JPEG it cannot be longer.
const maxSide = 65535

// minShown is the fraction of a damaged picture that has to be there for it to be
// shown: 1/16.
const minShown = 16

var (
	errFormat   = errors.New("not a known picture format")
	errTooLarge = fmt.Errorf("%w: it is too large", ErrTooMuch)
	// errIncomplete is returned together with a picture of which a part is missing.
	errIncomplete = errors.New("a part of the picture is missing")
)

// format is a picture format.
type format struct {
	magic    string // its first bytes; a question mark matches any
	config   func(io.Reader) (image.Config, error)
	decoders func(c image.Config, data *io.SectionReader, side int) []decoder
	apart    bool // it is decoded in a process of its own; see errApart
}

// decoder is a way to decode the first picture of a file, perhaps at a smaller
// size.
type decoder struct {
	memory int64 // bytes that it needs, roughly
	decode func(io.Reader) (image.Image, error)
}

// formats are the formats that can be decoded.
var formats = []format{
	{"\xff\xd8\xff", configJPEG, decodersJPEG, false},
	{"\x89PNG\r\n\x1a\n", png.DecodeConfig, decodersPNG, false},
	{"GIF8?a", gif.DecodeConfig, decodersGIF, false},
	{"RIFF????WEBPVP8", webp.DecodeConfig, single(decodeWebP, bytesPerPixelWebP), false},
	{"BM????\x00\x00\x00\x00", gobmp.DecodeConfig, single(decodeBMP, bytesPerPixel), true},
	{"\x00\x00\x01\x00", configICO, single(decodeICO, bytesPerPixelICO), true}, // icons
	{"\x00\x00\x02\x00", configICO, single(decodeICO, bytesPerPixelICO), true}, // cursors
	{"II*\x00", configTIFF, decodersTIFF, true},
	{"MM\x00*", configTIFF, decodersTIFF, true},
	{"II+\x00", configTIFF, decodersTIFF, true},
	{"MM\x00+", configTIFF, decodersTIFF, true},
}

// single returns the decoders of a format with only one, which knows no smaller
// sizes. perPixel returns how many bytes it needs for each pixel.
func single(decode func(io.Reader) (image.Image, error), perPixel func(image.Config) int64) func(image.Config, *io.SectionReader, int) []decoder {
	return func(c image.Config, _ *io.SectionReader, _ int) []decoder {
		return []decoder{{int64(c.Width) * int64(c.Height) * perPixel(c), decode}}
	}
}

// picture is a picture in a file that can be decoded.
type picture struct {
	data     *io.SectionReader
	size     image.Point
	decoders []decoder // in the order to try them
	whole    bool      // it is the file itself, not a part of it
	apart    bool      // it is decoded in a process of its own
}

func (p picture) longSide() int { return max(p.size.X, p.size.Y) }

// measure reads the header of a picture. side is that of the thumbnail.
func measure(data *io.SectionReader, side int) (picture, error) {
	f := formatOf(headOf(data))
	if f == nil {
		return picture{}, errFormat
	}
	c, err := f.config(readerOf(data, nil))
	if err != nil {
		return picture{}, err
	}
	if c.Width <= 0 || c.Height <= 0 {
		return picture{}, errFormat
	}
	if max(c.Width, c.Height) > maxSide || int64(c.Width)*int64(c.Height) > maxPixels {
		return picture{}, errTooLarge
	}
	decoders := slices.DeleteFunc(f.decoders(c, data, side), func(d decoder) bool { return d.memory > maxDecoded })
	if len(decoders) == 0 {
		return picture{}, errTooLarge
	}
	return picture{data: data, size: image.Pt(c.Width, c.Height), decoders: decoders, apart: f.apart}, nil
}

// decode decodes a picture by one of its decoders, and holds it to what was
// measured: some formats tell their size twice. It ends soon after check
// returns an error. A decoder that panics has only failed. With an error there
// may be what there is of the picture.
func (p picture) decode(by decoder, check func() error) (img image.Image, err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			img, err = nil, fmt.Errorf("decoder: %v", thrown)
		}
	}()
	img, err = by.decode(readerOf(p.data, check))
	if img == nil || err != nil && !errors.Is(err, errIncomplete) {
		return nil, cmp.Or(err, errFormat)
	}
	if b := img.Bounds(); b.Empty() || b.Dx() > p.size.X || b.Dy() > p.size.Y {
		return nil, errFormat
	}
	return img, err
}

func formatOf(head []byte) *format {
	for i := range formats {
		if hasMagic(head, formats[i].magic) {
			return &formats[i]
		}
	}
	return nil
}

func hasMagic(head []byte, magic string) bool {
	if len(head) < len(magic) {
		return false
	}
	for i := range len(magic) {
		if magic[i] != '?' && magic[i] != head[i] {
			return false
		}
	}
	return true
}

// typeOf returns the media type of a thumbnail.
func typeOf(content []byte) string {
	if strings.HasPrefix(string(content[:min(8, len(content))]), "\x89PNG") {
		return "image/png"
	}
	return "image/jpeg"
}

// headOf returns the first bytes of data, which identify its format.
func headOf(data io.ReaderAt) []byte {
	head := make([]byte, 512)
	n, _ := data.ReadAt(head, 0)
	return head[:n]
}

// source is what decoders read a picture from: from the front, as most do, or
// anywhere, as TIFF's does.
type source struct {
	front *bufio.Reader
	io.ReaderAt
	check func() error // why to go no further
}

// perCheck is how many bytes a decoder gets before it is asked again whether
// to go on: a few hundred can be enough to keep one busy for a second.
const perCheck = 512

// readerOf reads data from its beginning, until check returns an error; nil
// never does.
func readerOf(data *io.SectionReader, check func() error) io.Reader {
	fresh := io.NewSectionReader(data, 0, data.Size())
	if check == nil {
		check = func() error { return nil }
	}
	return source{bufio.NewReaderSize(fresh, 64<<10), fresh, check}
}

// Read reads a little.
func (s source) Read(p []byte) (int, error) {
	if err := s.check(); err != nil {
		return 0, err
	}
	return s.front.Read(p[:min(len(p), perCheck)])
}

// bytesPerPixel returns how many bytes a decoder needs for each pixel.
func bytesPerPixel(c image.Config) int64 {
	switch c.ColorModel {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.YCbCrModel:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, ok := c.ColorModel.(color.Palette); ok {
		return 1
	}
	return 4
}

// bytesPerPixelICO takes into account that a bitmap is decoded and then masked.
func bytesPerPixelICO(image.Config) int64 { return 16 }

// bytesPerPixelWebP takes into account that lossless pictures, and the transparency
// of lossy ones, are decoded in several steps.
func bytesPerPixelWebP(c image.Config) int64 {
	if c.ColorModel == color.YCbCrModel {
		return bytesPerPixel(c)
	}
	return 12
}
