package page

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"strings"

	"windowsill/server/charset"
	"windowsill/server/share"
	"windowsill/server/worker"
)

// Opened is a file to show in the browser.
type Opened struct {
	Share      string        // the share's name
	Path       string        // of the folder that the file is in, as in Folder
	File       share.Entry   // the file itself
	Type       string        // its media type; parameters are ignored
	List       *share.List   // the folder, in the order to show
	Asked      Preference    // the order that the URL asks for, as do links to other files
	Alone      bool          // the file is all that is shared
	Theirs     bool          // visitors may have written it
	Content    io.ReadSeeker // of the file; read only for text, and not to the end
	Part       Part          // what to show of it
	Formatting Formatting    // of a text
	Film       Film          // what is in a film
}

// Part is the part of a file that a page shows.
type Part struct {
	Page  int // of the file, from 1; 0 means the first one
	Pages int // that the file has; 0 means one
	Row   int // the first one to show of a table, from 1; 0 means the first one
}

// Formatting is how a text is shown, and for whom.
type Formatting struct {
	Encoding  string       // that the reader has chosen; "", or no encoding, leaves it to the page
	Languages string       // that the reader understands, as in an Accept-Language header
	Workers   *worker.Pool // that format it; they know [Jobs]
	Device    string       // that asks; each gets its share of the workers
}

// FilePage is the page of a file, ready to be written.
type FilePage struct {
	pages *Pages
	view  openedView
}

// Open prepares the page of a file: a picture or a film with the ones before and
// after it, music with a playlist, text, or else what there is to say about the
// file.
func (p *Pages) Open(o Opened) *FilePage {
	v := openedView{heading: newHeading(o.Share, o.Path), As: viewerOf(o.Type), words: p.words, opened: o}
	v.siblings = newSiblings(o.List, o.File.Name, v.As)
	v.Called = visible(o.File.Name)
	v.Stem, v.Extension = cutExtension(v.Called)
	v.Title = v.Called + " · " + v.Name
	return &FilePage{p, v}
}

