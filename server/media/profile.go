package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
)

// maxProfile is how many bytes an ICC profile may have. Those of printers have
// two million at most.
const maxProfile = 4 << 20

// profile is an ICC profile (ICC.1), which says what the numbers of a picture's
// colours mean; nil means sRGB.
type profile []byte

// profileIn returns the profile in a picture; nil if there is none.
func profileIn(data *io.SectionReader) profile {
	head := headOf(data)
	switch {
	case hasMagic(head, "\xff\xd8\xff"):
		return profileInJPEG(data)
	case hasMagic(head, "\x89PNG\r\n\x1a\n"):
		return profileInPNG(data)
	case hasMagic(head, "RIFF????WEBP"):
		return profileInWebP(data)
	case hasMagic(head, "II*\x00"), hasMagic(head, "MM\x00*"):
		return profileInTIFF(data)
	}
	return nil
}

// profileInJPEG puts the segments of a profile together (ICC.1 annex B.4).
func profileInJPEG(data *io.SectionReader) profile {
	const id = "ICC_PROFILE\x00"
	const header = len(id) + 2 // with the number of the segment, and how many there are
	var pieces [256]*io.SectionReader
	count, size := 0, int64(0)
	for marker, segment := range jpegSegments(data) {
		head := read(segment, 0, header)
		if marker != 0xe2 || head == nil || string(head[:len(id)]) != id {
			continue
		}
		at := head[len(id)]
		count = int(head[len(id)+1])
		if pieces[at] == nil {
			pieces[at] = io.NewSectionReader(segment, int64(header), segment.Size()-int64(header))
			size += pieces[at].Size()
		}
	}
	if size > maxProfile {
		return nil
	}
	var all bytes.Buffer
	for i := 1; i <= count; i++ {
		if pieces[i] == nil {
			return nil
		}
		_, _ = all.ReadFrom(pieces[i]) // usable checks what is there
	}
	return all.Bytes()
}

// profileInPNG unpacks the iCCP chunk (PNG 3rd edition, 11.3.2.3).
func profileInPNG(data *io.SectionReader) profile {
	for kind, chunk := range pngChunks(data) {
		if kind == "IDAT" {
			break
		}
		if kind != "iCCP" {
			continue
		}
		name := bytes.IndexByte(headOf(chunk), 0)
		if name < 0 || chunk.Size() < int64(name)+2 {
			return nil
		}
		packed, err := zlib.NewReader(io.NewSectionReader(chunk, int64(name)+2, chunk.Size()))
		if err != nil {
			return nil
		}
		return readProfile(packed)
	}
	return nil
}

// profileInWebP returns the ICCP chunk (RFC 9649 section 2.7.1.4), which comes
// before the picture.
func profileInWebP(file *io.SectionReader) profile {
	const extended = 12 + 8 + 10
	head := read(file, extended, 8)
	if head == nil || string(head[:4]) != "ICCP" {
		return nil
	}
	return readProfile(orEmpty(part(file, extended+8, int64(binary.LittleEndian.Uint32(head[4:])))))
}

// profileInTIFF returns the profile in the directories (ICC.1 annex B.5).
func profileInTIFF(data *io.SectionReader) profile {
	return readProfile(orEmpty(readTIFF(data).profile))
}

func readProfile(r io.Reader) profile {
	all, err := io.ReadAll(io.LimitReader(r, maxProfile+1))
	if err != nil || len(all) > maxProfile {
		return nil
	}
	return all
}
