package media

import (
	"encoding/binary"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"windowsill/server/share"
)

// takenAt returns Exif data with DateTimeOriginal, and OffsetTimeOriginal unless
// that is empty.
func takenAt(when, offset string) []byte {
	ascii := func(b []byte, id uint16, text string, at uint32) []byte {
		b = binary.BigEndian.AppendUint16(b, id)
		b = binary.BigEndian.AppendUint16(b, 2)
		b = binary.BigEndian.AppendUint32(b, uint32(len(text)+1))
		return binary.BigEndian.AppendUint32(b, at)
	}
	count, exif := 1, uint32(8+2+12+4)
	if offset != "" {
		count = 2
	}
	text := exif + 2 + 12*uint32(count) + 4
	b := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x87\x69\x00\x04\x00\x00\x00\x01")
	b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, exif), 0)
	b = ascii(binary.BigEndian.AppendUint16(b, uint16(count)), tagTaken, when, text)
	if offset != "" {
		b = ascii(b, tagTakenOffset, offset, text+uint32(len(when)+1))
	}
	return append(binary.BigEndian.AppendUint32(b, 0), when+"\x00"+offset+"\x00"...)
}

// filmOf returns a film of which there is only the header.
func filmOf(version byte, seconds uint64) []byte {
	mvhd := []byte{version, 0, 0, 0}
	if version == 1 {
		mvhd = binary.BigEndian.AppendUint64(mvhd, seconds)
	} else {
		mvhd = binary.BigEndian.AppendUint32(mvhd, uint32(seconds))
	}
	film := append(boxOf("ftyp", []byte("isom\x00\x00\x00\x00")), boxOf("mdat", make([]byte, 5000))...)
	return append(film, boxOf("moov", boxOf("mvhd", mvhd, make([]byte, 96)))...)
}

func TestWhenPicturesAndFilmsWereTaken(t *testing.T) {
	photo := encodedJPEG(photoOf(16, 12))
	png := encodedPNG(image.NewRGBA(image.Rect(0, 0, 2, 2)))
	chunk := func(exif []byte) []byte {
		return withChecksum(append(append(binary.BigEndian.AppendUint32(nil, uint32(len(exif))), "eXIf"...), append(exif, 0, 0, 0, 0)...))
	}
	noon, tokyo := takenAt("2026:08:12 12:00:00", ""), takenAt("2026:08:12 12:00:00", "+09:00")
	local, there := time.Date(2026, 8, 12, 12, 0, 0, 0, time.Local), time.Date(2026, 8, 12, 3, 0, 0, 0, time.UTC)
	since1904 := uint64(there.Unix() - time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC).Unix())
	for name, c := range map[string]struct {
		file []byte
		want time.Time
	}{
		"JPEG":                 {withExif(photo, noon), local},
		"JPEG with an offset":  {withExif(photo, tokyo), there},
		"JPEG at UTC":          {withExif(photo, takenAt("2026:08:12 03:00:00", "Z")), there},
		"an offset of nothing": {withExif(photo, takenAt("2026:08:12 12:00:00", "   :  ")), local},
		"HEIC":                 {heifOf("heic", tokyo), there},
		"PNG":                  {append(append(png[:len(png)-12:len(png)-12], chunk(tokyo)...), png[len(png)-12:]...), there},
		"raw":                  {tokyo, there},
		"film":                 {filmOf(0, since1904), there},
		"film, long":           {filmOf(1, since1904), there},
		"film without a clock": {filmOf(0, 0), time.Time{}},
		"film of the past":     {filmOf(0, 2_000_000_000), time.Time{}},
		"film of the future":   {filmOf(1, 1<<63), time.Time{}},
		"no Exif data":         {photo, time.Time{}},
		"no date":              {withExif(photo, exifOf(6, nil)), time.Time{}},
		"a clock not set":      {withExif(photo, takenAt("0000:00:00 00:00:00", "")), time.Time{}},
		"blanks":               {withExif(photo, takenAt("    :  :     :  :  ", "")), time.Time{}},
		"cut off":              {tokyo[:40], time.Time{}},
		"text":                 {[]byte("2026:08:12 12:00:00"), time.Time{}},
		"nothing":              {nil, time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			got := takenIn(io.NewSectionReader(strings.NewReader(string(c.file)), 0, int64(len(c.file))))
			if !got.Equal(c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// photosIn opens a share with a folder of photos, one a day, and returns them.
func photosIn(t *testing.T, n int) (dir string, folder *share.Folder, photos []share.Entry) {
	t.Helper()
	dir = t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "trip"), 0o755))
	for i := range n {
		exif := takenAt(fmt.Sprintf("2026:08:%02d 12:00:00", i+1), "+00:00")
		must(t, os.WriteFile(filepath.Join(dir, "trip", fmt.Sprintf("%d.jpg", i)), withExif(encodedJPEG(photoOf(16, 12)), exif), 0o644))
	}
	folder, err := share.Open(dir, share.Options{})
	must(t, err)
	t.Cleanup(func() { folder.Close() })
	return dir, folder, entriesOf(t, folder)
}

