package media

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
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

var (
	errFormat   = errors.New("not a known picture format")
	errTooLarge = errors.New("too large a picture")
)

// format is a picture format.
type format struct {
	magic  string // its first bytes; a question mark stands for any
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error) // the first picture
	weight func(image.Config, *io.SectionReader) int64
}

// formats are those that can be decoded.
var formats = []format{
	{"\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode, weighJPEG},
	{"\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode, weigh},
	{"GIF8?a", gif.DecodeConfig, gif.Decode, weigh},
	{"RIFF????WEBPVP8", webp.DecodeConfig, webp.Decode, weighWebP},
	{"BM????\x00\x00\x00\x00", bmp.DecodeConfig, bmp.Decode, weigh},
	{"II*\x00", tiff.DecodeConfig, tiff.Decode, weighTIFF},
	{"MM\x00*", tiff.DecodeConfig, tiff.Decode, weighTIFF},
}

// picture is a picture in a file that can be decoded.
type picture struct {
	data   *io.SectionReader
	format *format
	size   image.Point
	memory int64 // bytes that it takes to decode it, roughly
	whole  bool  // it is the file's own content, not a part of it
}

func (p picture) long() int { return max(p.size.X, p.size.Y) }

// measure reads a picture's header.
func measure(data *io.SectionReader) (picture, error) {
	f := formatOf(headOf(data))
	if f == nil {
		return picture{}, errFormat
	}
	c, err := f.config(readerOf(data))
	if err != nil {
		return picture{}, err
	}
	if c.Width <= 0 || c.Height <= 0 {
		return picture{}, errFormat
	}
	if max(c.Width, c.Height) > maxSide || int64(c.Width)*int64(c.Height) > maxPixels {
		return picture{}, errTooLarge
	}
	memory := int64(c.Width) * int64(c.Height) * f.weight(c, data)
	if memory > maxDecoded {
		return picture{}, errTooLarge
	}
	return picture{data: data, format: f, size: image.Pt(c.Width, c.Height), memory: memory}, nil
}

// decode decodes a picture, and holds the decoder to what was measured: some
// formats tell their size twice. A decoder that panics has only failed.
func (p picture) decode() (img image.Image, err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			err = fmt.Errorf("decoder: %v", thrown)
		}
	}()
	img, err = p.format.decode(readerOf(p.data))
	if err != nil {
		return nil, err
	}
	if b := img.Bounds(); b.Empty() || b.Dx() > p.size.X || b.Dy() > p.size.Y {
		return nil, errFormat
	}
	return img, nil
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

// bufferedSection is read in large pieces from the front, as most decoders
// do, or anywhere, as TIFF's does.
type bufferedSection struct {
	*bufio.Reader
	io.ReaderAt
}

// readerOf reads data from its beginning.
func readerOf(data *io.SectionReader) io.Reader {
	fresh := io.NewSectionReader(data, 0, data.Size())
	return bufferedSection{bufio.NewReaderSize(fresh, 64<<10), fresh}
}

// weigh returns how many bytes a decoder needs for each pixel.
func weigh(c image.Config, _ *io.SectionReader) int64 {
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

// weighJPEG knows that the coefficients of a progressive picture are all kept
// until the last scan, and that one in CMYK is decoded in two parts.
func weighJPEG(c image.Config, data *io.SectionReader) int64 {
	perPixel := weigh(c, data)
	if perPixel == 4 {
		perPixel *= 2
	}
	if scanJPEG(data).progressive {
		perPixel *= 5
	}
	return perPixel
}

// weighTIFF knows that a picture may be one strip, which is unpacked first.
func weighTIFF(c image.Config, data *io.SectionReader) int64 { return 2 * weigh(c, data) }

// weighWebP knows that lossless pictures, and the transparency of lossy ones,
// are decoded in several steps.
func weighWebP(c image.Config, data *io.SectionReader) int64 {
	if c.ColorModel == color.YCbCrModel {
		return weigh(c, data)
	}
	return 12
}
