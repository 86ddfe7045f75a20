package page

import (
	"html/template"
	"strings"
)

// findReadme returns the name of the folder's README.md, in any case, if it is to
// be shown on this page: below the beginning of the list.
func (v *folderView) findReadme() string {
	if !v.folder.Readme || v.folder.Plain || v.Pager.from > 0 || v.View.Selecting() {
		return ""
	}
	list := v.folder.List
	for name, dir := range list.Names(0, list.Len()) {
		if !dir && len(name) == len("readme.md") && strings.EqualFold(name, "readme.md") {
			return name
		}
	}
	return ""
}

// Readme is the link to the page of the folder's README.md; nil if none is shown.
func (v folderView) Readme() *crumb {
	if v.readme == "" {
		return nil
	}
	return &crumb{visible(v.readme), template.URL(Href(v.readme, false) + "?open")}
}
