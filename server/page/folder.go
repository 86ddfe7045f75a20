package page

import (
	"html/template"
	"iter"
	"strings"
	"time"

	"windowsill/server/share"
)

// folderView is what the template of a folder sees. All its texts may hold
// anything and are escaped by html/template; its links are safe as they are.
type folderView struct {
	heading
	Title string // of the browser's tab
	Pager pager
	View  choice
	Tally *tally // of the entries shown

	words   *words
	entries []share.Entry // those shown
}

func newFolderView(w *words, f Folder) folderView {
	v := folderView{
		heading: newHeading(f.Share, f.Path),
		Pager:   newPager(f.List.Len(), f.Page),
		Tally:   new(tally),
		words:   w,
	}
	for e := range f.List.Entries(v.Pager.from, v.Pager.to) {
		v.entries = append(v.entries, e)
		v.Tally.add(e)
	}
	v.View = newChoice(f.View, v.Pager.Page, v.entries)
	v.Title = v.tabTitle(v.Name)
	return v
}

// Field is the field to search the folder with.
func (v folderView) Field() searchField { return searchField{In: v.Name} }

// heading says which folder of the share a page is about.
type heading struct {
	Name  string
	Above []crumb // the folders that this one is in, the share first; none for the share
	Here  crumb   // the folder itself
}

// crumb is a folder on the way to the one that is shown.
type crumb struct {
	Name string
	Href template.URL // absolute path
}

func newHeading(share, path string) heading {
	v := heading{Here: crumb{visible(share), "/"}}
	var href strings.Builder
	href.WriteByte('/')
	for name := range strings.FieldsFuncSeq(path, isSlash) {
		v.Above = append(v.Above, v.Here)
		writeEscaped(&href, name)
		href.WriteByte('/')
		v.Here = crumb{visible(name), template.URL(href.String())}
	}
	v.Name = v.Here.Name
	return v
}

func isSlash(c rune) bool { return c == '/' }

// tabTitle is the title of a page in the browser's tab: the page's own, then
// the share's name.
func (v heading) tabTitle(own string) string {
	if len(v.Above) == 0 {
		return own
	}
	return own + " · " + v.Above[0].Name
}

// Up is the folder's parent.
func (v heading) Up() crumb { return v.Above[len(v.Above)-1] }

// Rows yields the entries of this page, made as they are asked for.
func (v folderView) Rows() iter.Seq[row] {
	return func(yield func(row) bool) {
		for _, e := range v.entries {
			r := newRow(v.words, e)
			if v.View.Gallery() {
				r.Side = tileSide
			}
			if !yield(r) {
				return
			}
		}
	}
}

// row is one entry of a folder as the template sees it.
type row struct {
	Kind     kind
	Href     template.URL
	Stem     string // the name up to its extension
	Ext      string // the extension with its dot; may be empty
	Dir      bool
	Size     string
	DateTime string // for machines
	Date     string // for people, in the time of this computer; empty if unknown
	Time     string
	Side     int    // of its thumbnail, in pixels
	version  string // of its thumbnail; empty if it has none
}

func newRow(w *words, e share.Entry) row {
	r := row{Kind: kindOf(e), Href: template.URL(Href(e.Name, e.Dir)), Dir: e.Dir, Side: iconSide}
	r.Stem = visible(e.Name)
	if !e.Dir {
		r.Stem, r.Ext = cutExtension(r.Stem)
		r.Size = w.size(e.Size)
	}
	if hasThumbnail(e) {
		r.version = version(e)
	}
	if t := e.Modified.Local(); !t.IsZero() {
		r.DateTime, r.Date, r.Time = t.Format(time.RFC3339), w.date(t), t.Format("15:04")
	}
	return r
}

// Name is the whole name.
func (r row) Name() string { return r.Stem + r.Ext }

// tally sums up entries.
type tally struct {
	Folders, Files int
	Bytes          int64
}

func (t *tally) add(e share.Entry) {
	if e.Dir {
		t.Folders++
		return
	}
	t.Files++
	t.Bytes += e.Size
}
