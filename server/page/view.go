package page

import (
	"cmp"
	"html/template"

	"windowsill/server/share"
)

// The ways to show a folder, as they stand in its address.
const (
	listView    = "list"
	galleryView = "gallery"
)

// sampled is how many names tell whether a folder is one of pictures.
const sampled = 1000

// choice says how a page shows a folder, and what else one may choose.
type choice struct {
	Shown   string // listView or galleryView
	Offered bool   // there are pictures: a gallery of none is no choice
	asked   Wish
	shown   Preference
}

// newChoice makes the best of what the address asks for and of what somebody
// has liked so far. Left to itself, a page is a gallery if more than half of
// the folder are pictures. It knows the names alone, so that the first row need
// not wait for the last.
func newChoice(list *share.List, asked Wish, liked Preference) choice {
	pictures, seen := countPictures(list)
	c := choice{Shown: listView, Offered: pictures > 0, asked: asked, shown: asked.Or(liked)}
	switch {
	case asked.View != "":
		c.Shown = asked.View
	case !c.Offered:
	case liked.View != "":
		c.Shown = liked.View
	case 2*pictures > seen:
		c.Shown = galleryView
	}
	c.shown.View, c.shown.Sort = c.Shown, cmp.Or(c.shown.Sort, byName)
	return c
}

// countPictures looks at names all over a list, and returns how many of those
// are names of pictures.
func countPictures(list *share.List) (pictures, seen int) {
	for name, dir := range list.Sample(sampled) {
		if hasThumbnail(share.Entry{Name: name, Dir: dir}) {
			pictures++
		}
		seen++
	}
	return pictures, seen
}

// Gallery reports whether the page shows tiles.
func (c choice) Gallery() bool { return c.Shown == galleryView }

// Selecting reports whether one ticks what to download.
func (c choice) Selecting() bool { return c.asked.Select }

// List is the link to the same part as a list.
func (c choice) List() template.URL { return c.as(listView) }

// Tiles is the link to the same part as a gallery.
func (c choice) Tiles() template.URL { return c.as(galleryView) }

func (c choice) as(view string) template.URL {
	w := c.asked
	w.View = view
	return w.link()
}

// Select is the link to the same page with something to tick, or without.
func (c choice) Select() template.URL {
	w := c.asked
	w.Select = !w.Select
	return w.link()
}

// Whole is what shapes the page, all of it named.
func (c choice) whole() Wish {
	return Wish{Preference: c.shown, Select: c.asked.Select, part: c.asked.part}
}

// orders are those there are, by what they are called in English.
var orders = []struct{ name, by, order string }{
	{"By name", byName, ""},
	{"By name, backwards", byName, descending},
	{"Newest first", byDate, descending},
	{"Oldest first", byDate, ""},
	{"Largest first", bySize, descending},
	{"Smallest first", bySize, ""},
	{"By kind", byKind, ""},
}

// offer is one of the orders to choose from.
type offer struct {
	Name    string // English
	Href    template.URL
	Current bool
}

// Orders are the orders one may choose from. Each begins the folder anew.
func (c choice) Orders() []offer {
	all := make([]offer, len(orders))
	for i, o := range orders {
		w := c.asked
		w.Sort, w.Order, w.part = o.by, o.order, part{}
		all[i] = offer{o.name, w.link(), o.by == c.shown.Sort && o.order == c.shown.Order}
	}
	return all
}

// Order is what the order shown is called in English.
func (c choice) Order() string {
	for _, o := range orders {
		if o.by == c.shown.Sort && o.order == c.shown.Order {
			return o.name
		}
	}
	return "By kind" // backwards, which is not on offer
}
