package media

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image"
	"slices"
	"testing"
)

// An embedded thumbnail is told from the picture by its colours.
func TestEmbeddedThumbnails(t *testing.T) {
	own := "BR YG"
	embedded := func(w, h int) []byte { // turned by a half, so that orientation 6 shows "GY RB"
		return encodedJPEG(orientation(3).apply(photoOf(w, h)))
	}
	theirs := "GY RB"
	for _, c := range []struct {
		name string
		w, h int
		side int
		want string
	}{
		{"large enough", 160, 120, 160, theirs},
		{"larger", 320, 240, 160, theirs},
		{"too small", 160, 120, 320, own},
		{"with black bars", 160, 160, 160, own},
		{"slightly off by rounding", 160, 121, 160, theirs},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := withExif(encodedJPEG(photo), exifOf(6, embedded(c.w, c.h)))
			img, _, err := thumbnailOf(t, "file", file, c.side)
			must(t, err)
			if got := quartersOf(img); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
	t.Run("of a picture that is broken", func(t *testing.T) {
		file := withExif(encodedJPEG(photo)[:700], exifOf(6, embedded(80, 60)))
		img, _, err := thumbnailOf(t, "file", file, 160)
		must(t, err)
		if got := quartersOf(img); got != theirs || img.Bounds().Dy() != 80 {
			t.Errorf("%s, %v", got, img.Bounds())
		}
	})
}

// Raw files of cameras are TIFF structures with previews in JPEG.
func TestRawFilesShowTheirPreview(t *testing.T) {
	preview := encodedJPEG(photo)
	n := uint32(len(preview))
	large := encodedJPEG(image.NewGray(image.Rect(0, 0, 800, 600)))
	raw := []tag{{tagCompression, 34713}, {0x0100, 6000}, {0x0101, 4000}}
	for _, c := range []struct {
		name    string
		content []byte
	}{
		{"DNG: strip of a smaller version", tiffOf(binary.LittleEndian, preview, raw,
			[]tag{{tagSubfileType, 1}, {tagCompression, newJPEG}, {tagStripOffsets, dataAt}, {tagStripLengths, n}})},
		{"CR2: strip in the old compression", tiffOf(binary.LittleEndian, preview,
			[]tag{{tagCompression, oldJPEG}, {tagStripOffsets, dataAt}, {tagStripLengths, n}}, raw)},
		{"ARW: offset and length", tiffOf(binary.LittleEndian, preview,
			[]tag{{tagCompression, 6}, {tagJPEGOffset, dataAt}, {tagJPEGLength, n}}, raw)},
		{"NEF: a directory below", below(tiffOf(binary.BigEndian, preview, append(raw, tag{tagSubIFDs, 0}),
			[]tag{{tagJPEGOffset, dataAt}, {tagJPEGLength, n}}), len(raw)+1)},
		{"among previews the smallest that is enough", tiffOf(binary.LittleEndian, append(bytes.Clone(large), preview...),
			[]tag{{tagJPEGOffset, dataAt}, {tagJPEGLength, uint32(len(large))}},
			[]tag{{tagJPEGOffset, dataAt + uint32(len(large))}, {tagJPEGLength, n}})},
	} {
		t.Run(c.name, func(t *testing.T) {
			img, _, err := thumbnailOf(t, "a.raw", c.content, 320)
			must(t, err)
			if got := quartersOf(img); got != "RG BY" || img.Bounds().Dx() != 320 {
				t.Errorf("%s, %v", got, img.Bounds())
			}
		})
	}
}

// below makes the second directory, which follows the first one, one that
// only the last of the n tags of the first one leads to.
func below(file []byte, n int) []byte {
	next := 8 + 2 + 12*n
	copy(file[next-4:next], file[next:next+4])
	clear(file[next : next+4])
	return file
}

func boxOf(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(body))), kind...), body...)
}

// heic returns a file whose Exif data stands in an item.
func heifOf(brand string, exif []byte) []byte {
	data := append([]byte{0, 0, 0, 0}, exif...)
	ftyp := boxOf("ftyp", []byte(brand+"\x00\x00\x00\x00mif1"))
	meta := func(at uint32) []byte {
		n := uint32(len(data))
		iloc := []byte{0, 0, 0, 0, 0x44, 0x00, 0, 1 /* items */, 0, 7 /* id */, 0, 0, 0, 1 /* pieces */}
		iloc = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(iloc, at), n)
		return boxOf("meta", []byte{0, 0, 0, 0},
			boxOf("iinf", []byte{0, 0, 0, 0, 0, 1}, boxOf("infe", []byte("\x02\x00\x00\x00\x00\x07\x00\x00Exif\x00\x00"))),
			boxOf("iloc", iloc))
	}
	at := uint32(len(ftyp) + len(meta(0)) + 8)
	return bytes.Join([][]byte{ftyp, meta(at), boxOf("mdat", data)}, nil)
}

// counted puts its length before a text, as Vorbis comments do.
func counted(text string) []byte {
	return append(binary.LittleEndian.AppendUint32(nil, uint32(len(text))), text...)
}

