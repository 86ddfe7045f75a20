package page

import (
	"strings"

	"windowsill/server/share"
	"windowsill/server/subtitles"
)

const (
	// maxPlaylist is how many pieces of music a page offers.
	maxPlaylist = 500
	// maxTracks is how many files of subtitles a film has.
	maxTracks = 50
)

// siblings are the files of a folder that a page leads to from one of them:
// pictures and films from either, music from music. A film has its subtitles too,
// and music a cover.
type siblings struct {
	At, Of         int      // position of the file among them, from 1, and how many there are; 0 if it is not one of them
	index          int      // of the file in the folder; 0 if it is not there
	previous, next string   // names; "" if there is none
	playlist       []string // names of music, from a little before the file on
	subtitles      []subtitles.Track
	cover          string // name of a picture that music has in its folder; "" if there is none
}

// newSiblings looks for the siblings of a file. Of a folder of a hundred thousand files,
// it puts only those in order that the page names.
func newSiblings(list *share.List, name string, as viewer) siblings {
	s := siblings{index: max(0, list.IndexOf(name))}
	if as == watched {
		s.addSubtitles(list, name)
	}
	if as == read || as == closed {
		return s
	}
	same := list.Files(func(other string) bool { return other == name || as.sameKind(other) })
	at := same.IndexOf(name)
	if at < 0 {
		return s
	}
	s.At, s.Of = at+1, same.Len()
	for other := range same.Names(at-1, at) {
		s.previous = other
	}
	for other := range same.Names(at+1, at+2) {
		s.next = other
	}
	if as == heard {
		s.addMusic(list, same)
	}
	return s
}

// addSubtitles adds the files that hold subtitles for the film.
func (s *siblings) addSubtitles(list *share.List, film string) {
	beside := list.Files(func(other string) bool { _, ok := subtitles.Beside(film, other); return ok })
	for other := range beside.Names(0, maxTracks) {
		t, _ := subtitles.Beside(film, other)
		s.subtitles = append(s.subtitles, t)
	}
}

// addMusic adds the playlist, and a cover if the folder has one.
func (s *siblings) addMusic(list, music *share.List) {
	from := max(0, min(s.At-maxPlaylist/10, s.Of-maxPlaylist))
	for other := range music.Names(from, from+maxPlaylist) {
		s.playlist = append(s.playlist, other)
	}
	for other, dir := range list.Sample(list.Len()) {
		if !dir && isCover(other) {
			s.cover = max(s.cover, other)
		}
	}
}

// isCover reports whether a picture is the cover of the music in its folder, by the
// names that players go by.
func isCover(name string) bool {
	switch stemOf(name) {
	case "cover", "folder", "front", "album", "albumart":
		return isPoster(name)
	}
	return false
}

// isPoster reports whether a picture is of a format in which players look for covers
// and posters.
func isPoster(name string) bool {
	switch _, extension := cutExtension(strings.ToLower(name)); extension {
	case ".jpg", ".jpeg", ".png", ".webp":
		return true
	}
	return false
}

// sameKind reports whether a file is a sibling of those with this viewer.
func (s viewer) sameKind(name string) bool {
	e := share.Entry{Name: name}
	if !opens(e) {
		return false
	}
	switch kindOf(e) {
	case picture, film:
		return s == seen || s == watched
	case music:
		return s == heard
	}
	return false
}
