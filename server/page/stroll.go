package page

import "windowsill/server/share"

// longestPlaylist is how many pieces of music one page offers.
const longestPlaylist = 500

// stroll is the way from one file of a folder to others of its sort: pictures
// and films are one sort, music is another.
type stroll struct {
	At, Of         int      // the place of the file among those of its sort, from 1, and how many there are; 0 if it is not among them
	index          int      // of the file in its folder; 0 if it is not in it
	previous, next string   // names; "" if there is none
	near           []string // the names of music from a little before the file on
}

// newStroll goes by names alone, and through them once: a folder may hold a
// hundred thousand of them.
func newStroll(list *share.List, name string, as sight) stroll {
	var s stroll
	var names []string // of the same sort
	i := -1
	for other, dir := range list.Names(0, list.Len()) {
		if i++; dir {
			continue
		}
		if other == name {
			s.index = i
		} else if !as.along(other) {
			continue
		}
		names = append(names, other)
		if other == name {
			s.At = len(names)
		}
	}
	if s.At == 0 || as == read || as == closed {
		return stroll{index: s.index}
	}
	s.Of = len(names)
	if s.At > 1 {
		s.previous = names[s.At-2]
	}
	if s.At < s.Of {
		s.next = names[s.At]
	}
	if as == heard {
		from := max(0, min(s.At-longestPlaylist/10, s.Of-longestPlaylist))
		s.near = names[from:min(from+longestPlaylist, s.Of)]
	}
	return s
}

// along reports whether a file is looked at together with those of a sort.
func (s sight) along(name string) bool {
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
