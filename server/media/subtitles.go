package media

import (
	"bytes"
	"compress/zlib"
	"context"
	"io"
	"time"
)

const (
	// maxEvents is how many subtitles a track has at most.
	maxEvents = 20_000
	// maxEvent is how long one may be in bytes, and maxEventTexts all of them.
	maxEvent, maxEventTexts = 32 << 10, 8 << 20
	// shownFor is how long one is shown that does not tell.
	shownFor = 5 * time.Second
)

// Event is a subtitle.
type Event struct {
	From, To time.Duration
	Text     string // as its track's format has it
}

// SubtitlesIn reads a track of a film, counted from 0 as in [FilmIn], if that gives it
// a format. Little more than the track itself is read: the file tells where its parts
// are. Without a format, there is no such track, or none that can be read. The error is
// ctx's.
func SubtitlesIn(ctx context.Context, content io.ReaderAt, size int64, track int) (format string, events []Event, err error) {
	defer func() {
		if recover() != nil { // made to confuse
			format, events, err = "", nil, ctx.Err()
		}
	}()
	const reads = 8 // for one subtitle
	file := io.NewSectionReader(&sparing{file: while{content, ctx}, reads: reads * maxEvents, bytes: 4 * maxEventTexts}, 0, size)
	var one textTrack
	switch head := headOf(file); {
	case hasMagic(head, ebmlMagic):
		one = matroskaTrack(file, track)
	case hasMagic(head, "????ftyp"):
		one = mp4Track(file, track)
	}
	if one.format == "" {
		return "", nil, ctx.Err()
	}
	events = finished(one.events())
	return one.format, events, ctx.Err()
}

// textTrack is a track of subtitles that are text.
type textTrack struct {
	format string // as in [Subtitles]
	events func() []Event
}

// finished gives each event an end, and drops what is too much.
func finished(events []Event) []Event {
	left := maxEventTexts
	for i := range events {
		e := &events[i]
		if left -= len(e.Text); left < 0 {
			return events[:i]
		}
		if e.To <= e.From {
			e.To = e.From + shownFor
			if i+1 < len(events) && events[i+1].From > e.From {
				e.To = min(e.To, events[i+1].From)
			}
		}
	}
	return events
}

// while reads from a file until a context is done.
type while struct {
	file io.ReaderAt
	ctx  context.Context
}

func (w while) ReadAt(p []byte, off int64) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.file.ReadAt(p, off)
}

// Elements of Matroska that tell where subtitles are (RFC 9559 5.1.3 to 5.1.5).
const (
	mkvTrackNumber = 0xd7
	mkvCodec       = 0x86

	mkvEncodings    = 0x6d80
	mkvEncoding     = 0x6240
	mkvCompression  = 0x5034
	mkvAlgorithm    = 0x4254
	mkvStripped     = 0x4255
	mkvEncryption   = 0x5035
	algorithmZlib   = 0
	algorithmHeader = 3

	mkvCues        = 0x1c53bb6b
	mkvCue         = 0xbb
	mkvCueTime     = 0xb3
	mkvCueAt       = 0xb7
	mkvCueTrack    = 0xf7
	mkvCueCluster  = 0xf1
	mkvCueRelative = 0xf0

	mkvBlockGroup    = 0xa0
	mkvBlock         = 0xa1
	mkvSimpleBlock   = 0xa3
	mkvBlockDuration = 0x9b
)

// maxCues is how long a film's index may be in bytes.
const maxCues = 3 << 20

// matroskaFormat returns the format of a track's texts; "" if it has none.
func matroskaFormat(track *io.SectionReader) string {
	switch words(child(track, mkvCodec)) {
	case "S_TEXT/UTF8", "S_TEXT/ASCII":
		return "srt"
	case "S_TEXT/ASS", "S_TEXT/SSA", "S_ASS", "S_SSA":
		return "ass"
	case "S_TEXT/WEBVTT", webmSubtitles:
		return "vtt"
	}
	return ""
}

// webmSubtitles are texts behind two lines: a name and settings (WebVTT in WebM).
const webmSubtitles = "D_WEBVTT/SUBTITLES"

// cue is where a block is, and when it is shown.
type cue struct {
	track             uint64
	time              uint64 // in units of the file
	cluster, relative int64
}

