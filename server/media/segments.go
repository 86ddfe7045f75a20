package media

import (
	"encoding/binary"
	"io"
	"iter"
)

// maxSegments is how many parts of a file may come before the picture.
const maxSegments = 1024

// jpegHeader is what comes before the first scan of a JPEG file.
type jpegHeader struct {
	exif        *io.SectionReader // nil if there is none
	progressive bool
}

// scanJPEG reads the segments before the first scan.
func scanJPEG(data *io.SectionReader) (h jpegHeader) {
	const sof2, app1 = 0xc2, 0xe1
	for marker, segment := range jpegSegments(data) {
		switch marker {
		case sof2:
			h.progressive = true
		case app1:
			if id := read(segment, 0, 6); h.exif == nil && string(id) == "Exif\x00\x00" {
				h.exif = part(segment, 6, segment.Size()-6)
			}
		}
	}
	return h
}

// jpegSegments yields the markers of the segments before the first scan (ITU-T
// T.81, annex B), and their content.
func jpegSegments(data *io.SectionReader) iter.Seq2[byte, *io.SectionReader] {
	const sos, eoi = 0xda, 0xd9
	return func(yield func(byte, *io.SectionReader) bool) {
		at := int64(2)
		for range maxSegments {
			head := read(data, at, 4)
			switch {
			case head == nil || head[0] != 0xff || head[1] == sos || head[1] == eoi:
				return
			case head[1] == 0xff: // any number of fill bytes may come before a marker
				at++
				continue
			}
			length := int64(binary.BigEndian.Uint16(head[2:]))
			if !yield(head[1], orEmpty(part(data, at+4, length-2))) {
				return
			}
			at += 2 + length
		}
	}
}

// maxChunks is how many chunks of a PNG file are looked at.
const maxChunks = 1 << 16

// pngChunks yields the chunks of a PNG file (PNG 3rd edition, 5.3).
func pngChunks(data *io.SectionReader) iter.Seq2[string, *io.SectionReader] {
	return func(yield func(string, *io.SectionReader) bool) {
		at := int64(8)
		for range maxChunks {
			head := read(data, at, 8)
			if head == nil {
				return
			}
			length := int64(binary.BigEndian.Uint32(head))
			if !yield(string(head[4:]), orEmpty(part(data, at+8, length))) {
				return
			}
			at += 12 + length
		}
	}
}

// exifInPNG returns the Exif data of a PNG file (PNG 3rd edition, 11.3.3.7), which
// may come after the picture; nil if there is none.
func exifInPNG(data *io.SectionReader) *io.SectionReader {
	for kind, chunk := range pngChunks(data) {
		if kind == "eXIf" {
			return chunk
		}
	}
	return nil
}

// coverInFLAC returns the pictures of a FLAC file (RFC 9639 8.8).
func coverInFLAC(data *io.SectionReader) (covers []*io.SectionReader) {
	const picture, last = 6, 0x80
	at := int64(4)
	for range maxSegments {
		head := read(data, at, 4)
		if head == nil {
			break
		}
		length := int64(binary.BigEndian.Uint32(head) & 0xffffff)
		if head[0]&^last == picture {
			covers = append(covers, pictureAfter(part(data, at+4, length))...)
		}
		if head[0]&last != 0 || len(covers) == maxParts {
			break
		}
		at += 4 + length
	}
	return covers
}

// syncsafe reads an integer with seven bits in each byte.
func syncsafe(b []byte) (n int64) {
	for _, c := range b {
		n = n<<7 | int64(c&0x7f)
	}
	return n
}
