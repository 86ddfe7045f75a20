package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"io"

	"golang.org/x/image/webp"
)

// maxWebP is how many compressed bytes of a picture are copied at most.
const maxWebP = 32 << 20

// stillWebP rewrites a WebP file (RFC 9649) so that it contains only the first
// picture, since the decoder knows no animations, and trusts lengths beyond the
// end of the file. It also returns the Exif data. Both may be nil.
func stillWebP(file *io.SectionReader) (still, exif *io.SectionReader) {
	var s webpStill
	s.chunks(part(file, 12, file.Size()-12), &exif)
	return s.file(), exif
}

// webpStill is the first picture of a WebP file.
type webpStill struct {
	size  []byte // 24 bits each of width and height, less one, as in the file
	alpha []byte
	data  []byte
	kind  string // VP8 or VP8L, padded

	inFrame bool // since frames do not contain frames
}

// chunks reads the chunks of a file, or of a frame of an animation.
func (s *webpStill) chunks(data *io.SectionReader, exif **io.SectionReader) {
	for range maxSegments {
		if data == nil {
			return
		}
		head := read(data, 0, 8)
		if head == nil {
			return
		}
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		if body := part(data, 8, min(length, data.Size()-8)); body != nil {
			s.chunk(string(head[:4]), body, length, exif)
		}
		next := 8 + length + length&1
		data = part(data, next, data.Size()-next)
	}
}

// chunk keeps what is needed of a chunk. body is shorter than length if the file is
// truncated.
func (s *webpStill) chunk(kind string, body *io.SectionReader, length int64, exif **io.SectionReader) {
	switch {
	case kind == "VP8X" && s.size == nil:
		s.size = read(body, 4, 6)
	case kind == "EXIF" && *exif == nil:
		*exif = withoutExifID(body)
	case s.data != nil || length > maxWebP:
	case kind == "ANMF" && !s.inFrame:
		s.inFrame, s.size, s.alpha = true, read(body, 6, 6), nil
		s.chunks(part(body, 16, body.Size()-16), exif)
	case kind == "ALPH":
		s.alpha = read(body, 0, int(body.Size()))
	case kind == "VP8 ", kind == "VP8L":
		// What is missing becomes zeros, since browsers show what is there.
		s.kind, s.data = kind, append(read(body, 0, int(body.Size())), make([]byte, length-body.Size())...)
	}
}

// withoutExifID skips a prefix that some programs copy from JPEG.
func withoutExifID(data *io.SectionReader) *io.SectionReader {
	if string(read(data, 0, 6)) == "Exif\x00\x00" {
		return part(data, 6, data.Size()-6)
	}
	return data
}

// file assembles the file.
func (s *webpStill) file() *io.SectionReader {
	if s.data == nil {
		return nil
	}
	var b bytes.Buffer
	b.WriteString("RIFF\x00\x00\x00\x00WEBP")
	if s.alpha != nil && s.size != nil && s.kind == "VP8 " {
		const hasAlpha = 0x10
		writeChunk(&b, "VP8X", append([]byte{hasAlpha, 0, 0, 0}, s.size...))
		writeChunk(&b, "ALPH", s.alpha)
	}
	writeChunk(&b, s.kind, s.data)
	binary.LittleEndian.PutUint32(b.Bytes()[4:], uint32(b.Len()-8))
	return io.NewSectionReader(bytes.NewReader(b.Bytes()), 0, int64(b.Len()))
}

func writeChunk(b *bytes.Buffer, kind string, data []byte) {
	b.WriteString(kind)
	b.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(data))))
	b.Write(data)
	if len(data)%2 != 0 {
		b.WriteByte(0)
	}
}

// decodeWebP decodes a picture. The brightness of a lossy one goes from 16 to 235
// (RFC 6386 section 9.2, ITU-R BT.601), which golang.org/x/image/webp puts into
// an image.YCbCr as it is, though there it goes from 0 to 255.
func decodeWebP(r io.Reader) (image.Image, error) {
	img, err := webp.Decode(r)
	switch c := img.(type) {
	case *image.YCbCr:
		toFullRange(c)
	case *image.NYCbCrA:
		toFullRange(&c.YCbCr)
	}
	return img, err
}

func toFullRange(c *image.YCbCr) {
	stretch(c.Y, 16, 235, 0)
	stretch(c.Cb, 16, 240, 128)
	stretch(c.Cr, 16, 240, 128)
}

// stretch maps values from low to high to all 256, around one that stays where
// it is, or to begin at 0.
func stretch(plane []uint8, low, high, centre int) {
	origin := low
	if centre != 0 {
		origin = centre
	}
	var to [256]uint8
	for v := range to {
		full := float64(v-origin)*255/float64(high-low) + float64(centre)
		to[v] = uint8(min(max(full+0.5, 0), 255))
	}
	for i, v := range plane {
		plane[i] = to[v]
	}
}
