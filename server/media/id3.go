package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
)

// maxTag is how many bytes of a tag are undone in memory.
const maxTag = 8 << 20

// id3 is a tag at the beginning of music (id3.org/id3v2.4.0-structure).
type id3 struct {
	data    *io.SectionReader // from the first frame on
	version byte              // 2 to 4
}

// coverInID3 returns the covers in a tag.
func coverInID3(data *io.SectionReader) (covers []*io.SectionReader) {
	t, ok := openID3(data)
	at := int64(0)
	for range maxSegments {
		if !ok || len(covers) == maxParts {
			break
		}
		var id string
		var content *io.SectionReader
		if id, content, at, ok = t.frame(at); ok && (id == "APIC" || id == "PIC") {
			covers = append(covers, pictureAfter(content)...)
		}
	}
	return covers
}

// openID3 reads what comes before the frames.
func openID3(data *io.SectionReader) (t id3, ok bool) {
	const unsynchronised, extended = 0x80, 0x40
	head := read(data, 0, 10)
	if head == nil {
		return t, false
	}
	t.version = head[3]
	t.data = part(data, 10, min(syncsafe(head[6:10]), data.Size()-10))
	if t.version < 4 && head[5]&unsynchronised != 0 {
		t.data = synchronised(t.data) // version 4 does so frame by frame
	}
	if t.data != nil && t.version > 2 && head[5]&extended != 0 {
		t.data = t.withoutExtension()
	}
	return t, t.data != nil
}

// withoutExtension returns what follows the extended header.
func (t id3) withoutExtension() *io.SectionReader {
	b := read(t.data, 0, 4)
	if b == nil {
		return nil
	}
	length := 4 + int64(binary.BigEndian.Uint32(b))
	if t.version == 4 {
		length = syncsafe(b)
	}
	return part(t.data, length, t.data.Size()-length)
}

// frame returns the frame at an offset, and the offset of the next.
func (t id3) frame(at int64) (id string, content *io.SectionReader, next int64, ok bool) {
	name, header := 4, int64(10)
	if t.version == 2 {
		name, header = 3, 6
	}
	h := read(t.data, at, int(header))
	if h == nil || h[0] == 0 {
		return "", nil, 0, false
	}
	length := t.length(h, at)
	content = part(t.data, at+header, length)
	if t.version > 2 {
		content = t.format(h[9]).plain(content)
	}
	return string(h[:name]), content, at + header + length, true
}

// length reads the length of a frame. iTunes writes it in version 4 as version 3
// has it: then the next frame does not begin where it should.
func (t id3) length(h []byte, at int64) int64 {
	if t.version == 2 {
		return int64(h[3])<<16 | int64(h[4])<<8 | int64(h[5])
	}
	whole := int64(binary.BigEndian.Uint32(h[4:]))
	if t.version == 3 {
		return whole
	}
	safe := syncsafe(h[4:8])
	if safe != whole && !t.begins(at+10+safe) && t.begins(at+10+whole) {
		return whole
	}
	return safe
}

// begins reports whether a frame, padding or the end is at an offset.
func (t id3) begins(at int64) bool {
	if at == t.data.Size() {
		return true
	}
	name := read(t.data, at, 4)
	if name == nil {
		return false
	}
	for _, c := range name {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return bytes.Equal(name, make([]byte, 4))
		}
	}
	return true
}

// frameFormat is what the second flags of a frame say.
type frameFormat struct {
	before                                int64 // bytes before the content
	compressed, encrypted, unsynchronised bool
}

// format reads flags (id3v2.3.0 section 3.3.1, id3v2.4.0-structure section 4.1.2).
func (t id3) format(flags byte) (f frameFormat) {
	var grouped, measured bool
	if t.version == 3 {
		f.compressed, f.encrypted, grouped = flags&0x80 != 0, flags&0x40 != 0, flags&0x20 != 0
		measured = f.compressed
	} else {
		grouped, f.compressed, f.encrypted = flags&0x40 != 0, flags&0x08 != 0, flags&0x04 != 0
		f.unsynchronised, measured = flags&0x02 != 0, flags&0x01 != 0
	}
	if measured {
		f.before += 4
	}
	if grouped {
		f.before++
	}
	return f
}

// plain undoes what a frame's format says; nil if that cannot be done.
func (f frameFormat) plain(content *io.SectionReader) *io.SectionReader {
	if content == nil || f.encrypted {
		return nil
	}
	if f.before > 0 {
		content = part(content, f.before, content.Size()-f.before)
	}
	if f.unsynchronised {
		content = synchronised(content)
	}
	if f.compressed {
		content = inflated(content)
	}
	return content
}

// inflated undoes zlib's compression, which is rare and then serves for text.
func inflated(data *io.SectionReader) *io.SectionReader {
	const most = 256 << 10
	if data == nil {
		return nil
	}
	z, err := zlib.NewReader(data)
	if err != nil {
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(z, most))
	if err != nil {
		return nil
	}
	return io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b)))
}

// synchronised takes out the zeros that keep old players from taking a tag for
// music.
func synchronised(data *io.SectionReader) *io.SectionReader {
	if data == nil || data.Size() > maxTag {
		return nil
	}
	b := bytes.ReplaceAll(read(data, 0, int(data.Size())), []byte{0xff, 0}, []byte{0xff})
	return io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b)))
}

// coverInChunks returns the covers in the tag of a WAV or AIFF file.
func coverInChunks(file *io.SectionReader, order binary.ByteOrder) []*io.SectionReader {
	for id, chunk := range chunks(file, 12, order) {
		if id == "ID3 " || id == "id3 " {
			return coverInID3(chunk)
		}
	}
	return nil
}
