package media

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
)

// inComments reads chapters as Vorbis comments have them
// (wiki.xiph.org/Chapter_Extension): CHAPTER001=00:05:00.000 and CHAPTER001NAME=Title,
// in any order.
func (f *Film) inComments(b []byte) {
	from, titles := map[int]time.Duration{}, map[int]string{}
	for name, value := range comments(b) {
		digits, ok := strings.CutPrefix(strings.ToUpper(name), "CHAPTER")
		digits, isTitle := strings.CutSuffix(digits, "NAME")
		n, err := strconv.Atoi(digits)
		if !ok || err != nil || n < 0 || n > 999 {
			continue
		}
		if isTitle {
			titles[n] = value
		} else if at, ok := clockTime(value); ok {
			from[n] = at
		}
	}
	for n := range 1000 {
		if at, ok := from[n]; ok {
			f.addChapter(titles[n], at)
		}
	}
	f.sortChapters()
}

// sortChapters puts the chapters into the order of the film.
func (f *Film) sortChapters() {
	slices.SortStableFunc(f.Chapters, func(a, b Chapter) int { return cmp.Compare(a.From, b.From) })
}

// clockTime reads a time such as 01:02:03.456.
func clockTime(text string) (time.Duration, bool) {
	parts := strings.Split(text, ":")
	if len(parts) != 3 {
		return 0, false
	}
	hours, err1 := strconv.ParseUint(parts[0], 10, 16)
	minutes, err2 := strconv.ParseUint(parts[1], 10, 16)
	seconds, err3 := strconv.ParseFloat(parts[2], 64)
	if err1 != nil || err2 != nil || err3 != nil || !(seconds >= 0 && seconds < 60) {
		return 0, false
	}
	return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute + time.Duration(seconds*1000+.5)*time.Millisecond, true
}

// comments yields the names and values of Vorbis comments.
func comments(b []byte) iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		_, b := cutCounted(b) // the program that wrote them
		if len(b) < 4 {
			return
		}
		for b = b[4:]; len(b) >= 4; {
			var one []byte
			one, b = cutCounted(b)
			name, value, _ := strings.Cut(string(one[:min(len(one), 4*maxSongText)]), "=")
			if !yield(name, value) {
				return
			}
		}
	}
}

// commentsInOgg returns the comments of Vorbis, Opus or FLAC.
func commentsInOgg(file *io.SectionReader) []byte {
	p := packets{file: file}
	switch first := p.next(); {
	case bytes.HasPrefix(first, []byte("\x01vorbis")):
		return bytes.TrimPrefix(p.next(), []byte("\x03vorbis"))
	case bytes.HasPrefix(first, []byte("OpusHead")):
		return bytes.TrimPrefix(p.next(), []byte("OpusTags"))
	case bytes.HasPrefix(first, []byte("\x7fFLAC")):
		for range maxPackets {
			block := p.next()
			if len(block) < 4 {
				return nil
			}
			if block[0]&0x7f == flacComment {
				return block[4:]
			}
		}
	}
	return nil
}

// flacComment is the kind of a block with Vorbis comments (RFC 9639 8.6).
const flacComment = 4

// commentsInFLAC returns the comments of a FLAC file.
func commentsInFLAC(file *io.SectionReader) []byte {
	const last = 0x80
	at := int64(4)
	for range maxSegments {
		head := read(file, at, 4)
		if head == nil {
			return nil
		}
		length := int64(binary.BigEndian.Uint32(head) & 0xffffff)
		if head[0]&^last == flacComment {
			return beginning(part(file, at+4, length), maxTag)
		}
		if head[0]&last != 0 {
			return nil
		}
		at += 4 + length
	}
	return nil
}

// inID3 reads chapters as podcasts have them (id3.org/id3v2-chapters-1.0).
func (f *Film) inID3(file *io.SectionReader) {
	t, ok := openID3(file)
	if !ok {
		return
	}
	for id, content := range frames(t) {
		if id == "CHAP" {
			f.inCHAP(orEmpty(content), t.version)
		}
	}
	f.sortChapters()
}

func (f *Film) inCHAP(content *io.SectionReader, version byte) {
	const times = 16 // bytes of its beginning and end, in milliseconds and in bytes
	head := beginning(content, 256+times)
	n := bytes.IndexByte(head, 0) + 1 // the name of the chapter within the tag
	if n == 0 || len(head) < n+times {
		return
	}
	title := ""
	for id, text := range frames(id3{part(content, int64(n+times), content.Size()-int64(n+times)), version}) {
		if b := beginning(text, 4*maxSongText); id == "TIT2" && len(b) > 1 {
			title = decoded(b[1:], id3Encoding(b[0]))
			break
		}
	}
	f.addChapter(title, time.Duration(binary.BigEndian.Uint32(head[n:]))*time.Millisecond)
}

// frames yields the frames of a tag, or in one of its frames.
func frames(t id3) iter.Seq2[string, *io.SectionReader] {
	return func(yield func(string, *io.SectionReader) bool) {
		at := int64(0)
		for range maxSegments {
			if t.data == nil {
				return
			}
			id, content, next, ok := t.frame(at)
			if !ok || !yield(id, content) {
				return
			}
			at = next
		}
	}
}
