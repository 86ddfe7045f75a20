package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"

	"windowsill/server/share"
)

const (
	// songWait is how long [Maker.Songs] waits for what has to be read first.
	songWait = 50 * time.Millisecond
	// maxAwaitedSongs is how many it waits for.
	maxAwaitedSongs = 100
	// maxSongs is how many are known at most, which takes some 10 MB.
	maxSongs = 20_000
	// maxSongText is how many bytes a title, an artist or an album has.
	maxSongText = 200
	// maxLength bounds the length of music, which may be made up.
	maxLength = 1000 * time.Hour
)

// Song is what a piece of music says about itself.
//
// Its readers are our own, as are those of covers, since github.com/dhowden/tag,
// which rests since 2024, knows no length, none of WAV, AIFF, WMA, Opus and Matroska,
// and takes covers of any size into memory to get at a title.
type Song struct {
	Title, Artist, Album string        // any text in UTF-8; "" if unknown
	Length               time.Duration // 0 if unknown
	Cover                bool          // there is a picture in the file
}

// Songs calls have with what is known of each piece of music of a folder, and reads
// the others for the next time. It waits a moment for a few of them, and for none if
// they are many.
func (m *Maker) Songs(ctx context.Context, folder *share.Folder, path string, music []share.Entry, have func(i int, s Song)) {
	m.songs.of(ctx, folder, path, music, maxAwaitedSongs, have)
}

// songIn reads what a file says about itself.
func songIn(file *io.SectionReader) (s Song) {
	switch head := headOf(file); {
	case hasMagic(head, "fLaC"):
		s.inFLAC(file)
	case hasMagic(head, "OggS"):
		s.inOgg(file)
	case hasMagic(head, "????ftyp"):
		s.inMP4(file)
	case hasMagic(head, "RIFF????WAVE"):
		s.inWAV(file)
	case hasMagic(head, "FORM????AIFF"), hasMagic(head, "FORM????AIFC"):
		s.inAIFF(file)
	case hasMagic(head, asfHeader):
		s.inASF(file)
	case hasMagic(head, ebmlMagic):
		s.inMatroska(file)
	default:
		s.inMP3(file)
	}
	s.Title, s.Artist, s.Album = tidied(s.Title), tidied(s.Artist), tidied(s.Album)
	if s.Length < 0 || s.Length > maxLength {
		s.Length = 0
	}
	return s
}

// tidied makes a text one short line.
func tidied(text string) string {
	if len(text) > maxSongText {
		text = text[:maxSongText]
	}
	text = strings.ToValidUTF8(text, "")
	return strings.Join(strings.FieldsFunc(text, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }), " ")
}

// field is where the value with a name is kept, in whatever way a format calls it;
// nil if it is not wanted.
func (s *Song) field(name string) *string {
	switch strings.ToUpper(name) {
	case "TITLE", "TIT2", "TT2", "NAM", "INAM", "NAME":
		return &s.Title
	case "ARTIST", "TPE1", "TP1", "ART", "IART", "AUTH":
		return &s.Artist
	case "ALBUM", "TALB", "TAL", "ALB", "IPRD", "WM/ALBUMTITLE":
		return &s.Album
	}
	return nil
}

// set keeps a value, unless it is not wanted or there is one.
func (s *Song) set(name, value string) {
	if at := s.field(name); at != nil && *at == "" {
		*at = value
	}
}

// decoded returns a text up to its end or its first zero.
func decoded(b []byte, e encoding.Encoding) string {
	text, _ := e.NewDecoder().Bytes(b)
	text, _, _ = bytes.Cut(text, []byte{0})
	return string(text)
}

var (
	latin   = charmap.Windows1252 // which is what is found where Latin-1 should be
	utf16   = utf.UTF16(utf.LittleEndian, utf.UseBOM)
	utf16BE = utf.UTF16(utf.BigEndian, utf.IgnoreBOM)
	utf16LE = utf.UTF16(utf.LittleEndian, utf.IgnoreBOM)
)

// in returns how long so many units last, at so many a second.
func in(units, perSecond float64) time.Duration {
	if perSecond <= 0 || units < 0 || units/perSecond > maxLength.Seconds() {
		return 0
	}
	return time.Duration(units / perSecond * float64(time.Second))
}

// beginning returns at most n bytes of data.
func beginning(data *io.SectionReader, n int64) []byte {
	if data == nil {
		return nil
	}
	return read(data, 0, int(min(n, data.Size())))
}

// inID3 reads a tag.
func (s *Song) inID3(data *io.SectionReader) {
	t, ok := openID3(data)
	at := int64(0)
	for range maxSegments {
		var id string
		var content *io.SectionReader
		if ok {
			id, content, at, ok = t.frame(at)
		}
		switch {
		case !ok:
			return
		case id == "APIC" || id == "PIC":
			s.Cover = true
		case s.field(id) != nil:
			if b := beginning(content, 4*maxSongText); len(b) > 1 {
				s.set(id, decoded(b[1:], id3Encoding(b[0])))
			}
		}
	}
}

