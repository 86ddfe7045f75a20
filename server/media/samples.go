package media

import (
	"bytes"
	"encoding/binary"
	"io"
	"time"
)

// sample is a piece of a track of an MP4 file.
type sample struct {
	data     *io.SectionReader
	from, to time.Duration
}

// table returns up to maxEvents rows of a table of a track, each of some bytes, behind
// a head of so many bytes, the last four of which count the rows.
func table(data *io.SectionReader, head, row int) (rows []byte) {
	b := beginning(data, int64(head+row*maxEvents))
	if len(b) < head {
		return nil
	}
	n := int(min(binary.BigEndian.Uint32(b[head-4:]), maxEvents))
	return b[head : head+min(n*row, (len(b)-head)/row*row)]
}

// samplesOf returns the samples of a track (ISO/IEC 14496-12 8.6 and 8.7) with text.
func samplesOf(file, moov, track *io.SectionReader) (all []sample) {
	stbl := orEmpty(inside(track, "mdia", "minf", "stbl"))
	perSecond := timescale(inside(track, "mdia", "mdhd"))
	durations := table(inside(stbl, "stts"), 8, 8)
	shift := delay(inside(track, "edts", "elst"), timescale(inside(moov, "mvhd")), perSecond)
	ticks, left := uint64(0), uint32(0)
	for data := range chunked(file, stbl) {
		for left == 0 && len(durations) > 8 && binary.BigEndian.Uint32(durations) == 0 {
			durations = durations[8:]
		}
		if len(durations) < 8 {
			return all
		}
		if left == 0 {
			left = binary.BigEndian.Uint32(durations)
		}
		from := ticks
		ticks += uint64(binary.BigEndian.Uint32(durations[4:]))
		if left--; left == 0 {
			durations = durations[8:]
		}
		s := sample{data, in(float64(from), perSecond) + shift, in(float64(ticks), perSecond) + shift}
		if s.from >= 0 && s.to > s.from {
			all = append(all, s)
		}
	}
	return all
}

// chunked yields where the samples of a table are in the file.
func chunked(file, stbl *io.SectionReader) func(yield func(*io.SectionReader) bool) {
	return func(yield func(*io.SectionReader) bool) {
		sizes := beginning(inside(stbl, "stsz"), 12+4*maxEvents)
		if len(sizes) < 12 {
			return
		}
		same, count := binary.BigEndian.Uint32(sizes[4:]), min(binary.BigEndian.Uint32(sizes[8:]), maxEvents)
		sizes = sizes[12:]
		offsets, wide := table(inside(stbl, "stco"), 8, 4), 4
		if offsets == nil {
			offsets, wide = table(inside(stbl, "co64"), 8, 8), 8
		}
		runs := table(inside(stbl, "stsc"), 8, 12)
		for chunk := uint32(1); len(offsets) >= wide && len(runs) >= 12; chunk++ {
			if len(runs) >= 24 && binary.BigEndian.Uint32(runs[12:]) == chunk {
				runs = runs[12:]
			}
			at := uint64(0)
			for _, b := range offsets[:wide] {
				at = at<<8 | uint64(b)
			}
			offsets = offsets[wide:]
			for range min(binary.BigEndian.Uint32(runs[4:]), count) {
				size := same
				if same == 0 {
					if len(sizes) < 4 {
						return
					}
					size, sizes = binary.BigEndian.Uint32(sizes), sizes[4:]
				}
				if count--; !yield(orEmpty(part(file, int64(at), int64(size)))) || count == 0 {
					return
				}
				at += uint64(size)
			}
		}
	}
}

// timescale returns how many units of time a second has, by the header of a film or of
// a track.
func timescale(head *io.SectionReader) float64 {
	at := int64(12)
	if version := read(orEmpty(head), 0, 1); version != nil && version[0] == 1 {
		at = 20
	}
	if b := read(orEmpty(head), at, 4); b != nil {
		return float64(binary.BigEndian.Uint32(b))
	}
	return 0
}

