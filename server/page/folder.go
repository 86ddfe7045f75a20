package page

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"iter"
	"strconv"
	"time"

	"windowsill/server/share"
)

// Folder is a folder to render.
type Folder struct {
	Share  string           // the share's name
	Path   string           // decoded path in the share, "a/b"; "" is the share itself; any bytes
	List   *share.List      // what is in it, in the order to show
	Asked  Params           // of the URL; not used by JSON
	Liked  Preference       // what the device has liked so far
	Dates  map[string]int64 // what [Pages.Sort] returned; not used by JSON
	Songs  Songs            // what music says about itself; may be nil; not used by JSON
	Rights                  // of the device
	Inbox  *Inbox           // nil unless devices only send files here; not used by JSON
	Talks  bool             // there are texts on the page of texts
	Readme bool             // a README.md is shown below the list
	Plain  bool             // for programs that follow links: an index of all entries; not used by JSON
}

// Inbox is what a device is told where it only sends files, and nobody sees what has
// come in.
type Inbox struct {
	Sent   int        // files of the device that have come in
	Latest []SentFile // the latest of them, newest first
}

// SentFile is a file that has come in.
type SentFile struct {
	Name string
	Size int64 // bytes
}

// Rights are what a device may do besides reading.
type Rights struct {
	Add    bool // add files
	Change bool // also rename, move and delete what is there
}

// String returns the name of the rights in JSON.
func (r Rights) String() string {
	switch {
	case r.Change:
		return "change"
	case r.Add:
		return "add"
	}
	return "read"
}

// FolderPage is the page of a folder, ready to be written.
type FolderPage struct {
	pages *Pages
	view  folderView
}

// maxDelay is how long a page waits for all its entries. If the disk takes longer,
// those that are known are written first, and the rest as they come.
const maxDelay = 150 * time.Millisecond

// Show prepares a page of at most 240 entries. It holds no others, so its memory
// does not grow with the folder.
func (p *Pages) Show(f Folder) *FolderPage { return p.show(f, maxDelay) }

func (p *Pages) show(f Folder, maxDelay time.Duration) *FolderPage {
	f.Asked.Select = f.Asked.Select && sendable(f.Path) // otherwise no form can name the folder
	c := newChoice(f.List, f.Asked, f.Liked, f.Dates != nil)
	v := folderView{
		heading: newHeading(f.Share, f.Path),
		Pager:   newPager(f.List, c.whole()),
		View:    c,
		Tally:   new(tally),
		pages:   p,
		words:   p.words,
		folder:  f,
	}
	if f.Plain {
		v.Pager.from, v.Pager.to = 0, v.Pager.Total
	}
	v.Title, v.readme = v.tabTitle(v.Name), v.findReadme()
	v.collect(maxDelay)
	v.findSongs()
	v.songs.posters = v.findPosters()
	return &FolderPage{p, v}
}

// HTML writes the page, or the index. Its links are right only if its URL ends with a slash. It
// writes each row as soon as its entry is known and leaves buffering to w.
func (s *FolderPage) HTML(w io.Writer) error {
	if s.view.folder.Plain {
		return s.view.writeIndex(w)
	}
	if err := s.pages.templates.ExecuteTemplate(w, folderTemplate, s.view); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return nil
}

// Tag returns a text that changes with the page. It is known only if all entries
// were in time.
func (s *FolderPage) Tag() (tag string, ok bool) {
	v := s.view
	if v.rest < v.Pager.to || !v.songs.whole {
		return "", false
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %q %s %t %t %q %q %q %d %d", s.pages.version, v.readme, v.folder.Rights, v.folder.Talks, v.folder.Plain, v.folder.Share, v.folder.Path, []template.URL{v.View.whole().link(), v.folder.Asked.link()}, v.Pager.Total, v.Pager.from)
	if v.folder.Inbox != nil {
		fmt.Fprintf(h, " %d %v", v.folder.Inbox.Sent, v.folder.Inbox.Latest)
	}
	fmt.Fprintf(h, " %q", v.songs.posters) // in the order of its keys
	for _, e := range v.entries {
		fmt.Fprintf(h, " %q %t %d %d %d %v", e.Name, e.Dir, e.Size, e.Modified.UnixNano(), v.folder.Dates[e.Name], e.Err)
		if s, known := v.songs.known[e.Name]; known {
			fmt.Fprintf(h, " %q %t %q", s, s.Cover, v.songs.cover)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12]), true
}

// folderView is the data of the template of a folder. Its texts may be anything
// and are escaped by html/template; its links are safe as they are.
type folderView struct {
	heading
	Title string // of the browser's tab
	Pager pager
	View  choice
	Tally *tally // of the entries shown; complete after Rows

	pages   *Pages
	words   *words
	folder  Folder
	entries []share.Entry // the first of those shown
	rest    int           // index of the first of the others
	songs   songs
	readme  string // the name of the README.md to show below the list; "" if there is none
}

// collect asks about the entries of the page for a while. Of the long page for a
// program, it takes only as many as other pages have.
func (v *folderView) collect(maxDelay time.Duration) {
	begun, to := time.Now(), min(v.Pager.to, v.Pager.from+perPage)
	for v.rest = v.Pager.from; v.rest < to && time.Since(begun) < maxDelay; v.rest++ {
		for e := range v.folder.List.Entries(v.rest, v.rest+1) {
			v.entries = append(v.entries, e)
		}
	}
}

// Modules are the tags of the scripts.
func (v folderView) Modules() (template.HTML, error) {
	names := []string{"icons.js", "stream.js", "folder.js"}
	if v.View.Gallery() {
		names = append(names, "gallery.js")
	}
	if v.Pager.Next() != "" {
		names = append(names, "more.js")
	}
	if v.readme != "" {
		names = append(names, "readme.js")
	}
	if v.Adds() {
		names = append(names, "adding.js")
	}
	if v.Changes() {
		names = append(names, "row-menu.js")
	}
	return v.pages.modules(names...)
}

// Field is the search field.
func (v folderView) Field() searchField {
	return searchField{In: v.Name, Selecting: v.View.Selecting()}
}

// In is the folder's path, for a form.
func (v folderView) In() string { return v.folder.Path }

// AsOf identifies the state of the folder, which requests for later changes have
// to name.
func (v folderView) AsOf() string { return AsOf(v.folder.List.Modified()) }

// AsOf returns the identifier of a folder's state by its modification time.
func AsOf(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 36) }

