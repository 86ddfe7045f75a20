package page

import (
	"html/template"
	"strconv"

	"windowsill/server/share"
)

// The ways to show a folder, as they stand in its address.
const (
	listView    = "list"
	galleryView = "gallery"
)

// choice says how a page shows a folder, and whether one may choose.
type choice struct {
	Shown   string // listView or galleryView
	Offered bool   // there are pictures: a gallery of none is no choice
	wanted  string // the one that was asked for; "" leaves it to the page
	page    int
}

// newChoice makes the best of what was asked for. Left to itself, a page is a
// gallery if more than half of it are pictures.
func newChoice(wanted string, page int, entries []share.Entry) choice {
	pictures := 0
	for _, e := range entries {
		if hasThumbnail(e) {
			pictures++
		}
	}
	c := choice{Shown: listView, Offered: pictures > 0, page: page}
	if 2*pictures > len(entries) {
		c.Shown = galleryView
	}
	if wanted == listView || wanted == galleryView {
		c.Shown, c.wanted = wanted, wanted
	}
	return c
}

// Gallery reports whether the page shows tiles.
func (c choice) Gallery() bool { return c.Shown == galleryView }

// List is the link to the same page as a list.
func (c choice) List() template.URL { return pageLink(c.page, listView) }

// Tiles is the link to the same page as a gallery.
func (c choice) Tiles() template.URL { return pageLink(c.page, galleryView) }

// To is the link to another page in the same view.
func (c choice) To(page int) template.URL { return pageLink(page, c.wanted) }

// pageLink is the query that leads to a page of the folder. The first needs no
// number if a view is named.
func pageLink(page int, view string) template.URL {
	number := template.URL("?page=" + strconv.Itoa(page))
	switch {
	case view == "":
		return number
	case page <= 1:
		return template.URL("?view=" + view)
	}
	return number + template.URL("&view="+view)
}
