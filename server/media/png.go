package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"io"
)

const signaturePNG = "\x89PNG\r\n\x1a\n"

// decodersPNG returns the decoder of image/png and, since browsers show more than
// that, the same one for a repaired file.
func decodersPNG(c image.Config, data *io.SectionReader, side int) []decoder {
	whole := single(png.Decode, bytesPerPixel)(c, data, side)
	// At most 8 bytes for each pixel are unpacked once more.
	memory := whole[0].memory + 2*8*int64(c.Width+64)*int64(c.Height) + min(data.Size(), maxPackedPNG)
	return append(whole, decoder{memory, decodeRepairedPNG})
}

// decodeRepairedPNG decodes a PNG file (PNG 3rd edition) whose checksums may be
// wrong and whose end may be missing. What is missing becomes black.
func decodeRepairedPNG(r io.Reader) (image.Image, error) {
	m, err := readChunksPNG(r, maxPackedPNG)
	if err != nil {
		return nil, err
	}
	repaired, err := m.file()
	if err != nil {
		return nil, err
	}
	img, err := png.Decode(repaired)
	if err != nil {
		return nil, err
	}
	return img, errIncomplete
}

// chunksPNG is what is needed of a PNG file.
type chunksPNG struct {
	header, palette, transparency []byte
	packed                        []byte // the picture, compressed
}

// readChunksPNG reads as many chunks of a file as there are, and keeps at most max
// bytes.
func readChunksPNG(r io.Reader, max int64) (m chunksPNG, err error) {
	head := make([]byte, 8)
	if _, err := io.ReadFull(r, head); err != nil {
		return m, err
	}
	for {
		if _, err := io.ReadFull(r, head); err != nil {
			break
		}
		length, kind := int64(binary.BigEndian.Uint32(head)), string(head[4:])
		if kind == "IEND" {
			break
		}
		into := m.chunk(kind)
		if into != nil {
			if max -= length; max < 0 {
				return m, errTooLarge
			}
			if err := appendN(into, r, length); err != nil {
				break
			}
			length = 0
		}
		if _, err := io.CopyN(io.Discard, r, length+4); err != nil { // with its checksum
			break
		}
	}
	if len(m.header) != 13 || len(m.packed) == 0 {
		return m, errFormat
	}
	return m, nil
}

// maxPackedPNG is how many bytes of a file are kept at most.
const maxPackedPNG = 128 << 20

// chunk returns where the content of a chunk is kept; nil if it is not needed. A
// second header is ignored, since the first one was measured.
func (m *chunksPNG) chunk(kind string) *[]byte {
	switch {
	case kind == "IHDR" && m.header == nil:
		return &m.header
	case kind == "PLTE" && m.palette == nil:
		return &m.palette
	case kind == "tRNS" && m.transparency == nil:
		return &m.transparency
	case kind == "IDAT":
		return &m.packed
	}
	return nil
}

// appendN appends the next n bytes, or as many as there are.
func appendN(to *[]byte, r io.Reader, n int64) error {
	b := bytes.NewBuffer(*to)
	_, err := io.CopyN(b, r, n)
	*to = b.Bytes()
	return err
}

// file returns a complete file.
func (m *chunksPNG) file() (io.Reader, error) {
	packed, err := m.repacked()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString(signaturePNG)
	writeChunkPNG(&b, "IHDR", m.header)
	if m.palette != nil {
		writeChunkPNG(&b, "PLTE", m.palette)
	}
	if m.transparency != nil {
		writeChunkPNG(&b, "tRNS", m.transparency)
	}
	writeChunkPNG(&b, "IDAT", packed)
	writeChunkPNG(&b, "IEND", nil)
	return &b, nil
}

// repacked unpacks as much of the picture as there is, fills it up with zeros, and
// packs it without compression. It fails if there is hardly anything.
func (m *chunksPNG) repacked() ([]byte, error) {
	want := m.unpackedSize()
	raw := bytes.NewBuffer(make([]byte, 0, want))
	if z, err := zlib.NewReader(bytes.NewReader(m.packed)); err == nil {
		_, _ = io.CopyN(raw, z, want) // as far as it goes
	}
	if int64(raw.Len()) < want/minShown {
		return nil, errFormat
	}
	all := raw.Bytes()
	all = append(all, make([]byte, want-int64(len(all)))...)
	var packed bytes.Buffer
	z, _ := zlib.NewWriterLevel(&packed, zlib.NoCompression) // fails only for unknown levels
	z.Write(all)
	z.Close()
	return packed.Bytes(), nil
}

// unpackedSize returns how many bytes the rows have with their filter bytes
// (section 7.2), in seven passes if they are interlaced (section 8.1).
func (m *chunksPNG) unpackedSize() int64 {
	w, h := int64(binary.BigEndian.Uint32(m.header)), int64(binary.BigEndian.Uint32(m.header[4:]))
	samples := map[byte]int64{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[m.header[9]]
	bits := samples * int64(m.header[8])
	rows := func(w, h int64) int64 {
		if w == 0 || h == 0 {
			return 0
		}
		return h * (1 + (w*bits+7)/8)
	}
	if m.header[12] == 0 {
		return rows(w, h)
	}
	size := int64(0)
	for _, p := range [7]struct{ x, y, dx, dy int64 }{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}} {
		size += rows((w-p.x+p.dx-1)/p.dx, (h-p.y+p.dy-1)/p.dy)
	}
	return size
}

func writeChunkPNG(b *bytes.Buffer, kind string, data []byte) {
	b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(data))))
	start := b.Len()
	b.WriteString(kind)
	b.Write(data)
	b.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(b.Bytes()[start:])))
}
