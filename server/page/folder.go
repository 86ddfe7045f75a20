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
	Name  string
	Title string  // of the browser's tab
	Above []crumb // the folders that this one is in, the share first; none for the share
	Pager pager
	Tally *tally // of the entries shown; complete when Rows has ended
	list  *share.List
}

// crumb is a folder on the way to the one that is shown.
type crumb struct {
	Name string
	Href template.URL // absolute path
}

func newFolderView(f Folder) folderView {
	names := strings.FieldsFunc(f.Path, func(c rune) bool { return c == '/' })
	v := folderView{
		Name:  visible(f.Share),
		Title: visible(f.Share),
		Pager: newPager(f.List.Len(), f.Page),
		Tally: new(tally),
		list:  f.List,
	}
	var path strings.Builder
	path.WriteByte('/')
	for _, name := range names {
		v.Above = append(v.Above, crumb{v.Name, template.URL(path.String())})
		writeEscaped(&path, name)
		path.WriteByte('/')
		v.Name = visible(name)
		v.Title = v.Name + " · " + visible(f.Share)
	}
	return v
}

// Up is the folder's parent.
func (v folderView) Up() crumb { return v.Above[len(v.Above)-1] }

// Rows yields the entries of this page, made as they are asked for.
func (v folderView) Rows() iter.Seq[row] {
	return func(yield func(row) bool) {
		for e := range v.list.Entries(v.Pager.from, v.Pager.to) {
			v.Tally.add(e)
			if !yield(newRow(e)) {
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
}

func newRow(e share.Entry) row {
	r := row{Kind: kindOf(e), Href: template.URL(Href(e.Name, e.Dir)), Dir: e.Dir}
	r.Stem = visible(e.Name)
	if !e.Dir {
		r.Stem, r.Ext = cutExtension(r.Stem)
		r.Size = size(e.Size)
	}
	if t := e.Modified.Local(); !t.IsZero() {
		r.DateTime, r.Date, r.Time = t.Format(time.RFC3339), t.Format("2 Jan 2006"), t.Format("15:04")
	}
	return r
}

// tally sums up entries.
type tally struct {
	folders, files int
	bytes          int64
}

func (t *tally) add(e share.Entry) {
	if e.Dir {
		t.folders++
		return
	}
	t.files++
	t.bytes += e.Size
}

// String says it in words, "2 folders, 31 files, 58.3 MB".
func (t *tally) String() string {
	var parts []string
	if t.folders > 0 {
		parts = append(parts, counted(t.folders, "folder"))
	}
	if t.files > 0 {
		parts = append(parts, counted(t.files, "file"), size(t.bytes))
	}
	return strings.Join(parts, ", ")
}
