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
	list, found := v.folder.List, ""
	for name, dir := range list.Sample(list.Len()) { // to sort them all would take longer than the page
		if !dir && len(name) == len("readme.md") && strings.EqualFold(name, "readme.md") && (found == "" || name < found) {
			found = name
		}
	}
	return found
}

// Readme is the link to the page of the folder's README.md; nil if none is shown.
func (v folderView) Readme() *crumb {
	if v.readme == "" {
		return nil
	}
	return &crumb{visible(v.readme), template.URL(Href(v.readme, false) + "?open")}
}
