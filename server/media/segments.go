package media

import (
	"encoding/binary"
	"io"
)

// maxSegments is how many parts of a file may come before the picture.
const maxSegments = 1024

// jpegHeader is what comes before the first scan of a JPEG file.
type jpegHeader struct {
	exif        *io.SectionReader // nil if there is none
	progressive bool
}

// scanJPEG reads the segments before the first scan (ITU-T T.81, annex B).
func scanJPEG(data *io.SectionReader) (h jpegHeader) {
	const sof2, sos, eoi, app1 = 0xc2, 0xda, 0xd9, 0xe1
	at := int64(2)
	for range maxSegments {
		head := read(data, at, 4)
		switch {
		case head == nil || head[0] != 0xff:
			return h
		case head[1] == 0xff: // any number of fill bytes may come before a marker
			at++
			continue
		}
		length := int64(binary.BigEndian.Uint16(head[2:]))
		switch head[1] {
		case sos, eoi:
			return h
		case sof2:
			h.progressive = true
		case app1:
			id := read(data, at+4, 6)
			if h.exif == nil && string(id) == "Exif\x00\x00" {
				h.exif = part(data, at+10, length-8)
			}
		}
		at += 2 + length
	}
	return h
}

// exifInPNG returns the Exif data of a PNG file (PNG 3rd edition, 11.3.3.7) if it
// comes before the picture; nil if there is none.
func exifInPNG(data *io.SectionReader) *io.SectionReader {
	at := int64(8)
	for range maxSegments {
		head := read(data, at, 8)
		if head == nil {
			return nil
		}
		length := int64(binary.BigEndian.Uint32(head))
		switch string(head[4:]) {
		case "eXIf":
			return part(data, at+8, length)
		case "IDAT", "IEND":
			return nil
		}
		at += 12 + length
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

// coverInID3 returns the pictures in the ID3v2 tag at the beginning of MP3 files.
func coverInID3(data *io.SectionReader) (covers []*io.SectionReader) {
	const unsynchronised, extended = 0x80, 0x40
	head := read(data, 0, 10)
	if head == nil || head[5]&(unsynchronised|extended) != 0 {
		return nil // both are rare, and a cover is worth little
	}
	version := head[3]
	name, frame := 4, 10 // lengths of a frame's name and of its whole header
	if version == 2 {
		name, frame = 3, 6
	}
	at, end := int64(10), 10+syncsafe(head[6:10])
	for range maxSegments {
		f := read(data, at, frame)
		if f == nil || f[0] == 0 || at >= end || len(covers) == maxParts {
			break
		}
		var length int64
		switch version {
		case 2:
			length = int64(f[3])<<16 | int64(f[4])<<8 | int64(f[5])
		case 3:
			length = int64(binary.BigEndian.Uint32(f[4:]))
		default:
			length = syncsafe(f[4:8])
		}
		if id := string(f[:name]); id == "APIC" || id == "PIC" {
			covers = append(covers, pictureAfter(part(data, at+int64(frame), length))...)
		}
		at += int64(frame) + length
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