// Adds reports whether the device can add files here. A folder that a form cannot
// name cannot be added to.
func (v folderView) Adds() bool {
	return v.folder.Rights.Add && !v.View.Selecting() && sendable(v.folder.Path)
}

// Changes reports whether the device can change what is here.
func (v folderView) Changes() bool { return v.folder.Rights.Change && v.Adds() }

// Talk is the English text of the link to the page of texts; "" if there is none.
func (v folderView) Talk() string {
	switch {
	case v.folder.Rights.Add:
		return "Send text"
	case v.folder.Talks:
		return "Texts"
	}
	return ""
}

// Contents says what the folder holds: "243 photos", "6 films". Photos and films
// are told from other files in a gallery.
func (v folderView) Contents() []string {
	list := v.folder.List
	if list.Len() == 0 {
		return nil
	}
	if list.Len() > sampleSize { // it would take a while to tell
		return []string{v.words.plural("{{.Count}} items", list.Len())}
	}
	var folders, photos, films, files int
	for name, dir := range list.Names(0, list.Len()) {
		switch kind := kindOf(share.Entry{Name: name, Dir: dir}); {
		case dir:
			folders++
		case kind == picture && v.View.Gallery():
			photos++
		case kind == film && v.View.Gallery():
			films++
		default:
			files++
		}
	}
	var said []string
	for _, part := range [...]struct {
		count int
		text  string
	}{
		{folders, v.words.plural("{{.Count}} folders", folders)},
		{photos, v.words.plural("{{.Count}} photos", photos)},
		{films, v.words.plural("{{.Count}} films", films)},
		{files, v.words.plural("{{.Count}} files", files)},
	} {
		if part.count > 0 {
			said = append(said, part.text)
		}
	}
	return said
}

// Inbox is what there is to say where devices only send files; else nil.
func (v folderView) Inbox() *Inbox { return v.folder.Inbox }

// Sent says how many files of the device have come in; "" for none.
func (v folderView) Sent() string {
	if v.folder.Inbox.Sent == 0 {
		return ""
	}
	return v.words.plural("{{.Count}} files from you have arrived", v.folder.Inbox.Sent)
}

// Total is how many entries there are.
func (v folderView) Total() int { return v.Pager.Total }

// Tickable reports whether entries can be ticked.
func (v folderView) Tickable() bool { return sendable(v.folder.Path) }

// Rows yields the rows of the page as they become known.
func (v folderView) Rows() iter.Seq[template.HTML] {
	return func(yield func(template.HTML) bool) {
		style := rowStyle{words: v.words, ticks: v.View.Selecting(), tiles: v.View.Gallery(), songs: v.songs}
		wall := wall{words: v.words, days: v.View.ByDate(), dates: v.folder.Dates}
		for e := range v.all() {
			v.Tally.add(e)
			row := style.entry(e)
			if style.tiles {
				row = wall.before(e) + row
			}
			if !yield(row) {
				return
			}
		}
		if style.tiles {
			yield(wall.end())
		}
	}
}

// all yields the entries of the page as they become known.
func (v folderView) all() iter.Seq[share.Entry] {
	return func(yield func(share.Entry) bool) {
		for _, e := range v.entries {
			if !yield(e) {
				return
			}
		}
		v.folder.List.Entries(v.rest, v.Pager.to)(yield)
	}
}

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
