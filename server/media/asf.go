package media

import (
	"encoding/binary"
	"io"
	"iter"
)

// Identifiers of objects in files of Windows Media (Advanced Systems Format
// Specification 1.2, section 10).
const (
	asfHeader    = "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"
	asfFile      = "\xa1\xdc\xab\x8c\x47\xa9\xcf\x11\x8e\xe4\x00\xc0\x0c\x20\x53\x65"
	asfContent   = "\x33\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"
	asfExtended  = "\x40\xa4\xd0\xd2\x07\xe3\xd2\x11\x97\xf0\x00\xa0\xc9\x5e\xa8\x50"
	asfExtension = "\xb5\x03\xbf\x5f\x2e\xa9\xcf\x11\x8e\xe3\x00\xc0\x0c\x20\x53\x65"
	asfLibrary   = "\x94\x1c\x23\x44\x98\x94\xd1\x49\xa1\x41\x1d\x13\x4e\x45\x70\x54"
)

// asfObjects yields the objects in data from an offset on.
func asfObjects(data *io.SectionReader, at int64) iter.Seq2[string, *io.SectionReader] {
	return func(yield func(string, *io.SectionReader) bool) {
		for range maxSegments {
			head := read(orEmpty(data), at, 24)
			if head == nil {
				return
			}
			size := int64(binary.LittleEndian.Uint64(head[16:]))
			if size < 24 || size > data.Size()-at || !yield(string(head[:16]), orEmpty(part(data, at+24, size-24))) {
				return
			}
			at += size
		}
	}
}

// asfHeaders yields the objects in the header of a file, and in its extension.
func asfHeaders(file *io.SectionReader) iter.Seq2[string, *io.SectionReader] {
	return func(yield func(string, *io.SectionReader) bool) {
		head := read(file, 0, 30)
		if !hasMagic(head, asfHeader) {
			return
		}
		header := part(file, 0, min(int64(binary.LittleEndian.Uint64(head[16:])), file.Size()))
		for id, object := range asfObjects(header, 30) {
			if id != asfExtension {
				if !yield(id, object) {
					return
				}
				continue
			}
			for id, object := range asfObjects(object, 22) {
				if !yield(id, object) {
					return
				}
			}
		}
	}
}

// asfValues yields the names and values of an object.
func asfValues(id string, object *io.SectionReader) iter.Seq2[string, *io.SectionReader] {
	return func(yield func(string, *io.SectionReader) bool) {
		count := read(object, 0, 2)
		if count == nil {
			return
		}
		at := int64(2)
		for range min(int(binary.LittleEndian.Uint16(count)), maxSegments) {
			name, value, next, ok := asfValue(object, at, id == asfLibrary)
			if !ok || !yield(name, value) {
				return
			}
			at = next
		}
	}
}

// asfValue reads the value at an offset. Those of a library have both lengths in front.
func asfValue(object *io.SectionReader, at int64, library bool) (name string, value *io.SectionReader, next int64, ok bool) {
	number := func(at int64, n int) int64 {
		b := read(object, at, n)
		switch {
		case b == nil:
			ok = false
			return 0
		case n == 4:
			return int64(binary.LittleEndian.Uint32(b))
		}
		return int64(binary.LittleEndian.Uint16(b))
	}
	ok = true
	var named, long, from int64
	if library {
		named, long = number(at+4, 2), number(at+8, 4)
		at += 12
		from = at + named
	} else {
		named = number(at, 2)
		at += 2
		long = number(at+named+2, 2)
		from = at + named + 4
	}
	name = decoded(beginning(part(object, at, named), 4*maxSongText), utf16LE)
	return name, orEmpty(part(object, from, long)), from + long, ok
}

// inASF reads what is in the header.
func (s *Song) inASF(file *io.SectionReader) {
	for id, object := range asfHeaders(file) {
		switch id {
		case asfFile:
			if b := beginning(object, 64); len(b) == 64 {
				s.Length = in(float64(binary.LittleEndian.Uint64(b[40:])), 1e7) - in(float64(binary.LittleEndian.Uint64(b[56:])), 1e3)
			}
		case asfContent:
			if b := beginning(object, 10+8*maxSongText); len(b) > 10 {
				title, artist := int(binary.LittleEndian.Uint16(b)), int(binary.LittleEndian.Uint16(b[2:]))
				rest := b[10:]
				s.set("TITLE", decoded(rest[:min(title, len(rest))], utf16LE))
				rest = rest[min(title, len(rest)):]
				s.set("ARTIST", decoded(rest[:min(artist, len(rest))], utf16LE))
			}
		case asfExtended, asfLibrary:
			for name, value := range asfValues(id, object) {
				s.Cover = s.Cover || name == "WM/Picture"
				if s.field(name) != nil {
					s.set(name, decoded(beginning(value, 4*maxSongText), utf16LE))
				}
			}
		}
	}
}

// coverInASF returns the covers in a file of Windows Media.
func coverInASF(file *io.SectionReader) (covers []*io.SectionReader) {
	for id, object := range asfHeaders(file) {
		if id != asfExtended && id != asfLibrary {
			continue
		}
		for name, value := range asfValues(id, object) {
			if name == "WM/Picture" && len(covers) < maxParts {
				covers = append(covers, pictureAfter(value)...)
			}
		}
	}
	return covers
}
