package media

import (
	"encoding/binary"
	"io"
	"iter"
)

// maxItems is how many items of a HEIF file are read.
const maxItems = 4096

// box is a box of an ISO base media file (ISO/IEC 14496-12), such as HEIC, AVIF,
// MP4 and Canon's CR3.
type box struct {
	kind string
	body *io.SectionReader
}

// boxes yields the boxes in data.
func boxes(data *io.SectionReader) iter.Seq[box] {
	return func(yield func(box) bool) {
		for range maxSegments {
			if data == nil {
				return
			}
			head := read(data, 0, 8)
			if head == nil {
				return
			}
			size, header := int64(binary.BigEndian.Uint32(head)), int64(8)
			switch size {
			case 0: // to the end of the file
				size = data.Size()
			case 1:
				long := read(data, 8, 8)
				if long == nil {
					return
				}
				size, header = int64(binary.BigEndian.Uint64(long)), 16
			}
			if size < header || size > data.Size() {
				return
			}
			if !yield(box{string(head[4:]), orEmpty(part(data, header, size-header))}) {
				return
			}
			data = part(data, size, data.Size()-size)
		}
	}
}

func orEmpty(data *io.SectionReader) *io.SectionReader {
	if data == nil {
		return io.NewSectionReader(eof{}, 0, 0)
	}
	return data
}

// eof is an empty file.
type eof struct{}

func (eof) ReadAt([]byte, int64) (int, error) { return 0, io.EOF }

// inside returns the body of the box at a path of kinds, or nil.
func inside(data *io.SectionReader, path ...string) *io.SectionReader {
	for _, kind := range path {
		var next *io.SectionReader
		for b := range boxes(data) {
			if b.kind == kind {
				next = b.body
				break
			}
		}
		if kind == "meta" {
			next = withoutVersion(next)
		}
		if next == nil {
			return nil
		}
		data = next
	}
	return data
}

// withoutVersion skips the version at the beginning of a meta box, which QuickTime
// files do not have.
func withoutVersion(meta *io.SectionReader) *io.SectionReader {
	if meta == nil || string(read(meta, 4, 4)) == "hdlr" {
		return meta
	}
	return part(meta, 4, meta.Size()-4)
}

// inBoxes finds the pictures in a file of boxes. HEVC and AV1 cannot be decoded, so
// it finds the JPEG previews of such pictures.
func (f *findings) inBoxes(file *io.SectionReader, brand string) {
	if brand == "crx " {
		f.inCR3(file)
		return
	}
	if meta := inside(file, "meta"); meta != nil {
		f.inHEIF(file, meta)
	}
	for b := range boxes(inside(file, "moov", "udta", "meta", "ilst", "covr")) {
		if b.kind == "data" {
			f.add(pictureAfter(b.body)...)
		}
	}
}

// inCR3 finds the contents of Canon's own boxes: a thumbnail, a preview and the
// first TIFF directory.
func (f *findings) inCR3(file *io.SectionReader) {
	const id = 16 // bytes of the UUID
	for b := range boxes(inside(file, "moov")) {
		if b.kind != "uuid" {
			continue
		}
		for own := range boxes(part(b.body, id, b.body.Size()-id)) {
			switch own.kind {
			case "CMT1", "CMT2": // the latter has Exif's own tags
				f.exif(own.body)
			case "THMB":
				f.add(pictureAfter(own.body)...)
			}
		}
	}
	for b := range boxes(file) {
		if preview := inside(part(b.body, id+8, b.body.Size()-id-8), "PRVW"); b.kind == "uuid" && preview != nil {
			f.add(pictureAfter(preview)...)
		}
	}
}

// inHEIF finds the items of a file that are Exif data or JPEG pictures (ISO/IEC
// 23008-12).
func (f *findings) inHEIF(file, meta *io.SectionReader) {
	wanted := heifItems(inside(meta, "iinf"))
	if len(wanted) == 0 {
		return
	}
	for id, extent := range heifExtents(inside(meta, "iloc")) {
		data := orEmpty(part(file, extent.from, extent.length))
		switch wanted[id] {
		case "Exif":
			if offset := read(data, 0, 4); offset != nil {
				begin := 4 + int64(binary.BigEndian.Uint32(offset))
				f.exif(part(data, begin, data.Size()-begin))
			}
		case "jpeg":
			f.add(data)
		}
	}
}

// heifItems returns the kinds of the relevant items, by ID.
func heifItems(iinf *io.SectionReader) map[uint32]string {
	version := read(orEmpty(iinf), 0, 1)
	if version == nil {
		return nil
	}
	skip := int64(6)
	if version[0] > 0 {
		skip = 8
	}
	kinds := make(map[uint32]string)
	for b := range boxes(part(iinf, skip, iinf.Size()-skip)) {
		entry := read(b.body, 0, 14) // long enough for both versions
		if b.kind != "infe" || entry == nil {
			continue
		}
		id, kind := uint32(binary.BigEndian.Uint16(entry[4:])), string(entry[8:12])
		if entry[0] == 3 {
			id, kind = binary.BigEndian.Uint32(entry[4:]), string(entry[10:14])
		}
		if kind == "Exif" || kind == "jpeg" {
			kinds[id] = kind
		}
	}
	return kinds
}
