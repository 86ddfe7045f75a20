package media

import (
	"encoding/binary"
	"io"
)

// isRaw reports whether a file may be one of a camera, with the picture as JPEG in it.
func isRaw(head []byte) bool {
	for _, magic := range []string{"IIU\x00", "IIRO", "IIRS", "MMOR", "FUJIFILMCCD-RAW ", "????ftypcrx "} {
		if hasMagic(head, magic) {
			return true
		}
	}
	return isTIFF(head)
}

// largestPreview returns the largest JPEG picture in a file of a camera, the right way
// up; nil if there is none, or the file itself is a larger picture.
func largestPreview(file *io.SectionReader) ([]byte, error) {
	found := findPictures(file)
	var largest picture
	for _, p := range measured(found, maxSide) {
		if p.longSide() > largest.longSide() || p.longSide() == largest.longSide() && largest.whole {
			largest = p
		}
	}
	if largest.data == nil || largest.whole || !hasMagic(headOf(largest.data), "\xff\xd8\xff") {
		return nil, nil
	}
	content, err := io.ReadAll(io.NewSectionReader(largest.data, 0, min(largest.data.Size(), maxPictureFile)))
	if err != nil {
		return nil, err
	}
	if own := readOrientation(largest.data); own == 0 && found.turn > 1 {
		content = withOrientation(content, found.turn)
	}
	return content, nil
}

// readOrientation returns what the Exif data of a JPEG file says; 0 if nothing.
func readOrientation(file *io.SectionReader) orientation {
	exif := scanJPEG(file).exif
	if exif == nil {
		return 0
	}
	return readTIFF(exif).turn
}

// withOrientation puts Exif data of nothing but an orientation into a JPEG file.
func withOrientation(content []byte, turn orientation) []byte {
	exif := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01"), 0, byte(turn), 0, 0, 0, 0, 0, 0)
	b := binary.BigEndian.AppendUint16([]byte("\xff\xd8\xff\xe1"), uint16(2+len(exif)))
	return append(append(b, exif...), content[2:]...)
}
