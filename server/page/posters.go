package page

import (
	"strings"

	"windowsill/server/share"
)

// findPosters finds the pictures that lie beside the films on the page, and returns
// links to them by the films' names without their extensions: the picture of the same
// name or, beside the only film of a folder, the folder's cover.
func (v *folderView) findPosters() map[string]string {
	if v.folder.Plain {
		return nil
	}
	list, posters := v.folder.List, map[string]string{}
	for name, dir := range list.Names(v.Pager.from, v.Pager.to) {
		if isFilm(name, dir) {
			posters[stemOf(name)] = ""
		}
	}
	if len(posters) == 0 {
		return nil
	}
	films, cover := 0, ""
	for name, dir := range list.Sample(list.Len()) {
		if isFilm(name, dir) {
			films++
		}
		if dir || !isPoster(name) {
			continue
		}
		if other, shown := posters[stemOf(name)]; shown {
			posters[stemOf(name)] = max(other, name)
		} else if isCover(name) {
			cover = max(cover, name)
		}
	}
	for stem, poster := range posters {
		if poster == "" && films == 1 {
			poster = cover
		}
		if posters[stem] = ""; poster != "" {
			posters[stem] = Href(poster, false)
		}
	}
	return posters
}

func isFilm(name string, dir bool) bool {
	return kindOf(share.Entry{Name: name, Dir: dir}) == film
}

// stemOf returns a name without its extension, regardless of case.
func stemOf(name string) string {
	stem, _ := cutExtension(strings.ToLower(name))
	return stem
}