// cuesIn returns the blocks in an index for which is holds.
func cuesIn(index *io.SectionReader, is func(cue) bool) (found []cue) {
	index = sectionOf(beginning(index, maxCues))
	for at := int64(0); len(found) < maxEvents; {
		point, next, ok := elementAt(index, at)
		if !ok {
			break
		}
		at = next
		if point.id != mkvCue {
			continue
		}
		time := number(child(point.body, mkvCueTime))
		for place := range elements(point.body) {
			if place.id != mkvCueAt {
				continue
			}
			relative := child(place.body, mkvCueRelative)
			c := cue{number(child(place.body, mkvCueTrack)), time, int64(number(child(place.body, mkvCueCluster))), int64(number(relative))}
			if relative != nil && is(c) {
				found = append(found, c)
			}
		}
	}
	return found
}

// matroskaTrack finds a track, counted from 0 among those of subtitles.
func matroskaTrack(file *io.SectionReader, wanted int) textTrack {
	m := matroska(file, mkvTracks, mkvInfo, mkvCues)
	for track := range subtitleTracks(m[mkvTracks]) {
		if wanted--; wanted >= 0 {
			continue
		}
		b := blocks{segment: child(file, mkvSegment), track: number(child(track, mkvTrackNumber)), scale: 1e6, webm: words(child(track, mkvCodec)) == webmSubtitles}
		if n := number(child(m[mkvInfo], mkvScale)); n > 0 {
			b.scale = n
		}
		if !b.understand(child(track, mkvEncodings)) {
			break
		}
		return textTrack{matroskaFormat(track), func() []Event { return b.at(m[mkvCues]) }}
	}
	return textTrack{}
}

// blocks are those of a track.
type blocks struct {
	segment *io.SectionReader
	track   uint64
	scale   uint64 // nanoseconds in a unit of time
	zipped  bool
	webm    bool   // the texts are as webmSubtitles
	prefix  []byte // that was left off from each
}

// understand reads how the blocks are compressed, and reports whether they can be read.
func (b *blocks) understand(encodings *io.SectionReader) bool {
	for one := range elements(encodings) {
		if one.id != mkvEncoding {
			continue
		}
		compression := child(one.body, mkvCompression)
		if child(one.body, mkvEncryption) != nil || compression == nil || b.zipped || b.prefix != nil {
			return false
		}
		switch number(child(compression, mkvAlgorithm)) {
		case algorithmZlib:
			b.zipped = true
		case algorithmHeader:
			b.prefix = beginning(child(compression, mkvStripped), maxEvent)
		default:
			return false
		}
	}
	return true
}

// at returns the texts of the blocks in an index.
func (b *blocks) at(index *io.SectionReader) (events []Event) {
	var cluster element
	from := int64(-1)
	for _, c := range cuesIn(index, func(c cue) bool { return c.track == b.track }) {
		if c.cluster != from {
			from = c.cluster
			cluster, _, _ = elementAt(b.segment, from)
		}
		block, _, ok := elementAt(cluster.body, c.relative)
		begin := float64(c.time) * float64(b.scale)
		if cluster.id != mkvCluster || !ok || begin > float64(maxLength) {
			continue
		}
		e := Event{From: time.Duration(begin)}
		if block.id == mkvBlockGroup {
			e.To = e.From + in(float64(number(child(block.body, mkvBlockDuration)))*float64(b.scale), 1e9)
			block.body = child(block.body, mkvBlock)
		} else if block.id != mkvSimpleBlock {
			continue
		}
		if e.Text, ok = b.text(block.body); ok {
			events = append(events, e)
		}
	}
	return events
}

// text returns what is in a block (RFC 9559 10).
func (b *blocks) text(block *io.SectionReader) (string, bool) {
	const lacing, head = 0x06, 3 // a time and flags follow the number of the track
	data := beginning(block, maxEvent)
	track, n := vint(data, true)
	if n == 0 || track != b.track || len(data) < n+head || data[n+2]&lacing != 0 {
		return "", false
	}
	data = data[n+head:]
	if b.zipped {
		r, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			return "", false
		}
		if data, err = io.ReadAll(io.LimitReader(r, maxEvent)); err != nil {
			return "", false
		}
	}
	data = append(b.prefix[:len(b.prefix):len(b.prefix)], data...)
	for range 2 {
		if _, rest, ok := bytes.Cut(data, []byte("\n")); ok && b.webm {
			data = rest
		}
	}
	return string(bytes.Trim(data, "\x00")), true
}
