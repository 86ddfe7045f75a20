package media

import (
	"encoding/binary"
	"io"
	"iter"
	"math"
	"strings"
)

// Identifiers of elements in Matroska (RFC 9559 5).
const (
	ebmlMagic = "\x1a\x45\xdf\xa3"

	mkvSegment = 0x18538067

	mkvSeekHead = 0x114d9b74
	mkvSeek     = 0x4dbb
	mkvSeekID   = 0x53ab
	mkvSeekAt   = 0x53ac

	mkvInfo     = 0x1549a966
	mkvScale    = 0x2ad7b1
	mkvDuration = 0x4489
	mkvTitle    = 0x7ba9

	mkvTags      = 0x1254c367
	mkvTag       = 0x7373
	mkvSimpleTag = 0x67c8
	mkvTagName   = 0x45a3
	mkvTagString = 0x4487

	mkvAttachments = 0x1941a469
	mkvAttached    = 0x61a7
	mkvFileType    = 0x4660
	mkvFileData    = 0x465c

	mkvCluster = 0x1f43b675
)

// element is an element of EBML (RFC 8794).
type element struct {
	id   uint32
	body *io.SectionReader
}

// elements yields the elements in data. One of unknown length goes to the end.
func elements(data *io.SectionReader) iter.Seq[element] {
	return func(yield func(element) bool) {
		at := int64(0)
		for range maxSegments {
			e, next, ok := elementAt(data, at)
			if !ok || !yield(e) {
				return
			}
			at = next
		}
	}
}

// elementAt returns the element at an offset, and the offset of the next one.
func elementAt(data *io.SectionReader, at int64) (e element, next int64, ok bool) {
	if data == nil || at < 0 || at >= data.Size() {
		return e, 0, false
	}
	var head [12]byte
	n, _ := data.ReadAt(head[:], at)
	id, idLength := vint(head[:n], false)
	if idLength == 0 || idLength > 4 {
		return e, 0, false
	}
	size, sizeLength := vint(head[idLength:n], true)
	if sizeLength == 0 {
		return e, 0, false
	}
	from := at + int64(idLength+sizeLength)
	size = min(size, uint64(max(0, data.Size()-from)))
	return element{uint32(id), orEmpty(part(data, from, int64(size)))}, from + int64(size), true
}

// vint reads a number of variable length, and returns how many bytes it has; 0 if it
// is none. A length of only ones is unknown, and so the largest.
func vint(b []byte, length bool) (value uint64, n int) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0
	}
	for n = 1; b[0]>>(8-n) == 0; n++ {
	}
	if n > len(b) {
		return 0, 0
	}
	for _, c := range b[:n] {
		value = value<<8 | uint64(c)
	}
	if length {
		if value &= 1<<(7*n) - 1; value == 1<<(7*n)-1 {
			value = math.MaxInt64
		}
	}
	return value, n
}

// child returns the first element with an identifier; nil if there is none.
func child(data *io.SectionReader, id uint32) *io.SectionReader {
	for e := range elements(data) {
		if e.id == id {
			return e.body
		}
	}
	return nil
}

func number(data *io.SectionReader) (n uint64) {
	for _, c := range beginning(data, 8) {
		n = n<<8 | uint64(c)
	}
	return n
}

func real(data *io.SectionReader) float64 {
	switch b := beginning(data, 8); len(b) {
	case 4:
		return float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
	case 8:
		return math.Float64frombits(binary.BigEndian.Uint64(b))
	}
	return 0
}

func words(data *io.SectionReader) string { return upToZero(beginning(data, 4*maxSongText)) }

// matroska returns the elements of a file that are asked for: those before the
// pictures and the sound, and those that it says are elsewhere.
func matroska(file *io.SectionReader, wanted ...uint32) map[uint32]*io.SectionReader {
	found := map[uint32]*io.SectionReader{}
	segment := child(file, mkvSegment)
	for e := range elements(orEmpty(segment)) {
		if e.id == mkvCluster {
			break
		}
		if found[e.id] == nil {
			found[e.id] = e.body
		}
	}
	for seek := range elements(orEmpty(found[mkvSeekHead])) {
		id := uint32(number(child(seek.body, mkvSeekID)))
		if seek.id == mkvSeek && found[id] == nil {
			if e, _, ok := elementAt(segment, int64(number(child(seek.body, mkvSeekAt)))); ok && e.id == id {
				found[id] = e.body
			}
		}
	}
	parts := map[uint32]*io.SectionReader{}
	for _, id := range wanted {
		parts[id] = orEmpty(found[id])
	}
	return parts
}

// inMatroska reads the tags and the length.
func (s *Song) inMatroska(file *io.SectionReader) {
	m := matroska(file, mkvInfo, mkvTags, mkvAttachments)
	scale := 1e6
	if n := number(child(m[mkvInfo], mkvScale)); n > 0 {
		scale = float64(n)
	}
	s.Length = in(real(child(m[mkvInfo], mkvDuration))*scale, 1e9)
	for tag := range elements(m[mkvTags]) {
		for one := range elements(tag.body) {
			if tag.id == mkvTag && one.id == mkvSimpleTag {
				s.set(words(child(one.body, mkvTagName)), words(child(one.body, mkvTagString)))
			}
		}
	}
	s.set("TITLE", words(child(m[mkvInfo], mkvTitle)))
	s.Cover = len(picturesAttached(m[mkvAttachments])) > 0
}

// coverInMatroska returns the pictures that are attached to a film or music.
func coverInMatroska(file *io.SectionReader) (covers []*io.SectionReader) {
	for _, picture := range picturesAttached(matroska(file, mkvAttachments)[mkvAttachments]) {
		covers = append(covers, pictureAfter(picture)...)
	}
	return covers
}

func picturesAttached(attachments *io.SectionReader) (all []*io.SectionReader) {
	for file := range elements(attachments) {
		if file.id == mkvAttached && len(all) < maxParts && strings.HasPrefix(words(child(file.body, mkvFileType)), "image/") {
			all = append(all, orEmpty(child(file.body, mkvFileData)))
		}
	}
	return all
}