func entriesOf(t *testing.T, folder *share.Folder) (entries []share.Entry) {
	t.Helper()
	list, err := folder.List("trip")
	must(t, err)
	defer list.Close()
	for e := range list.Entries(0, list.Len()) {
		entries = append(entries, e)
	}
	return entries
}

func TestDatesOfAFolderAreReadOnce(t *testing.T) {
	dir, folder, photos := photosIn(t, 20)
	m := maker(t, Options{})
	m.dates.wait = time.Hour
	for range 2 {
		taken := m.Taken(t.Context(), folder, "trip", photos)
		for i := range photos {
			if want := time.Date(2026, 8, i+1, 12, 0, 0, 0, time.UTC).UnixMilli(); len(taken) != len(photos) || taken[i] != want {
				t.Fatalf("%v, but %d is of %d", taken, i, want)
			}
		}
		must(t, os.RemoveAll(dir)) // the second time nothing is read
	}
}

func TestChangedPhotoIsReadAgain(t *testing.T) {
	dir, folder, photos := photosIn(t, 1)
	m := maker(t, Options{})
	m.dates.wait = time.Hour
	m.Taken(t.Context(), folder, "trip", photos)
	must(t, os.WriteFile(filepath.Join(dir, "trip", "0.jpg"), encodedJPEG(photoOf(16, 12)), 0o644))
	now := entriesOf(t, folder)
	if taken := m.Taken(t.Context(), folder, "trip", now); len(taken) != 1 || taken[0] != now[0].Modified.UnixMilli() {
		t.Errorf("%v, which is not the file's own date", taken)
	}
}

// A slow disk holds up nobody: reading goes on for whoever comes next.
func TestDatesThatTakeTooLongAreThereTheNextTime(t *testing.T) {
	_, folder, photos := photosIn(t, 3)
	m := maker(t, Options{})
	m.dates.wait = time.Millisecond
	m.dates.reading["trip"] = make(chan struct{}) // somebody is still reading it
	if taken := m.Taken(t.Context(), folder, "trip", photos); taken != nil {
		t.Errorf("dates of which nothing is known: %v", taken)
	}
	delete(m.dates.reading, "trip")
	<-m.dates.read(folder, "trip", photos)
	if taken := m.Taken(t.Context(), folder, "trip", photos); len(taken) != len(photos) {
		t.Errorf("%d dates", len(taken))
	}
}

func TestNobodyWaitsForThousandsOfDates(t *testing.T) {
	_, folder, photos := photosIn(t, 1)
	m := maker(t, Options{})
	m.dates.wait = time.Hour
	m.dates.reading["trip"] = make(chan struct{}) // somebody is still reading it
	for i := range maxAwaited {
		photos = append(photos, share.Entry{Name: fmt.Sprint(i)})
	}
	if taken := m.Taken(t.Context(), folder, "trip", photos); taken != nil {
		t.Errorf("%d dates", len(taken))
	}
}

func TestDatesAreBounded(t *testing.T) {
	d := newDates()
	for i := range maxDates + 1 {
		d.note("", share.Entry{Name: fmt.Sprint(i)}, 1)
	}
	if len(d.known) > maxDates {
		t.Errorf("%d dates are kept", len(d.known))
	}
	d.stop()
	if d.read(nil, "", nil) != nil {
		t.Error("reads after its end")
	}
}

// What is made to be read for hours is given up.
func TestLittleIsReadForADate(t *testing.T) {
	photo := []byte("\xff\xd8")
	for range maxSegments {
		photo = append(photo, "\xff\xe2\x00\x02"...)
	}
	photo = append(photo, withExif(encodedJPEG(photoOf(16, 12)), takenAt("2026:08:12 12:00:00", "Z"))[2:]...)
	reads := &sparing{file: strings.NewReader(string(photo)), reads: maxFactReads, bytes: maxFactBytes}
	if got := takenIn(io.NewSectionReader(reads, 0, int64(len(photo)))); !got.IsZero() || reads.reads >= 0 {
		t.Errorf("%v after %d reads", got, maxFactReads-reads.reads)
	}
}
