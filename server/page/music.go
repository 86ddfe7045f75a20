package page

import "html/template"

// musicView is what the template asks of music.
type musicView struct{ file openedView }

// Music is the view of a file of music.
func (v openedView) Music() musicView { return musicView{v} }

// track is a piece of music in the playlist.
type track struct {
	Stem, Extension string
	Name            string
	Href            template.URL // of its page
	File            template.URL // of the music itself
	Current         bool
}

// Tracks is the playlist, including the current piece.
func (v musicView) Tracks() []track {
	all := make([]track, len(v.file.playlist))
	for i, name := range v.file.playlist {
		shown := visible(name)
		stem, extension := cutExtension(shown)
		all[i] = track{stem, extension, shown, v.file.to(name), template.URL(Href(name, false)), name == v.file.opened.File.Name}
	}
	return all
}

// Cover is the link to a small picture of the cover beside the music, for when it
// has none of its own; "" if there is none.
func (v musicView) Cover() template.URL {
	if v.file.cover == "" {
		return ""
	}
	return template.URL(Href(v.file.cover, false) + "?thumb=640")
}
