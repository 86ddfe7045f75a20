package media

import (
	"encoding/binary"
	"io"
	"strings"
	"time"
)

// The tags of TIFF 6.0, Exif 3.0 and DNG 1.7 that lead to pictures.
const (
	tagSubfileType  = 0x00fe // bit 0: a smaller version of another picture in the file
	tagCompression  = 0x0103
	tagStripOffsets = 0x0111
	tagOrientation  = 0x0112
	tagStripLengths = 0x0117
	tagSubIFDs      = 0x014a
	tagExifIFD      = 0x8769
	tagTaken        = 0x9003 // DateTimeOriginal
	tagTakenOffset  = 0x9011 // OffsetTimeOriginal
	tagJPEGOffset   = 0x0201
	tagJPEGLength   = 0x0202
	tagProfile      = 0x8773
	tagPreviewRW2   = 0x002e // Panasonic's own
	tagExif         = 0x8769
	tagMakerNote    = 0x927c
)

const (
	oldJPEG = 6 // compression of TIFF 6.0, which raw formats use
	newJPEG = 7 // compression of its supplement
)

// The numbers that raw files have for TIFF's 42: those of Panasonic and Leica, and two
// of Olympus.
const (
	panasonic = 0x55
	olympusRO = 0x4f52
	olympusRS = 0x5352
)

// How much of a file is read at most.
const (
	maxDirectories = 16
	maxTags        = 512
)

// tiffReader reads the directories of a TIFF structure, on which Exif and most raw
// formats are based.
type tiffReader struct {
	data    *io.SectionReader
	order   binary.ByteOrder
	olympus bool
	pending []int64 // offsets of directories
	seen    map[int64]bool
	turn    orientation
	profile *io.SectionReader
	taken   string // of the first directory that has one, "2026:08:12 18:04:05"
	offset  string // to UTC, "+02:00"; "" if unknown
	parts   []*io.SectionReader
}

// readTIFF finds the orientation, the ICC profile and the JPEG pictures in a TIFF
// structure, as far as there are any.
func readTIFF(data *io.SectionReader) tiffReader {
	r := tiffReader{data: data, order: binary.LittleEndian, seen: map[int64]bool{}}
	head := read(data, 0, 8)
	if head == nil {
		return r
	}
	if head[0] == 'M' {
		r.order = binary.BigEndian
	}
	switch r.order.Uint16(head[2:]) {
	case 42, panasonic:
	case olympusRO, olympusRS:
		r.olympus = true
	default:
		return r
	}
	r.pending = []int64{int64(r.order.Uint32(head[4:]))}
	for len(r.pending) > 0 && len(r.seen) < maxDirectories {
		at := r.pending[0]
		r.pending = r.pending[1:]
		if at != 0 && !r.seen[at] {
			r.seen[at] = true
			r.directory(at)
		}
	}
	return r
}

// entries returns the entries of a directory, 12 bytes each.
func (r *tiffReader) entries(at int64) []byte {
	count := read(r.data, at, 2)
	if count == nil {
		return nil
	}
	return read(r.data, at+2, 12*min(int(r.order.Uint16(count)), maxTags))
}

// directory reads a directory and where others are.
func (r *tiffReader) directory(at int64) {
	entries := r.entries(at)
	if entries == nil {
		return
	}
	tags := make(map[uint16]int64)
	for e := entries; len(e) > 0; e = e[12:] {
		tag, values := r.order.Uint16(e), r.values(e)
		switch {
		case tag == tagExif && r.olympus:
			r.pending = append(r.pending, values...)
		case tag == tagMakerNote && r.olympus:
			r.previewOfOlympus(int64(r.order.Uint32(e[8:])))
		case tag == tagPreviewRW2:
			if p := part(r.data, int64(r.order.Uint32(e[8:])), int64(r.order.Uint32(e[4:]))); p != nil && hasMagic(headOf(p), "\xff\xd8\xff") {
				r.parts = append(r.parts, p)
			}
		case tag == tagProfile && r.profile == nil:
			r.profile = part(r.data, int64(r.order.Uint32(e[8:])), int64(r.order.Uint32(e[4:])))
		case tag == tagTaken && r.taken == "":
			r.taken = r.ascii(e)
		case tag == tagTakenOffset && r.offset == "":
			r.offset = r.ascii(e)
		case tag == tagSubIFDs, tag == tagExifIFD:
			r.pending = append(r.pending, values...)
		case len(values) == 1:
			tags[tag] = values[0]
		}
	}
	if next := read(r.data, at+2+int64(len(entries)), 4); next != nil {
		r.pending = append(r.pending, int64(r.order.Uint32(next)))
	}
	r.note(tags)
}

