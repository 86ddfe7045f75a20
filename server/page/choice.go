package page

import (
	"cmp"
	"html/template"

	"windowsill/server/share"
)

// The ways to show a folder, as in its URL.
const (
	listView    = "list"
	galleryView = "gallery"
)

// sampleSize is how many names are examined to find out whether a folder is one of
// pictures.
const sampleSize = 1000

// maxDated is how many entries a gallery has at most that is by date unless somebody
// asks for that: the system has to be asked about each of them, which takes 150 ms
// for 100,000 that it has at hand, and many seconds otherwise.
const maxDated = 20_000

// choice is how a page shows a folder, and the other choices.
type choice struct {
	Shown   string // listView or galleryView
	Offered bool   // a gallery is a choice, since there are pictures or films
	asked   Params
	shown   Preference
}

// newChoice makes the choice for a list; taken is whether that is in the order in
// which pictures were taken. If not, later parts must not be either.
func newChoice(list *share.List, asked Params, liked Preference, taken bool) choice {
	pictures, _ := countPictures(list)
	shown := suited(list, asked.Preference, liked)
	if shown.View == galleryView && shown.Sort == byDate && !taken {
		shown.Sort = byModified
	}
	return choice{Shown: shown.View, Offered: pictures > 0, asked: asked, shown: shown}
}

// suited decides by what the URL asks for, then by what the device has liked so
// far. Otherwise a folder is a gallery if more than half of it are pictures or films, and
// then the newest are first, unless there are very many. It examines only names, so
// that the first row need not wait for the last.
func suited(list *share.List, asked, liked Preference) Preference {
	shown := asked.Or(liked)
	switch pictures, seen := countPictures(list); {
	case asked.View != "":
	case pictures == 0:
		shown.View = listView
	case liked.View == "" && 2*pictures > seen:
		shown.View = galleryView
	}
	shown.View = cmp.Or(shown.View, listView)
	if shown.Sort == "" && shown.View == galleryView && list.Len() <= maxDated {
		shown.Sort, shown.Order = byDate, descending
	}
	shown.Sort = cmp.Or(shown.Sort, byName)
	return shown
}

// countPictures examines a sample of names, and returns how many of them are those
// of pictures and films.
func countPictures(list *share.List) (pictures, seen int) {
	for name, dir := range list.Sample(sampleSize) {
		if e := (share.Entry{Name: name, Dir: dir}); hasThumbnail(e) && !isDrawing(e) || kindOf(e) == film {
			pictures++
		}
		seen++
	}
	return pictures, seen
}

// Gallery reports whether the page shows tiles.
func (c choice) Gallery() bool { return c.Shown == galleryView }

// Selecting reports whether entries can be ticked for download.
func (c choice) Selecting() bool { return c.asked.Select }

// List is the URL of the same part as a list.
func (c choice) List() template.URL { return c.as(listView) }

// Tiles is the URL of the same part as a gallery.
func (c choice) Tiles() template.URL { return c.as(galleryView) }

func (c choice) as(view string) template.URL {
	w := c.asked
	w.View = view
	return w.link()
}

// Select is the URL of the same page with or without boxes to tick.
func (c choice) Select() template.URL {
	w := c.asked
	w.Select = !w.Select
	return w.link()
}

// whole is all that determines the page, with nothing left open.
func (c choice) whole() Params {
	return Params{Preference: c.shown, Select: c.asked.Select, part: c.asked.part}
}

// orders are the orders on offer, with their names in English.
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

// Orders are the orders on offer. Each leads to the first part of the folder.
func (c choice) Orders() []offer {
	all := make([]offer, len(orders))
	for i, o := range orders {
		w := c.asked
		w.Sort, w.Order, w.part = o.by, o.order, part{}
		all[i] = offer{o.name, w.link(), c.is(o.by, o.order)}
	}
	return all
}

// is reports whether an order is the current one.
func (c choice) is(by, order string) bool {
	current := c.shown.Sort
	if current == byModified {
		current = byDate
	}
	return by == current && order == c.shown.Order
}

// ByDate reports whether entries are in the order of their dates.
func (c choice) ByDate() bool { return c.is(byDate, c.shown.Order) }

// Order is the name of the current order in English.
func (c choice) Order() string {
	for _, o := range orders {
		if c.is(o.by, o.order) {
			return o.name
		}
	}
	return "By kind" // backwards, which is not on offer
}