// oggOf makes an Ogg stream of packets, with pages of another one between its own.
func oggOf(packets ...[]byte) (stream []byte) {
	for _, packet := range packets {
		lacing := append(bytes.Repeat([]byte{255}, len(packet)/255), byte(len(packet)%255))
		for len(lacing) > 0 {
			n := min(len(lacing), 100)
			size := 0
			for _, l := range lacing[:n] {
				size += int(l)
			}
			head := slices.Concat([]byte("OggS"), make([]byte, 10), []byte{1, 0, 0, 0}, make([]byte, 8), []byte{byte(n)}, lacing[:n])
			other := slices.Concat([]byte("OggS"), make([]byte, 10), []byte{2, 0, 0, 0}, make([]byte, 8), []byte{1, 5}, []byte("other"))
			stream = slices.Concat(stream, head, packet[:size], other)
			lacing, packet = lacing[n:], packet[size:]
		}
	}
	return stream
}

func TestPreviewsAndCovers(t *testing.T) {
	jpeg := encodedJPEG(photo)
	frame := append([]byte("\x00image/jpeg\x00\x03cover\x00"), jpeg...)
	id3 := func(version byte, frame []byte) []byte {
		n := len(frame)
		head := []byte{'I', 'D', '3', version, 0, 0, byte(n >> 21 & 127), byte(n >> 14 & 127), byte(n >> 7 & 127), byte(n & 127)}
		return append(append(head, frame...), "\xff\xfb\x90 sound"...)
	}
	n := len(frame)
	apic := func(flags byte, safe bool, frame []byte) []byte {
		n := len(frame)
		length := binary.BigEndian.AppendUint32(nil, uint32(n))
		if safe {
			length = []byte{byte(n >> 21 & 127), byte(n >> 14 & 127), byte(n >> 7 & 127), byte(n & 127)}
		}
		return slices.Concat([]byte("APIC"), length, []byte{0, flags}, frame)
	}
	withFlags := func(tag []byte, flags byte) []byte {
		tag[5] = flags
		return tag
	}
	spread := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte{0xff}, []byte{0xff, 0}) }
	long := slices.Concat([]byte("\x00image/jpeg\x00\x03"), bytes.Repeat([]byte("long "), 1000), []byte{0}, jpeg)
	tagged := id3(3, apic(0, false, frame))[:10+10+n]
	chunk := func(id string, order binary.AppendByteOrder, content []byte) []byte {
		return append(order.AppendUint32([]byte(id), uint32(len(content))), append(content, make([]byte, len(content)&1)...)...)
	}
	block := base64.StdEncoding.EncodeToString(frame)
	comments := slices.Concat(counted("encoder"), []byte{2, 0, 0, 0}, counted("TITLE=x"), counted("metadata_block_picture="+block))
	uuid := make([]byte, 16)
	for name, content := range map[string][]byte{
		"HEIC":                            heifOf("heic", exifOf(1, jpeg)),
		"AVIF":                            heifOf("avif", exifOf(1, jpeg)),
		"CR3":                             append(boxOf("ftyp", []byte("crx \x00\x00\x00\x01")), boxOf("uuid", uuid, make([]byte, 8), boxOf("PRVW", make([]byte, 16), jpeg))...),
		"CR3's thumbnail":                 append(boxOf("ftyp", []byte("crx \x00\x00\x00\x01")), boxOf("moov", boxOf("uuid", uuid, boxOf("THMB", make([]byte, 16), jpeg)))...),
		"MP4":                             append(boxOf("ftyp", []byte("M4A \x00\x00\x00\x00")), boxOf("moov", boxOf("udta", boxOf("meta", []byte{0, 0, 0, 0}, boxOf("ilst", boxOf("covr", boxOf("data", []byte("\x00\x00\x00\x0d\x00\x00\x00\x00"), jpeg))))))...),
		"ID3v2.2":                         id3(2, append([]byte{'P', 'I', 'C', byte(n >> 16), byte(n >> 8), byte(n)}, frame...)),
		"ID3v2.3":                         id3(3, append(binary.BigEndian.AppendUint32([]byte("APIC"), uint32(n)), append([]byte{0, 0}, frame...)...)),
		"ID3v2.4":                         id3(4, append([]byte{'A', 'P', 'I', 'C', 0, byte(n >> 14), byte(n >> 7 & 127), byte(n & 127), 0, 0}, frame...)),
		"ID3v2.3, unsynchronised":         withFlags(id3(3, spread(apic(0, false, frame))), 0x80),
		"ID3v2.4, unsynchronised":         withFlags(id3(4, apic(3, true, append([]byte{0, 0, 9, 9}, spread(frame)...))), 0x80),
		"ID3v2.3, extended header":        withFlags(id3(3, append([]byte{0, 0, 0, 6, 0, 0, 0, 0, 0, 0}, apic(0, false, frame)...)), 0x40),
		"ID3v2.4, extended header":        withFlags(id3(4, append([]byte{0, 0, 0, 6, 1, 0}, apic(0, true, frame)...)), 0x40),
		"ID3v2.4 with the lengths of 2.3": id3(4, slices.Concat(apic(0, false, frame), []byte("TIT2\x00\x00\x00\x02\x00\x00\x00x"))),
		"ID3 with a long description":     id3(3, apic(0, false, long)),
		"WAV":                             slices.Concat([]byte("RIFF\xff\xff\xff\x7fWAVE"), chunk("data", binary.LittleEndian, []byte("sound")), chunk("id3 ", binary.LittleEndian, tagged)),
		"AIFF":                            slices.Concat([]byte("FORM\x7f\xff\xff\xffAIFF"), chunk("SSND", binary.BigEndian, []byte("sound")), chunk("ID3 ", binary.BigEndian, tagged)),
		"Ogg Vorbis":                      oggOf([]byte("\x01vorbis"), append([]byte("\x03vorbis"), comments...)),
		"Opus":                            oggOf([]byte("OpusHead"), append([]byte("OpusTags"), comments...)),
		"FLAC in Ogg":                     oggOf([]byte("\x7fFLAC"), append([]byte{4, 0, 0, 0}, counted("encoder")...), append([]byte{0x86, 0, 0, 0}, frame...)),
		"FLAC":                            append([]byte{'f', 'L', 'a', 'C', 0x00, 0, 0, 2, 9, 9, 0x86, byte(n >> 16), byte(n >> 8), byte(n)}, frame...),
	} {
		t.Run(name, func(t *testing.T) {
			img, _, err := thumbnailOf(t, "file", content, 320)
			must(t, err)
			if got := quartersOf(img); got != "RG BY" {
				t.Errorf("%s", got)
			}
		})
	}
}

