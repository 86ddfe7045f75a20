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

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// maxPixels is the most that is decoded: 100 megapixels. Larger ones are
// either scans that nobody looks at on a phone, or bombs.
const maxPixels = 100_000_000

// maxSide is the longest side that is decoded, in pixels; JPEG has no longer.
const maxSide = 65535

// leastShown is the part of a damaged picture, one in so many, that must be there
// for it to be shown.
const leastShown = 16

var (
	errFormat   = errors.New("not a known picture format")
	errTooLarge = errors.New("too large a picture")
	// errIncomplete comes with a picture of which a part is missing.
	errIncomplete = errors.New("a part of the picture is missing")
)

// format is a picture format.
type format struct {
	magic    string // its first bytes; a question mark stands for any
	config   func(io.Reader) (image.Config, error)
	decoders func(c image.Config, data *io.SectionReader, side int) []decoder
}

// decoder is a way to decode the first picture of a file, perhaps at a smaller
// size.
type decoder struct {
	memory int64 // bytes that it takes, roughly
	decode func(io.Reader) (image.Image, error)
}

// formats are those that can be decoded.
var formats = []format{
	{"\xff\xd8\xff", configJPEG, decodersJPEG},
	{"\x89PNG\r\n\x1a\n", png.DecodeConfig, decodersPNG},
	{"GIF8?a", gif.DecodeConfig, decodersGIF},
	{"RIFF????WEBPVP8", webp.DecodeConfig, only(decodeWebP, weighWebP)},
	{"BM????\x00\x00\x00\x00", bmp.DecodeConfig, only(bmp.Decode, weigh)},
	{"II*\x00", tiff.DecodeConfig, only(tiff.Decode, weighTIFF)},
	{"MM\x00*", tiff.DecodeConfig, only(tiff.Decode, weighTIFF)},
}

// only makes decoders of one that knows no smaller sizes, and of what it needs
// for each pixel, in bytes.
func only(decode func(io.Reader) (image.Image, error), weigh func(image.Config) int64) func(image.Config, *io.SectionReader, int) []decoder {
	return func(c image.Config, _ *io.SectionReader, _ int) []decoder {
		return []decoder{{int64(c.Width) * int64(c.Height) * weigh(c), decode}}
	}
}

// picture is a picture in a file that can be decoded.
type picture struct {
	data     *io.SectionReader
	size     image.Point
	decoders []decoder // the one to try first comes first
	whole    bool      // it is the file's own content, not a part of it
}

func (p picture) long() int { return max(p.size.X, p.size.Y) }

// measure reads a picture's header. side is that of the thumbnail that is wanted.
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
	return picture{data: data, size: image.Pt(c.Width, c.Height), decoders: decoders}, nil
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

// headOf returns the first bytes of data, which tell its format.
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

// weigh returns how many bytes a decoder needs for each pixel.
func weigh(c image.Config) int64 {
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

// weighTIFF knows that a picture may be one strip, which is unpacked first.
func weighTIFF(c image.Config) int64 { return 2 * weigh(c) }

// weighWebP knows that lossless pictures, and the transparency of lossy ones,
// are decoded in several steps.
func weighWebP(c image.Config) int64 {
	if c.ColorModel == color.YCbCrModel {
		return weigh(c)
	}
	return 12
}
