package page

import (
	"cmp"
	"context"
	"net/url"

	"windowsill/server/share"
)

// Preference is how a device likes to see folders. What is empty is left to the
// page.
type Preference struct {
	View  string // "list", "gallery" or ""
	Sort  string // "name", "date", "size", "kind" or ""
	Order string // "desc", or "" for ascending
}

// ReadPreference reads the preference in a query such as
// "view=gallery&sort=date&order=desc". It ignores what it does not understand.
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

// Or returns the preference with what it leaves open taken from another.
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

// The orders of a folder, as in its URL.
const (
	byName     = "name"
	byDate     = "date"     // in a gallery when it was taken, if that is known
	byModified = "modified" // always the file's date
	bySize     = "size"
	byKind     = "kind"
	descending = "desc"
)

// sortKeys are what the orders compare before the name.
var sortKeys = map[string]struct {
	key  func(share.Entry) int64
	stat bool
}{
	// In milliseconds, since nanoseconds overflow an int64 after some centuries.
	byDate:     {modified, true},
	byModified: {modified, true},
	bySize:     {func(e share.Entry) int64 { return e.Size }, true},
	byKind:     {func(e share.Entry) int64 { return kindRank[kindOf(e)] }, false},
}

func modified(e share.Entry) int64 { return e.Modified.UnixMilli() }

// kindRank orders the kinds: media before documents before the rest.
var kindRank = map[kind]int64{picture: 1, film: 2, music: 3, document: 4, code: 5, archive: 6, program: 7, other: 8}

// Taken returns when pictures and films were taken, in milliseconds since 1970, or
// nil if that is not known of all of them, or not yet.
type Taken func(ctx context.Context, entries []share.Entry) []int64

// Sort sorts a list as the URL asks, else as the device has liked so far, else as
// suits what is in it. Names are in the alphabet of the pages' language. The error
// is ctx's.
//
// A gallery by date is in the order in which its pictures were taken, if when, which
// may be nil, knows that of all of them: two clocks in one order would tear days
// apart. Sort then returns the dates of all entries by name, otherwise nil.
func (p *Pages) Sort(ctx context.Context, list *share.List, asked, liked Preference, when Taken) (dates map[string]int64, err error) {
	like := suited(list, asked, liked)
	by := sortKeys[like.Sort]
	order := share.Order{Language: p.words.tag, Key: by.key, Stat: by.stat, Descending: like.Order == descending}
	if when == nil || like.View != galleryView || like.Sort != byDate || list.Len() > maxDated {
		return nil, list.Sort(ctx, order)
	}
	dates, known := datesOf(ctx, list, when)
	order.Key, order.Stat = func(e share.Entry) int64 { return dates[e.Name] }, false
	if err := list.Sort(ctx, order); err != nil || !known {
		return nil, err
	}
	return dates, nil
}

// datesOf returns the dates of all entries of a list, in milliseconds by name: when
// pictures were taken if that is known of all of them, otherwise those of the files.
func datesOf(ctx context.Context, list *share.List, when Taken) (dates map[string]int64, known bool) {
	dates = make(map[string]int64, list.Len())
	pictures := make([]share.Entry, 0, list.Len())
	for e := range list.All() {
		if ctx.Err() != nil {
			return nil, false
		}
		dates[e.Name] = modified(e)
		if kind := kindOf(e); kind == picture || kind == film {
			pictures = append(pictures, e)
		}
	}
	taken := when(ctx, pictures)
	for i, at := range taken {
		dates[pictures[i].Name] = at
	}
	return dates, taken != nil
}
