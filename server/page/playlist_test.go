package page

import (
	"strings"
	"testing"
)

func TestPlaylistHoldsWhatPlaysInOrder(t *testing.T) {
	list := folderOf(t, "sub.mp4/", "10.mp3", "2.avi", "a.jpg", "b.m3u", "c\n#EXT-X.mkv", "notes.txt")
	if _, err := newPages(t).Sort(t.Context(), list, Preference{}, Preference{Sort: "name"}, nil); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := Playlist(&b, list, func(name string) string { return "http://x/" + Href(name, false) }); err != nil {
		t.Fatal(err)
	}
	want := "#EXTM3U\n#EXTINF:-1,2\nhttp://x/2.avi\n#EXTINF:-1,10\nhttp://x/10.mp3\n#EXTINF:-1,c␊#EXT-X\nhttp://x/c%0A%23EXT-X.mkv\n"
	if b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}