// values returns the integers of an entry; nil if there are too many, or they are
// of another type.
func (r *tiffReader) values(entry []byte) []int64 {
	const short, long, directory = 3, 4, 13
	size := map[uint16]int{short: 2, long: 4, directory: 4}[r.order.Uint16(entry[2:])]
	count := r.order.Uint32(entry[4:])
	if size == 0 || count == 0 || count > maxParts {
		return nil
	}
	raw := entry[8:12]
	if n := size * int(count); n > 4 {
		if raw = read(r.data, int64(r.order.Uint32(raw)), n); raw == nil {
			return nil
		}
	}
	values := make([]int64, count)
	for i := range values {
		if size == 2 {
			values[i] = int64(r.order.Uint16(raw[2*i:]))
		} else {
			values[i] = int64(r.order.Uint32(raw[4*i:]))
		}
	}
	return values
}

// ascii returns the text of an entry, up to its end or 31 bytes.
func (r *tiffReader) ascii(entry []byte) string {
	const ascii, most = 2, 31
	count := int(min(r.order.Uint32(entry[4:]), most))
	raw := entry[8:12]
	if r.order.Uint16(entry[2:]) != ascii {
		return ""
	}
	if count > 4 {
		raw = read(r.data, int64(r.order.Uint32(raw)), count)
	}
	text, _, _ := strings.Cut(string(raw), "\x00")
	return strings.TrimSpace(text)
}

// time returns when the picture was taken; zero if that is unknown.
func (r *tiffReader) time() time.Time {
	const local = "2006:01:02 15:04:05"
	if at, err := time.Parse(local+"Z07:00", r.taken+r.offset); err == nil {
		return at
	}
	at, _ := time.ParseInLocation(local, r.taken, time.Local)
	return at
}

// note keeps the picture of a directory if it is a complete JPEG, and the
// orientation of the first directory that has one.
func (r *tiffReader) note(tags map[uint16]int64) {
	if turn := tags[tagOrientation]; r.turn == 0 && turn >= 1 && turn <= 8 {
		r.turn = orientation(turn)
	}
	if p := part(r.data, tags[tagJPEGOffset], tags[tagJPEGLength]); p != nil {
		r.parts = append(r.parts, p)
	}
	isPreview := tags[tagCompression] == oldJPEG || tags[tagCompression] == newJPEG && tags[tagSubfileType]&1 != 0
	if p := part(r.data, tags[tagStripOffsets], tags[tagStripLengths]); p != nil && isPreview {
		r.parts = append(r.parts, p)
	}
}

// previewOfOlympus finds the preview that cameras of Olympus and OM System describe in
// notes of their own, with offsets from where these begin.
func (r *tiffReader) previewOfOlympus(at int64) {
	const settings, start, length = 0x2020, 0x0101, 0x0102
	first := int64(0)
	switch head := headOf(orEmpty(part(r.data, at, r.data.Size()-at))); {
	case hasMagic(head, "OLYMPUS\x00II"):
		first = 12
	case hasMagic(head, "OM SYSTEM\x00\x00\x00II"):
		first = 16
	default:
		return
	}
	note := tiffReader{data: part(r.data, at, r.data.Size()-at), order: binary.LittleEndian}
	find := func(entries []byte, wanted uint16) int64 {
		for e := entries; len(e) > 0; e = e[12:] {
			if note.order.Uint16(e) == wanted {
				return int64(note.order.Uint32(e[8:]))
			}
		}
		return 0
	}
	own := note.entries(find(note.entries(first), settings))
	if p := part(note.data, find(own, start), find(own, length)); p != nil && hasMagic(headOf(p), "\xff\xd8\xff") {
		r.parts = append(r.parts, p)
	}
}
