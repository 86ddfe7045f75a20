package page

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"windowsill/server/share"
)

// Folder is one folder to render.
type Folder struct {
	Share  string      // the share's name
	Path   string      // decoded path inside the share: "" is the share itself, else "a/b"; any bytes
	List   *share.List // what is in it, in the order to show
	Asked  Wish        // what the address asks for. JSON takes none of it
	Liked  Preference  // what the device has liked so far
	Rights             // of the device. JSON takes none of it
	Talks  bool        // there is something on the page of texts
	Plain  bool        // for a program that reads links: each leads to the file itself, and all are there. JSON takes none of it
}

// Rights are what a visitor may do besides looking.
type Rights struct {
	Add    bool // add files
	Change bool // also rename, move and delete what is there
}

// Shown is the page of a folder, ready to be written.
type Shown struct {
	pages *Pages
	view  folderView
}

// patience is how long a page waits for what is on it. A disk that takes
// longer shows what there is, and the rest as it comes.
const patience = 150 * time.Millisecond

// Show prepares a page of at most 500 entries. Memory does not grow with the
// folder: the page holds these and no others.
func (p *Pages) Show(f Folder) *Shown { return p.show(f, patience) }

func (p *Pages) show(f Folder, patience time.Duration) *Shown {
	f.Asked.Select = f.Asked.Select && sendable(f.Path) // else no form can say which folder this is
	c := newChoice(f.List, f.Asked, f.Liked)
	v := folderView{
		heading: newHeading(f.Share, f.Path),
		Pager:   newPager(f.List, c.whole()),
		View:    c,
		Tally:   new(tally),
		words:   p.words,
		folder:  f,
	}
	if f.Plain {
		v.Pager.from, v.Pager.to = 0, v.Pager.Total
	}
	v.Title = v.tabTitle(v.Name)
	v.collect(patience)
	return &Shown{p, v}
}

// HTML writes the page. Its links are right only if its address ends with a
// slash. It writes in small pieces and each row when its entry has been looked
// at, because only w can tell when they have waited long enough.
func (s *Shown) HTML(w io.Writer) error {
	if err := s.pages.templates.ExecuteTemplate(w, folderTemplate, s.view); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return nil
}

// Tag returns a text that is another when the page is. It can be told only if
// all that is on the page is known in time.
func (s *Shown) Tag() (tag string, ok bool) {
	v := s.view
	if v.rest < v.Pager.to {
		return "", false
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %v %t %t %q %q %q %d %d", s.pages.version, v.folder.Rights, v.folder.Talks, v.folder.Plain, v.folder.Share, v.folder.Path, []template.URL{v.View.whole().link(), v.folder.Asked.link()}, v.Pager.Total, v.Pager.from)
	for _, e := range v.entries {
		fmt.Fprintf(h, " %q %t %d %d", e.Name, e.Dir, e.Size, e.Modified.UnixNano())
	}
	return hex.EncodeToString(h.Sum(nil)[:12]), true
}

// folderView is what the template of a folder sees. All its texts may hold
// anything and are escaped by html/template; its links are safe as they are.
type folderView struct {
	heading
	Title string // of the browser's tab
	Pager pager
	View  choice
	Tally *tally // of the entries shown, complete when Rows has ended

	words   *words
	folder  Folder
	entries []share.Entry // the first of those shown
	rest    int           // the index of the first of the others
}

// collect looks at the entries of this page for a while, or, of a longer one
// for a program, at as many as other pages have: nobody keeps the rest in mind.
func (v *folderView) collect(patience time.Duration) {
	begun, to := time.Now(), min(v.Pager.to, v.Pager.from+perPage)
	for v.rest = v.Pager.from; v.rest < to && time.Since(begun) < patience; v.rest++ {
		for e := range v.folder.List.Entries(v.rest, v.rest+1) {
			v.entries = append(v.entries, e)
		}
	}
}

// Field is the field to search the folder with.
func (v folderView) Field() searchField { return searchField{In: v.Name} }

// In is the folder's path, for a form.
func (v folderView) In() string { return v.folder.Path }

// AsOf tells apart the moments at which the folder was changed: what is asked
// about changes since has to name it.
func (v folderView) AsOf() string { return AsOf(v.folder.List.Modified()) }

// AsOf is how a page names the moment of a folder's last change.
func AsOf(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 36) }

// Adds reports whether one can add files here. What can be sent nowhere by
// name cannot be added to.
func (v folderView) Adds() bool {
	return v.folder.Rights.Add && !v.View.Selecting() && sendable(v.folder.Path)
}

// Changes reports whether one can change what is here.
func (v folderView) Changes() bool { return v.folder.Rights.Change && v.Adds() }

// Talk is what the link to the page of texts is called in English; "" if there
// is none.
func (v folderView) Talk() string {
	switch {
	case v.folder.Rights.Add:
		return "Send text"
	case v.folder.Talks:
		return "Texts"
	}
	return ""
}

// Tickable reports whether something in the folder can be ticked.
func (v folderView) Tickable() bool { return sendable(v.folder.Path) }

// Rows yields the entries of this page, made as they are asked for.
func (v folderView) Rows() iter.Seq[template.HTML] {
	return func(yield func(template.HTML) bool) {
		style := rowStyle{words: v.words, side: iconSide, ticks: v.View.Selecting(), plain: v.folder.Plain}
		if v.View.Gallery() {
			style.side = tileSide
		}
		show := func(e share.Entry) bool {
			v.Tally.add(e)
			return yield(style.entry(e))
		}
		for _, e := range v.entries {
			if !show(e) {
				return
			}
		}
		for e := range v.folder.List.Entries(v.rest, v.Pager.to) {
			if !show(e) {
				return
			}
		}
	}
}

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