// These have names of their own for what TIFF and JPEG have.
func TestRawFilesOfTheirOwnKindShowTheirPreview(t *testing.T) {
	preview := withExif(encodedJPEG(photo), exifOf(6, nil))
	raf := append([]byte("FUJIFILMCCD-RAW 0201"), make([]byte, 64)...)
	raf = binary.BigEndian.AppendUint32(raf, 92)
	raf = binary.BigEndian.AppendUint32(raf, uint32(len(preview)))
	raf = append(raf, preview...)
	rw2 := []byte("IIU\x00\x08\x00\x00\x00\x02\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x2e\x00\x07\x00")
	rw2 = binary.LittleEndian.AppendUint32(rw2, uint32(len(preview)))
	rw2 = append(binary.LittleEndian.AppendUint32(rw2, 38), 0, 0, 0, 0)
	rw2 = append(rw2, preview...)
	for name, content := range map[string][]byte{
		"a.raf": raf, "a.rw2": rw2,
		"olympus.orf":   olympusOf("IIRO", "OLYMPUS\x00II\x03\x00", preview),
		"olympus 2.orf": olympusOf("IIRS", "OLYMPUS\x00II\x03\x00", preview),
		"om system.orf": olympusOf("IIRO", "OM SYSTEM\x00\x00\x00II\x04\x00", preview),
	} {
		img, _, err := thumbnailOf(t, name, content, 160)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := quartersOf(img); got != "BR YG" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// olympusOf is a raw file with notes of the camera's own, which begin with head.
func olympusOf(magic, head string, preview []byte) []byte {
	le := binary.LittleEndian
	directory := func(b []byte, entries ...[3]uint32) []byte {
		b = le.AppendUint16(b, uint16(len(entries)))
		for _, e := range entries {
			b = le.AppendUint16(le.AppendUint16(b, uint16(e[0])), uint16(e[1]))
			b = le.AppendUint32(le.AppendUint32(b, 1), e[2])
		}
		return le.AppendUint32(b, 0)
	}
	const long, undefined, size = 4, 7, 2 + 12 + 4
	exif := uint32(8 + size + 12) // behind the first directory of two entries
	note := exif + size
	file := directory([]byte(magic+"\x08\x00\x00\x00"), [3]uint32{tagOrientation, long, 6}, [3]uint32{tagExif, long, exif})
	file = directory(file, [3]uint32{tagMakerNote, undefined, note})
	settings := uint32(len(head)) + size
	file = directory(append(file, head...), [3]uint32{0x2020, undefined, settings})
	file = directory(file, [3]uint32{0x0101, long, settings + size + 12}, [3]uint32{0x0102, long, uint32(len(preview))})
	return append(file, preview...)
}

func TestOrientationBehindThePictureOfAPNG(t *testing.T) {
	file, exif := encodedPNG(photo), exifOf(6, nil)
	chunk := append(binary.BigEndian.AppendUint32(nil, uint32(len(exif))), "eXIf"...)
	chunk = withChecksum(append(append(chunk, exif...), 0, 0, 0, 0))
	end := len(file) - 12
	file = append(append(bytes.Clone(file[:end]), chunk...), file[end:]...)
	img, _, err := thumbnailOf(t, "a.png", file, 160)
	must(t, err)
	if got := quartersOf(img); got != "BR YG" {
		t.Error(got)
	}
}
