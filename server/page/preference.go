package page

import (
	"cmp"
	"context"
	"net/url"

	"windowsill/server/share"
)

// Preference is how somebody likes to see folders. What is empty is left to
// the page.
type Preference struct {
	View  string // "list", "gallery" or ""
	Sort  string // "name", "date", "size", "kind" or ""
	Order string // "desc", or "" for ascending
}

// ReadPreference reads the preference that stands in a query, as
// "view=gallery&sort=date&order=desc". What it does not understand is empty.
func ReadPreference(query url.Values) Preference {
	var p Preference
	if view := query.Get("view"); view == listView || view == galleryView {
		p.View = view
	}
	if by := query.Get("sort"); by == byName || sortKeys[by].key != nil {
		p.Sort = by
		if query.Get("order") == descending {
			p.Order = descending
		}
	}
	return p
}

// Or returns the preference, with what it leaves open taken from another.
func (p Preference) Or(other Preference) Preference {
	if p.Sort == "" {
		p.Sort, p.Order = other.Sort, other.Order
	}
	p.View = cmp.Or(p.View, other.View)
	return p
}

// String returns the preference as a query, "" if there is none.
func (p Preference) String() string {
	var q query
	q.add("view", p.View)
	q.add("sort", p.Sort)
	q.add("order", p.Order)
	return q.String()
}

// The orders of a folder, as they stand in its address.
const (
	byName     = "name"
	byDate     = "date"
	bySize     = "size"
	byKind     = "kind"
	descending = "desc"
)

// sortKeys are what the orders go by before they go by the name.
var sortKeys = map[string]struct {
	key   func(share.Entry) int64
	looks bool
}{
	// Milliseconds: of nanoseconds, an int64 holds those of some centuries only.
	byDate: {func(e share.Entry) int64 { return e.Modified.UnixMilli() }, true},
	bySize: {func(e share.Entry) int64 { return e.Size }, true},
	byKind: {func(e share.Entry) int64 { return kindRank[kindOf(e)] }, false},
}

// kindRank orders the kinds: first what one looks at, then what one reads.
var kindRank = map[kind]int64{picture: 1, film: 2, music: 3, document: 4, code: 5, archive: 6, program: 7, other: 8}

// Sort puts a list in the order somebody likes, its names by the alphabet of
// the pages' language. It ends with ctx.
func (p *Pages) Sort(ctx context.Context, list *share.List, like Preference) error {
	by := sortKeys[like.Sort]
	return list.Sort(ctx, share.Order{Language: p.words.tag, Key: by.key, Stat: by.looks, Descending: like.Order == descending})
}