func id3Encoding(n byte) encoding.Encoding {
	switch n {
	case 1:
		return utf16
	case 2:
		return utf16BE
	case 3:
		return utf.UTF8
	}
	return latin
}

// inFLAC reads blocks of metadata (RFC 9639 8).
func (s *Song) inFLAC(file *io.SectionReader) {
	const last = 0x80
	at := int64(4)
	for range maxSegments {
		head := read(file, at, 4)
		if head == nil {
			return
		}
		length := int64(binary.BigEndian.Uint32(head) & 0xffffff)
		s.inBlock(head[0]&^last, part(file, at+4, length))
		if head[0]&last != 0 {
			return
		}
		at += 4 + length
	}
}

func (s *Song) inBlock(kind byte, block *io.SectionReader) {
	const streamInfo, comment, picture = 0, 4, 6
	switch kind {
	case streamInfo:
		if b := beginning(block, 18); len(b) == 18 {
			rate := binary.BigEndian.Uint32(b[10:]) >> 12
			samples := binary.BigEndian.Uint64(b[10:]) & (1<<36 - 1)
			s.Length = in(float64(samples), float64(rate))
		}
	case comment:
		s.inComments(beginning(block, maxTag))
	case picture:
		s.Cover = true
	}
}

// inComments reads Vorbis comments.
func (s *Song) inComments(b []byte) {
	for name, value := range comments(b) {
		if strings.EqualFold(name, "METADATA_BLOCK_PICTURE") || strings.EqualFold(name, "COVERART") {
			s.Cover = true
		}
		s.set(name, value)
	}
}

// inOgg reads the comments of Vorbis, Opus or FLAC, and the time at the end.
func (s *Song) inOgg(file *io.SectionReader) {
	p := packets{file: file}
	first := p.next()
	rate, skip := 0.0, 0.0
	switch {
	case bytes.HasPrefix(first, []byte("\x01vorbis")) && len(first) >= 16:
		rate = float64(binary.LittleEndian.Uint32(first[12:]))
		s.inComments(bytes.TrimPrefix(p.next(), []byte("\x03vorbis")))
	case bytes.HasPrefix(first, []byte("OpusHead")) && len(first) >= 12:
		rate, skip = 48_000, float64(binary.LittleEndian.Uint16(first[10:]))
		s.inComments(bytes.TrimPrefix(p.next(), []byte("OpusTags")))
	case bytes.HasPrefix(first, []byte("\x7fFLAC")) && len(first) > 17:
		s.inBlock(0, sectionOf(first[17:]))
		for range maxPackets {
			block := p.next()
			if len(block) < 4 {
				break
			}
			s.inBlock(block[0]&0x7f, sectionOf(block[4:]))
			if block[0]&0x80 != 0 {
				break
			}
		}
		return
	}
	s.Length = in(lastGranule(file)-skip, rate)
}

// lastGranule returns the position at the end of the last page of an Ogg file, in
// samples; 0 if it is not found.
func lastGranule(file *io.SectionReader) float64 {
	const page = 1<<16 + 300 // more than any has
	n := min(page, file.Size())
	end := read(file, file.Size()-n, int(n))
	at := bytes.LastIndex(end, []byte("OggS\x00"))
	if at < 0 || len(end)-at < 14 {
		return 0
	}
	return float64(int64(binary.LittleEndian.Uint64(end[at+6:])))
}

// inMP4 reads the tags of iTunes and the length of the film.
func (s *Song) inMP4(file *io.SectionReader) {
	const text = 8 // bytes before the text: its type and its country
	moov := inside(file, "moov")
	for b := range boxes(inside(orEmpty(moov), "udta", "meta", "ilst")) {
		s.Cover = s.Cover || b.kind == "covr"
		name := strings.TrimPrefix(b.kind, "\xa9")
		if s.field(name) == nil {
			continue
		}
		if v := beginning(inside(b.body, "data"), text+4*maxSongText); len(v) > text {
			s.set(name, string(v[text:]))
		}
	}
	switch v := beginning(inside(orEmpty(moov), "mvhd"), 32); {
	case len(v) == 32 && v[0] == 1:
		s.Length = in(float64(binary.BigEndian.Uint64(v[24:])), float64(binary.BigEndian.Uint32(v[20:])))
	case len(v) >= 20 && v[0] == 0:
		s.Length = in(float64(binary.BigEndian.Uint32(v[16:])), float64(binary.BigEndian.Uint32(v[12:])))
	}
}