// Tag returns a text that changes with the page, but not with the content of the
// file.
func (l *FilePage) Tag() string {
	v, h := l.view, sha256.New()
	how, part := v.opened.Formatting, v.opened.Part
	fmt.Fprintf(h, "%s %q %q %q %s %d %d", l.pages.version, v.opened.Share, v.opened.Path, v.opened.File.Name, v.opened.Type, v.opened.File.Size, v.opened.File.Modified.UnixNano())
	fmt.Fprintf(h, " %q %d %d %d %t %t", []string{how.Encoding, how.Languages}, part.Row, part.Page, part.Pages, v.opened.Alone, v.opened.Theirs)
	fmt.Fprintf(h, " %q %q %d %d %q %q", v.Close(), v.query(), v.At, v.Of, v.previous, v.next)
	for _, name := range v.playlist {
		fmt.Fprintf(h, " %q", name)
	}
	fmt.Fprintf(h, " %q", v.cover)
	for _, t := range v.subtitles {
		fmt.Fprintf(h, " %q", t.Name)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// Read reads a text as far as is necessary to lay it out, and nothing of other
// files. The error is ctx's, or why the file could not be read.
func (l *FilePage) Read(ctx context.Context) error {
	v := &l.view
	if v.As != read {
		return nil
	}
	how := v.opened.Formatting
	asked, _ := charset.Find(how.Encoding)
	t, err := newText(v.opened.Content, v.opened.File.Size, v.opened.Type, asked, LanguagesIn(how.Languages))
	if err != nil {
		return err
	}
	t.name, t.ctype, t.asked, v.text = v.opened.File.Name, v.opened.mediaType(), max(v.opened.Part.Row, 1), t
	if job := layoutJob(v.opened.mediaType()); job != "" && !t.blank {
		return t.layOut(ctx, how.Workers, how.Device, job, v.words)
	}
	return nil
}

// Temporary reports whether the page will be different another time. It is known
// after Read.
func (l *FilePage) Temporary() bool { return l.view.text != nil && l.view.text.NotNow() }

// Close releases what was read.
func (l *FilePage) Close() error {
	if t := l.view.text; t != nil && t.html != nil {
		return t.html.Close()
	}
	return nil
}

// HTML writes the page after Read. Its links are relative to the file's own URL.
func (l *FilePage) HTML(w io.Writer) error {
	b := bufio.NewWriterSize(w, 16<<10)
	if err := l.pages.templates.ExecuteTemplate(b, openedTemplate, l.view); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	if t := l.view.text; t != nil && t.unread != nil {
		return t.unread
	}
	return b.Flush()
}

// viewer is what shows a file. Each is the name of a class in the style sheet.
type viewer string

const (
	seen    viewer = "seen"    // a picture
	watched viewer = "watched" // a film
	heard   viewer = "heard"   // music
	read    viewer = "read"    // text
	closed  viewer = "closed"  // nothing can be shown
)

// viewerOf returns the viewer for a media type.
func viewerOf(ctype string) viewer {
	t, _, _ := strings.Cut(ctype, ";")
	family, _, _ := strings.Cut(t, "/")
	switch {
	case t == "image/vnd.adobe.photoshop", t == "audio/mpegurl", t == "audio/x-scpls":
		return closed
	case family == "image":
		return seen
	case family == "video":
		return watched
	case family == "audio":
		return heard
	case family == "text", t == "application/json", t == "application/xml", strings.HasSuffix(t, "+json"), strings.HasSuffix(t, "+xml"):
		return read
	}
	return closed
}

// openedView is the data of the template of a file. Its texts may be anything and
// are escaped by html/template; its links are safe as they are. The methods are what
// the template asks of any file: what it asks of one kind has a view of its own,
// Picture, Film, Music or Table.
type openedView struct {
	heading                // of the folder
	Title           string // of the browser's tab
	As              viewer
	Called          string // the file's name
	Stem, Extension string // of the name
	siblings
	words  *words
	opened Opened
	text   *text // nil until it is read
}

// Seen, Watched, Heard and Read report which viewer shows the file.
func (v openedView) Seen() bool    { return v.As == seen }
func (v openedView) Watched() bool { return v.As == watched }
func (v openedView) Heard() bool   { return v.As == heard }
func (v openedView) Read() bool    { return v.As == read }

// Theirs reports whether visitors may have written the file.
func (v openedView) Theirs() bool { return v.opened.Theirs }

// Closed reports whether nothing can be shown.
func (v openedView) Closed() bool { return v.As == closed }

// Alone reports whether the file is all that is shared, so that there is nothing to
// go back to.
func (v openedView) Alone() bool { return v.opened.Alone }

// ShowsItself reports whether browsers show the file by themselves.
func (v openedView) ShowsItself() bool { return showsItself(v.opened.File) }

// Kind is that of the file, as a class of the style.
func (v openedView) Kind() string { return string(kindOf(v.opened.File)) }

// Size is that of the file.
func (v openedView) Size() int64 { return v.opened.File.Size }

// File is the link to the file itself.
func (v openedView) File() template.URL { return template.URL(Href(v.opened.File.Name, false)) }

// Thumbnail is the link to a small picture of the file.
func (v openedView) Thumbnail() template.URL { return v.thumbnail(640) }

func (v openedView) thumbnail(side int) template.URL {
	return template.URL(fmt.Sprintf("%s?thumb=%d&v=%s", v.File(), side, version(v.opened.File)))
}

// mediaType is the file's, without parameters.
func (o Opened) mediaType() string {
	t, _, _ := strings.Cut(o.Type, ";")
	return t
}

// Unplayable reports whether no browser can play the file.
func (v openedView) Unplayable() bool {
	switch v.opened.mediaType() {
	case "video/x-msvideo", "video/x-ms-wmv", "video/x-flv", "video/mpeg", "video/mp2t", "audio/x-ms-wma", "audio/midi", "audio/aiff", "audio/x-mod":
		return true
	}
	return false
}

// Close is the link to the folder, to the part of it that the file is in.
func (v openedView) Close() template.URL {
	return newPager(v.opened.List, Params{Preference: v.opened.Asked}).linkTo(v.index)
}

// Previous is the link to the file before this one, "" if there is none.
func (v openedView) Previous() template.URL { return v.to(v.previous) }

// Next is the link to the file after this one, "" if there is none.
func (v openedView) Next() template.URL { return v.to(v.next) }

func (v openedView) to(name string) template.URL {
	if name == "" {
		return ""
	}
	return template.URL(Href(name, false) + "?" + v.query())
}

// query is the query of another file's page.
func (v openedView) query() string {
	var q query
	q.flag("open")
	q.add("sort", v.opened.Asked.Sort)
	q.add("order", v.opened.Asked.Order)
	return q.String()
}

// Asked is the order that the URL asks for.
func (v openedView) Asked() Preference { return v.opened.Asked }

// Text is the text of the file, after Read.
func (v openedView) Text() *text { return v.text }
