package page

import (
	"strings"

	"windowsill/server/share"
)

// findPosters finds the pictures that lie beside the films on the page, and returns
// links to them by the films' names without their extensions: the picture of the same
// name or, beside the only film of a folder, the folder's cover.
func (v *folderView) findPosters() map[string]string {
	list, posters := v.folder.List, map[string]string{}
	for name, dir := range list.Names(v.Pager.from, v.Pager.to) {
		if isFilm(name, dir) {
			posters[stemOf(name)] = ""
		}
	}
	if len(posters) == 0 || v.folder.Plain {
		return nil
	}
	films, cover := 0, ""
	for name, dir := range list.Names(0, list.Len()) {
		if isFilm(name, dir) {
			films++
		}
		if dir || !isPoster(name) {
			continue
		}
		if _, shown := posters[stemOf(name)]; shown {
			posters[stemOf(name)] = Href(name, false)
		} else if isCover(name) {
			cover = Href(name, false)
		}
	}
	for stem, poster := range posters {
		if poster == "" && films == 1 {
			posters[stem] = cover
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
