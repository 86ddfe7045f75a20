package page

import (
	"fmt"
	"strings"
	"time"

	"windowsill/server/share"
)

// Song is what a piece of music says about itself.
type Song struct {
	Title, Artist, Album string // any text; "" if unknown
	Length               time.Duration
	Cover                bool // there is a picture in the file
}

// Songs calls have with what is known of each piece of music in a folder.
type Songs func(music []share.Entry, have func(i int, s Song))

// String returns all of it in a line.
func (s Song) String() string {
	var said []string
	for _, text := range []string{s.Title, s.Artist, s.Album} {
		if text != "" {
			said = append(said, visible(text))
		}
	}
	if s.Length > 0 {
		said = append(said, clock(s.Length))
	}
	return strings.Join(said, " · ")
}

// clock writes a length as players do.
func clock(d time.Duration) string {
	seconds := int(d.Round(time.Second) / time.Second)
	if hours := seconds / 3600; hours > 0 {
		return fmt.Sprintf("%d:%02d:%02d", hours, seconds/60%60, seconds%60)
	}
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// songs are those of the music on the page of a folder.
type songs struct {
	known map[string]Song // by name
	cover string          // the link to a picture in the folder for those that have none; "" if there is none
	whole bool            // all are known

	posters map[string]string // links to the pictures beside films, by the films' names without extensions
}

// findSongs finds what is known of the music on the page.
func (v *folderView) findSongs() {
	v.songs.whole = true
	var found []share.Entry
	for _, e := range v.entries {
		if e.Err == nil && kindOf(e) == music {
			found = append(found, e)
		}
	}
	if len(found) == 0 || v.folder.Songs == nil || v.folder.Plain || v.View.Gallery() {
		return
	}
	v.songs.known = make(map[string]Song, len(found))
	v.folder.Songs(found, func(i int, s Song) { v.songs.known[found[i].Name] = s })
	v.songs.whole = len(v.songs.known) == len(found)
	cover := ""
	for name, dir := range v.folder.List.Sample(v.folder.List.Len()) {
		if !dir && isCover(name) {
			cover = max(cover, name)
		}
	}
	if cover != "" {
		v.songs.cover = Href(cover, false)
	}
}

// Musical reports whether there is something to say about the music on the page.
func (v folderView) Musical() bool { return len(v.songs.known) > 0 }

// pictured returns the URL of the file with the picture of an entry, which may be
// another one; "" if there is none.
func (s songs) pictured(e share.Entry, href string) string {
	switch song, known := s.known[e.Name]; {
	case e.Err != nil:
		return ""
	case kindOf(e) == film && s.posters[stemOf(e.Name)] != "":
		return s.posters[stemOf(e.Name)]
	case hasThumbnail(e), kindOf(e) == film, known && song.Cover:
		return href
	case known && s.cover != "":
		return s.cover
	}
	return ""
}
