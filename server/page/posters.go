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
	fillPosters(list, posters)
	return posters
}

// fillPosters finds the posters of films by their names without extensions.
func fillPosters(list *share.List, posters map[string]string) {
	if len(posters) == 0 {
		return
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
}

// maxPosterFolders is in how many folders the posters of films are looked for that were
// found by one search.
const maxPosterFolders = 100

// foundPosters are the posters beside films that were found.
type foundPosters struct {
	search  Search
	folders map[string]map[string]string // links by folder and name without extension
}

// beside returns the posters of the films in the folder that something was found in.
func (p *foundPosters) beside(f share.Found) map[string]string {
	if p.search.List == nil || !isFilm(f.Name, f.Dir) {
		return nil
	}
	posters, known := p.folders[f.In]
	if !known && len(p.folders) < maxPosterFolders {
		posters = p.in(f.In)
		p.folders[f.In] = posters
	}
	return posters
}

func (p *foundPosters) in(below string) map[string]string {
	list, done, err := p.search.List(strings.Trim(p.search.Path+"/"+below, "/"))
	if err != nil {
		return nil // the row has the sign of films
	}
	defer done()
	posters := map[string]string{}
	for name, dir := range list.Sample(list.Len()) {
		if isFilm(name, dir) {
			posters[stemOf(name)] = ""
		}
	}
	fillPosters(list, posters)
	for stem, link := range posters {
		if link != "" {
			posters[stem] = folderBelow(below) + link
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
