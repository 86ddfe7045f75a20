package media

import (
	"context"
	"encoding/binary"
	"io"
	"time"

	"windowsill/server/share"
)

const (
	// dateWait is how long [Maker.Taken] waits for what has to be read first.
	dateWait = 100 * time.Millisecond
	// maxAwaited is how many files Taken waits for; more take longer anyway.
	maxAwaited = 1000
	// maxDates is how many dates are known at most, which takes a few MB.
	maxDates = 50_000
)

// undated stands for a file that does not say when it was taken.
const undated = -1 << 63

// newDates returns when pictures and films were taken, as they say themselves, in
// milliseconds since 1970 or undated.
func newDates() *facts[int64] { return newFacts(dateIn, maxDates, dateWait) }

// Taken returns when pictures and films of a folder were taken, in milliseconds
// since 1970: the time of Exif's DateTimeOriginal, in the zone of this computer
// unless it says another, or that in a film's header, or else the file's. Files are
// read once. If that takes longer than a moment, Taken returns nil, and has an
// answer the next time.
func (m *Maker) Taken(ctx context.Context, folder *share.Folder, path string, entries []share.Entry) []int64 {
	taken := make([]int64, len(entries))
	missing := m.dates.of(ctx, folder, path, entries, maxAwaited, func(i int, at int64) {
		if at == undated {
			at = entries[i].Modified.UnixMilli()
		}
		taken[i] = at
	})
	if missing > 0 {
		return nil
	}
	return taken
}

// dateIn reads when a file was taken.
func dateIn(file *io.SectionReader) int64 {
	taken := takenIn(file)
	if taken.IsZero() {
		return undated
	}
	return taken.UnixMilli()
}

// takenIn returns when a picture or film was taken; zero if it does not say.
func takenIn(file *io.SectionReader) time.Time {
	if head := headOf(file); hasMagic(head, "????ftyp") {
		if at := recorded(inside(file, "moov", "mvhd")); !at.IsZero() {
			return at
		}
	}
	return findPictures(file).taken
}

// recorded returns the time in the header of a film (ISO/IEC 14496-12 8.2.2).
func recorded(mvhd *io.SectionReader) time.Time {
	head := read(orEmpty(mvhd), 0, 12)
	if head == nil {
		return time.Time{}
	}
	seconds := uint64(binary.BigEndian.Uint32(head[4:]))
	if head[0] == 1 {
		seconds = binary.BigEndian.Uint64(head[4:])
	}
	begin := time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	at := time.Unix(int64(min(seconds, 1<<40))+begin, 0)
	if at.Unix() <= 0 || at.Year() > 9999 { // no camera's clock
		return time.Time{}
	}
	return at
}
