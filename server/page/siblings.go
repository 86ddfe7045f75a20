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

// newSiblings goes once through the names, of which there may be a hundred
// thousand.
func newSiblings(list *share.List, name string, as viewer) siblings {
	var s siblings
	var names []string // of siblings
	i := -1
	for other, dir := range list.Names(0, list.Len()) {
		if i++; dir {
			continue
		}
		switch {
		case as == watched:
			s.addSubtitles(name, other)
		case as == heard && isCover(other):
			s.cover = other
		}
		if other == name {
			s.index = i
		} else if !as.sameKind(other) {
			continue
		}
		names = append(names, other)
		if other == name {
			s.At = len(names)
		}
	}
	if s.At == 0 || as == read || as == closed {
		return siblings{index: s.index, subtitles: s.subtitles}
	}
	s.Of = len(names)
	if s.At > 1 {
		s.previous = names[s.At-2]
	}
	if s.At < s.Of {
		s.next = names[s.At]
	}
	if as == heard {
		from := max(0, min(s.At-maxPlaylist/10, s.Of-maxPlaylist))
		s.playlist = names[from:min(from+maxPlaylist, s.Of)]
	}
	return s
}

// addSubtitles adds a file if it holds subtitles for the film.
func (s *siblings) addSubtitles(film, name string) {
	if t, ok := subtitles.Beside(film, name); ok && len(s.subtitles) < maxTracks {
		s.subtitles = append(s.subtitles, t)
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
