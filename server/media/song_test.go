package media

import (
	"bytes"
	"compress/zlib"
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"windowsill/server/servertest"
	"windowsill/server/share"
)

func TestWhatMusicSaysAboutItself(t *testing.T) {
	for name, cover := range map[string]bool{
		"song.mp3": true, "song.m4a": true, "song.flac": true, "song.wma": true, "song.mka": true,
		"song.ogg": false, "song.opus": false, "song.wav": false, "song.aiff": false, "plain.mp3": false,
	} {
		s := songIn(sectionOf(servertest.Testdata(t, name)))
		if s.Length < 990*time.Millisecond || s.Length > 1080*time.Millisecond || s.Cover != cover {
			t.Errorf("%s: %v long, has a cover: %v", name, s.Length, s.Cover)
		}
		want := Song{Title: "Prélude", Artist: "Łucja", Album: "Élan"}
		if name == "plain.mp3" {
			want = Song{}
		}
		if s.Title != want.Title || s.Artist != want.Artist || s.Album != want.Album {
			t.Errorf("%s: %q by %q in %q", name, s.Title, s.Artist, s.Album)
		}
		if cover {
			if found := findPictures(sectionOf(servertest.Testdata(t, name))); len(found.parts) != 1 || len(measured(found, 160)) == 0 {
				t.Errorf("%s: %d covers", name, len(found.parts))
			}
		}
	}
}

func TestTextsOfMusicAreShortLines(t *testing.T) {
	for text, want := range map[string]string{" a\n\tb\x00": "a b", "\xff\xfea": "a", strings.Repeat("ä", 300): strings.Repeat("ä", maxSongText/2)} {
		if got := tidied(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// The list of a large folder waits for nothing, and has what it needs the next time.
// manySongs returns more songs than are waited for, and their folder.
func manySongs(t *testing.T) (folder *share.Folder, music []share.Entry) {
	t.Helper()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "song.mp3"), servertest.Testdata(t, "song.mp3"), 0o644))
	folder, err := share.Open(dir, share.Options{})
	must(t, err)
	t.Cleanup(func() { folder.Close() })
	list, err := folder.List("")
	must(t, err)
	defer list.Close()
	for e := range list.Entries(0, 1) {
		music = slices.Repeat([]share.Entry{e}, maxAwaitedSongs+1)
	}
	return folder, music
}

func TestSongsOfALargeFolder(t *testing.T) {
	folder, music := manySongs(t)
	m := maker(t, Options{})
	m.songs.wait = time.Hour
	m.songs.reading[""] = make(chan struct{}) // somebody is still reading it
	m.Songs(t.Context(), folder, "", music, func(int, Song) { t.Error("something is known") })
	delete(m.songs.reading, "")
	known := 0
	m.Songs(t.Context(), folder, "", music[:1], func(_ int, s Song) {
		if known++; s.Title != "Prélude" {
			t.Errorf("%+v", s)
		}
	})
	if known != 1 {
		t.Errorf("%d songs are known", known)
	}
}

func FuzzSong(f *testing.F) {
	for _, name := range []string{"song.mp3", "song.m4a", "song.flac", "song.wma", "song.mka", "song.ogg", "song.opus", "plain.mp3"} {
		content := servertest.Testdata(f, name)
		f.Add(content[:min(len(content), 2500)])
	}
	f.Add([]byte("RIFF\x00\x00\x00\x00WAVELIST\x14\x00\x00\x00INFOINAM\x02\x00\x00\x00a\x00fmt \x10\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00data\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, content []byte) {
		reads := &sparing{file: sectionOf(content), reads: maxFactReads, bytes: maxFactBytes}
		file := io.NewSectionReader(reads, 0, int64(len(content)))
		s := songIn(file)
		if max(len(s.Title), len(s.Artist), len(s.Album)) > maxSongText || s.Length < 0 || s.Length > maxLength {
			t.Errorf("%+v", s)
		}
		findPictures(sectionOf(content))
	})
}

func TestSongsThatNobodyWaitsForAreReadOnceThePageIsSent(t *testing.T) {
	folder, music := manySongs(t)
	m := maker(t, Options{})
	page, sent := context.WithCancel(t.Context())
	m.Songs(page, folder, "", music, func(int, Song) { t.Error("something is known") })
	if len(m.songs.reading) > 0 {
		t.Error("files are read before the page is sent")
	}
	sent()
	for known := 0; known < len(music); runtime.Gosched() {
		known = 0
		m.songs.lookUp("", music, func(int, Song) { known++ })
	}
}

// What the second flags of a frame announce stands before the text
// (id3v2.3.0 section 3.3.1, id3v2.4.0-structure section 4.1.2).
func TestTitlesInFramesOfEachFormat(t *testing.T) {
	const text = "\x00Prelude"
	compressed := func(head string) string {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		z.Write([]byte(text))
		z.Close()
		return head + b.String()
	}
	const length, group = "\x00\x00\x00\x08", "\xff"
	for _, c := range []struct {
		name           string
		version, flags byte
		frame, want    string
	}{
		{"2.3", 3, 0, text, "Prelude"},
		{"2.3, grouped", 3, 0x20, group + text, "Prelude"},
		{"2.3, compressed", 3, 0x80, compressed(length), "Prelude"},
		{"2.3, compressed and grouped", 3, 0xa0, compressed(length + group), "Prelude"},
		{"2.3, encrypted", 3, 0x40, "\x01" + text, ""},
		{"2.3, broken", 3, 0x80, length + text, ""},
		{"2.4", 4, 0, text, "Prelude"},
		{"2.4, measured", 4, 0x01, length + text, "Prelude"},
		{"2.4, grouped", 4, 0x40, group + text, "Prelude"},
		{"2.4, grouped and measured", 4, 0x41, group + length + text, "Prelude"},
		{"2.4, compressed", 4, 0x09, compressed(length), "Prelude"},
		{"2.4, encrypted", 4, 0x04, "\x01" + text, ""},
	} {
		frame := append([]byte{'T', 'I', 'T', '2', 0, 0, 0, byte(len(c.frame)), 0, c.flags}, c.frame...)
		tag := append([]byte{'I', 'D', '3', c.version, 0, 0, 0, 0, 0, byte(len(frame))}, frame...)
		file := append(tag, make([]byte, 100)...)
		if s := songIn(io.NewSectionReader(bytes.NewReader(file), 0, int64(len(file)))); s.Title != c.want {
			t.Errorf("%s: title %q, want %q", c.name, s.Title, c.want)
		}
	}
}
