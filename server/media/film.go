package media

import (
	"cmp"
	"encoding/binary"
	"io"
	"iter"
	"time"
)

// maxChapters is how many chapters of a film or of music are read.
const maxChapters = 200

// Film is what a film says is in it, or music, such as an audiobook.
type Film struct {
	Chapters  []Chapter
	Subtitles []Subtitles
}

// Chapter is a part of a film.
type Chapter struct {
	Title string // one line of UTF-8; "" if it has none
	From  time.Duration
}

// Subtitles are a track of subtitles in a film.
type Subtitles struct {
	Name     string // one line of UTF-8; "" if it has none
	Language string // a code of ISO 639-2 or a tag of BCP 47; "" if unknown
	// Format is that of the texts which [SubtitlesIn] returns: "srt", "ass" or "vtt", as
	// files of these have them, or "txt", without any marks; "" if it does not read them.
	Format string
}

// FilmIn reads what a film or music says is in it, as far as that is quick to find out: little
// of the file is read, and one that is made to confuse says nothing.
func FilmIn(content io.ReaderAt, size int64) (f Film) {
	defer func() {
		if recover() != nil {
			f = Film{}
		}
	}()
	file := io.NewSectionReader(&sparing{file: content, reads: 8 * maxFactReads, bytes: maxFactBytes}, 0, size)
	switch head := headOf(file); {
	case hasMagic(head, ebmlMagic):
		f.inMatroska(file)
	case hasMagic(head, "????ftyp"):
		f.inMP4(file, inside(file, "moov"))
	case hasMagic(head, "OggS"):
		f.inComments(commentsInOgg(file))
	case hasMagic(head, "fLaC"):
		f.inComments(commentsInFLAC(file))
	case hasMagic(head, "ID3"):
		f.inID3(file)
	}
	return f
}

func (f *Film) addChapter(title string, from time.Duration) {
	if from >= 0 && from <= maxLength && len(f.Chapters) < maxChapters {
		f.Chapters = append(f.Chapters, Chapter{tidied(title), from})
	}
}

// The elements of Matroska that a film has (RFC 9559 5.1.4, 5.1.7).
const (
	mkvTracks   = 0x1654ae6b
	mkvTrack    = 0xae
	mkvKind     = 0x83
	mkvName     = 0x536e
	mkvLanguage = 0x22b59c
	mkvBCP47    = 0x22b59d

	mkvChapters       = 0x1043a770
	mkvEdition        = 0x45b9
	mkvChapter        = 0xb6
	mkvChapterStart   = 0x91
	mkvChapterHidden  = 0x98
	mkvChapterDisplay = 0x80
	mkvChapterTitle   = 0x85
)

func (f *Film) inMatroska(file *io.SectionReader) {
	m := matroska(file, mkvTracks, mkvChapters, mkvCues)
	var indexed map[uint64]bool // tracks whose blocks can be found; nil until it is known
	for track := range subtitleTracks(m[mkvTracks]) {
		language := cmp.Or(words(child(track, mkvBCP47)), words(child(track, mkvLanguage)), "eng") // as RFC 9559 has it
		s := Subtitles{tidied(words(child(track, mkvName))), known(language), matroskaFormat(track)}
		if s.Format != "" && indexed == nil {
			indexed = map[uint64]bool{}
			cuesIn(m[mkvCues], func(c cue) bool {
				indexed[c.track] = true
				return false
			})
		}
		if !indexed[number(child(track, mkvTrackNumber))] || !new(blocks).understand(child(track, mkvEncodings)) {
			s.Format = ""
		}
		f.Subtitles = append(f.Subtitles, s)
	}
	for chapter := range elements(child(m[mkvChapters], mkvEdition)) { // the others are other cuts of the film
		if chapter.id == mkvChapter && number(child(chapter.body, mkvChapterHidden)) == 0 {
			title := words(child(child(chapter.body, mkvChapterDisplay), mkvChapterTitle))
			f.addChapter(title, time.Duration(number(child(chapter.body, mkvChapterStart))))
		}
	}
}

// subtitleTracks yields the tracks of subtitles.
func subtitleTracks(tracks *io.SectionReader) iter.Seq[*io.SectionReader] {
	const subtitle = 0x11
	return func(yield func(*io.SectionReader) bool) {
		left := maxParts
		for track := range elements(tracks) {
			if track.id != mkvTrack || number(child(track.body, mkvKind)) != subtitle {
				continue
			}
			if left--; left < 0 || !yield(track.body) {
				return
			}
		}
	}
}

// known returns a language, unless it stands for none.
func known(language string) string {
	if language == "und" || language == "mul" || language == "zxx" {
		return ""
	}
	return language
}

// inMP4 reads the tracks, and the chapters: as Nero wrote them, or else QuickTime.
func (f *Film) inMP4(file, moov *io.SectionReader) {
	moov = orEmpty(moov)
	for b := range boxes(moov) {
		if b.kind == "trak" && len(f.Subtitles) < maxParts && hasSubtitles(b.body) {
			f.inTrack(b.body)
		}
	}
	if f.inChpl(inside(moov, "udta", "chpl")); len(f.Chapters) == 0 {
		f.chapterTitles(file, moov)
	}
}

func (f *Film) inChpl(chpl *io.SectionReader) {
	const head = 9 // version, flags, and the number of chapters
	b := beginning(chpl, 64<<10)
	if len(b) < head {
		return
	}
	for b = b[head:]; len(b) > 9; {
		from, length := binary.BigEndian.Uint64(b), int(b[8])
		if len(b) < 9+length {
			return
		}
		f.addChapter(string(b[9:9+length]), time.Duration(min(from, 1<<56))*100)
		b = b[9+length:]
	}
}

// hasSubtitles reports whether a track has subtitles (ISO/IEC 14496-12 8.4.3).
func hasSubtitles(track *io.SectionReader) bool {
	switch string(read(orEmpty(inside(track, "mdia", "hdlr")), 8, 4)) {
	case "sbtl", "subt", "clcp":
		return true
	}
	return false // "text" are QuickTime's chapters
}

// inTrack reads a track of subtitles.
func (f *Film) inTrack(track *io.SectionReader) {
	at := int64(20)
	mdhd := orEmpty(inside(track, "mdia", "mdhd"))
	if version := read(mdhd, 0, 1); version != nil && version[0] == 1 {
		at = 32
	}
	language := ""
	if b := read(mdhd, at, 2); b != nil {
		packed := binary.BigEndian.Uint16(b)
		for _, shift := range []int{10, 5, 0} {
			if c := byte(packed>>shift&0x1f) + 0x60; c > 0x60 && c <= 'z' {
				language += string(rune(c))
			}
		}
	}
	name := upToZero(beginning(inside(track, "udta", "name"), maxSongText))
	f.Subtitles = append(f.Subtitles, Subtitles{tidied(name), known(language), mp4Format(track)})
}
