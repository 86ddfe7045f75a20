package media

import (
	"encoding/binary"
	"io"
	"time"
)

// maxParts is how many pictures in a file are found at most.
const maxParts = 16

// findings are the pictures in a file.
type findings struct {
	whole *io.SectionReader   // the file itself as a picture, perhaps rewritten; nil if it is none
	parts []*io.SectionReader // previews and covers in it
	turn  orientation         // of all of them
	taken time.Time           // zero if unknown
	// profile is that of the whole, and of parts that have none.
	profile profile
}

// findPictures finds the pictures in a file, regardless of its name.
func findPictures(file *io.SectionReader) findings {
	head := headOf(file)
	found := findings{whole: file, profile: profileIn(file)}
	switch {
	case hasMagic(head, "\xff\xd8\xff"):
		found.exif(scanJPEG(file).exif)
	case hasMagic(head, "\x89PNG\r\n\x1a\n"):
		found.exif(exifInPNG(file))
	case hasMagic(head, "RIFF????WEBP"):
		still, exif := stillWebP(file)
		found.whole = still
		found.exif(exif)
	case hasMagic(head, "II*\x00"), hasMagic(head, "MM\x00*"), hasMagic(head, "IIU\x00"),
		hasMagic(head, "IIRO"), hasMagic(head, "IIRS"), hasMagic(head, "MMOR"):
		found.exif(file)
	case isTIFF(head):
		found.turnAndProfile(file)
	case hasMagic(head, "FUJIFILMCCD-RAW "):
		found = previewInRAF(file)
	case hasMagic(head, "????ftyp"):
		found = findings{}
		found.inBoxes(file, string(head[8:min(12, len(head))]))
	case hasMagic(head, "ID3"):
		found = findings{parts: coverInID3(file)}
	case hasMagic(head, "fLaC"):
		found = findings{parts: coverInFLAC(file)}
	case hasMagic(head, "OggS"):
		found = findings{parts: coverInOgg(file)}
	case hasMagic(head, asfHeader):
		found = findings{parts: coverInASF(file)}
	case hasMagic(head, ebmlMagic):
		found = findings{parts: coverInMatroska(file)}
	case hasMagic(head, "RIFF????WAVE"):
		found = findings{parts: coverInChunks(file, binary.LittleEndian)}
	case hasMagic(head, "FORM????AIFF"), hasMagic(head, "FORM????AIFC"):
		found = findings{parts: coverInChunks(file, binary.BigEndian)}
	}
	return found
}

// previewInRAF finds the JPEG file in a raw file of Fujifilm, which has the Exif data
// too: its place stands behind names and versions.
func previewInRAF(file *io.SectionReader) (found findings) {
	const place = 84
	if at := read(file, place, 8); at != nil {
		preview := part(file, int64(binary.BigEndian.Uint32(at)), int64(binary.BigEndian.Uint32(at[4:])))
		if preview != nil && hasMagic(headOf(preview), "\xff\xd8\xff") {
			found.exif(scanJPEG(preview).exif)
			found.add(preview)
			found.profile = profileIn(preview)
		}
	}
	return found
}

// exif adds what is in a TIFF structure, if there is one.
func (f *findings) exif(data *io.SectionReader) {
	if data == nil {
		return
	}
	tiff := readTIFF(data)
	if tiff.turn != 0 {
		f.turn = tiff.turn
	}
	if f.taken.IsZero() {
		f.taken = tiff.time()
	}
	f.add(tiff.parts...)
}

func (f *findings) add(parts ...*io.SectionReader) {
	f.parts = append(f.parts, parts...)
	f.parts = f.parts[:min(len(f.parts), maxParts)]
}

// part returns length bytes of data from offset from; nil if there are fewer.
func part(data *io.SectionReader, from, length int64) *io.SectionReader {
	if data == nil || from < 0 || length <= 0 || from > data.Size() || length > data.Size()-from {
		return nil
	}
	return io.NewSectionReader(data, from, length)
}

// maxDescription is how many bytes may come before a picture, such as what a tag
// says about it.
const maxDescription = 64 << 10

// pictureAfter returns the part of data that begins with a picture, after a
// description; none if there is no picture.
func pictureAfter(data *io.SectionReader) []*io.SectionReader {
	if data == nil {
		return nil
	}
	head := make([]byte, min(data.Size(), maxDescription))
	n, _ := data.ReadAt(head, 0)
	for at := range head[:n] {
		for _, magic := range []string{"\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "RIFF????WEBP"} {
			if head[at] == magic[0] && hasMagic(head[at:n], magic) {
				return []*io.SectionReader{part(data, int64(at), data.Size()-int64(at))}
			}
		}
	}
	return nil
}

// read returns n bytes of data from offset from; nil if there are fewer.
func read(data io.ReaderAt, from int64, n int) []byte {
	b := make([]byte, n)
	if got, _ := data.ReadAt(b, from); got < n {
		return nil
	}
	return b
}