// delay returns by how much a track comes later than its samples say (ISO/IEC 14496-12
// 8.6.6): an edit of nothing before it, and what is left off of it.
func delay(edits *io.SectionReader, ofFilm, ofTrack float64) (later time.Duration) {
	if version := read(orEmpty(edits), 0, 1); version == nil || version[0] != 0 {
		return 0
	}
	for rows := table(edits, 8, 12); len(rows) >= 12; rows = rows[12:] {
		from := int32(binary.BigEndian.Uint32(rows[4:]))
		if from >= 0 {
			return later - in(float64(from), ofTrack)
		}
		later += in(float64(binary.BigEndian.Uint32(rows)), ofFilm)
	}
	return later
}

// mp4Format returns the format of the texts of a track; "" if it has none, or where
// they are is told elsewhere than in its tables.
func mp4Format(track *io.SectionReader) string {
	stbl := orEmpty(inside(track, "mdia", "minf", "stbl"))
	if b := read(orEmpty(inside(stbl, "stsz")), 8, 4); b == nil || binary.BigEndian.Uint32(b) == 0 {
		return ""
	}
	const kind = 8 + 4 // behind the number of entries and a size
	switch string(read(orEmpty(inside(stbl, "stsd")), kind, 4)) {
	case "tx3g":
		return "txt"
	case "wvtt":
		return "vtt"
	}
	return ""
}

// mp4Track finds a track, counted from 0 among those of subtitles.
func mp4Track(file *io.SectionReader, wanted int) textTrack {
	moov := orEmpty(inside(file, "moov"))
	for b := range boxes(moov) {
		if b.kind != "trak" || !hasSubtitles(b.body) {
			continue
		}
		if wanted--; wanted < 0 {
			format := mp4Format(b.body)
			return textTrack{format, func() []Event { return mp4Events(samplesOf(file, moov, b.body), format) }}
		}
	}
	return textTrack{}
}

func mp4Events(samples []sample, format string) (events []Event) {
	for _, s := range samples {
		text := timedText(s.data)
		if format == "vtt" {
			text = ""
			for b := range boxes(s.data) { // ISO/IEC 14496-30 7
				if b.kind == "vttc" {
					text += string(beginning(inside(b.body, "payl"), maxEvent)) + "\n"
				}
			}
		}
		if text != "" {
			events = append(events, Event{s.from, s.to, text})
		}
	}
	return events
}

// timedText returns a text of 3GPP TS 26.245 or QuickTime, behind its length.
func timedText(data *io.SectionReader) string {
	b := beginning(data, maxEvent)
	if len(b) < 2 {
		return ""
	}
	b = b[2:min(len(b), 2+int(binary.BigEndian.Uint16(b)))]
	if bytes.HasPrefix(b, []byte("\xfe\xff")) || bytes.HasPrefix(b, []byte("\xff\xfe")) {
		return decoded(b, utf16)
	}
	return string(b)
}

// chapterTitles reads the chapters of QuickTime: the texts of a track that another one
// refers to.
func (f *Film) chapterTitles(file, moov *io.SectionReader) {
	wanted := map[uint32]bool{}
	for b := range boxes(moov) {
		for ids := beginning(inside(b.body, "tref", "chap"), 4*maxParts); b.kind == "trak" && len(ids) >= 4; ids = ids[4:] {
			wanted[binary.BigEndian.Uint32(ids)] = true
		}
	}
	for b := range boxes(moov) {
		if b.kind != "trak" || !wanted[trackID(b.body)] || string(read(orEmpty(inside(b.body, "mdia", "hdlr")), 8, 4)) != "text" {
			continue
		}
		samples := samplesOf(file, moov, b.body)
		for _, s := range samples[:min(len(samples), maxChapters)] {
			f.addChapter(timedText(s.data), s.from)
		}
		return
	}
}

// trackID returns the number of a track (ISO/IEC 14496-12 8.3.2).
func trackID(track *io.SectionReader) uint32 {
	head, at := orEmpty(inside(track, "tkhd")), int64(12)
	if version := read(head, 0, 1); version != nil && version[0] == 1 {
		at = 20
	}
	if b := read(head, at, 4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}
