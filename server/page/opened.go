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

	"windowsill/server/share"
	"windowsill/server/worker"
)

// Opened is one file to look at in the browser, without downloading it.
type Opened struct {
	Share   string        // the share's name
	Path    string        // of the folder that the file is in, as in Folder
	File    share.Entry   // the file itself
	Type    string        // its media type, by its name and its content; parameters do not matter
	List    *share.List   // the folder, in the order to show
	Asked   Preference    // the order that the address asks for: links to other files ask for it too
	Liked   Preference    // what the device has liked so far
	Content io.ReadSeeker // what is in the file; read for text alone, and not to its end
	Workers *worker.Pool  // lay out texts that may come from anybody; they know [Jobs]
	Device  string        // who looks at the file: each gets a share of the workers
}

// Look is the page of one file, ready to be written.
type Look struct {
	pages *Pages
	view  openedView
}

// Open prepares the page of a file: a picture or a film with what comes before
// and after it, music with what else is to be heard, text to read, or else
// what there is to say about the file.
func (p *Pages) Open(o Opened) *Look {
	v := openedView{heading: newHeading(o.Share, o.Path), As: sightOf(o.Type), words: p.words, opened: o}
	v.stroll = newStroll(o.List, o.File.Name, v.As)
	v.Called = visible(o.File.Name)
	v.Stem, v.Extension = cutExtension(v.Called)
	v.Title = v.Called + " · " + v.Name
	return &Look{p, v}
}

// Tag returns a text that is another when the page is, as long as what the
// file holds is told apart by its own tag.
func (l *Look) Tag() string {
	v, h := l.view, sha256.New()
	fmt.Fprintf(h, "%s %q %q %q %s %d %d", l.pages.version, v.opened.Share, v.opened.Path, v.opened.File.Name, v.opened.Type, v.opened.File.Size, v.opened.File.Modified.UnixNano())
	fmt.Fprintf(h, " %q %q %d %d %q %q", v.Close(), v.query(), v.At, v.Of, v.previous, v.next)
	for _, name := range v.near {
		fmt.Fprintf(h, " %q", name)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// Read reads a text, as far as it must be to lay it out; of other files there
// is nothing to read. It returns ctx's error, or why the file could not be
// read.
func (l *Look) Read(ctx context.Context) error {
	v := &l.view
	if v.As != read {
		return nil
	}
	t, err := newText(v.opened.Content, v.opened.File.Size, v.opened.Type)
	if err != nil {
		return err
	}
	t.name, v.text = v.opened.File.Name, t
	if job := layoutJob(v.mediaType()); job != "" && !t.blank {
		return t.layOut(ctx, v.opened.Workers, v.opened.Device, job)
	}
	return nil
}

// Makeshift reports whether the page is not what it is another time, once the
// file has been read.
func (l *Look) Makeshift() bool { return l.view.text != nil && l.view.text.NotNow() }

// Close lets go of what was read.
func (l *Look) Close() error {
	if t := l.view.text; t != nil && t.html != nil {
		return t.html.Close()
	}
	return nil
}

// HTML writes the page of a file that has been read. Its links are right only
// at the file's own address.
func (l *Look) HTML(w io.Writer) error {
	b := bufio.NewWriterSize(w, 16<<10)
	if err := l.pages.templates.ExecuteTemplate(b, openedTemplate, l.view); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	if t := l.view.text; t != nil && t.unread != nil {
		return t.unread
	}
	return b.Flush()
}

// sight is how a file is looked at. Each is the name of a class in the style.
type sight string

const (
	seen    sight = "seen"    // a picture
	watched sight = "watched" // a film
	heard   sight = "heard"   // music
	read    sight = "read"    // text
	closed  sight = "closed"  // there is nothing to show of it
)

// sightOf goes by a media type.
func sightOf(ctype string) sight {
	t, _, _ := strings.Cut(ctype, ";")
	family, _, _ := strings.Cut(t, "/")
	switch {
	case t == "image/jxl", t == "image/vnd.adobe.photoshop", t == "audio/x-mpegurl":
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

// openedView is what the template of a file sees. All its texts may hold
// anything and are escaped by html/template; its links are safe as they are.
type openedView struct {
	heading                // of the folder
	Title           string // of the browser's tab
	As              sight
	Called          string // the file's name
	Stem, Extension string // of the name
	stroll
	words  *words
	opened Opened
	text   *text // nil until it is read
}

// Seen, Watched, Heard and Read report how the file is looked at.
func (v openedView) Seen() bool    { return v.As == seen }
func (v openedView) Watched() bool { return v.As == watched }
func (v openedView) Heard() bool   { return v.As == heard }
func (v openedView) Read() bool    { return v.As == read }

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

// worthWaiting is how large a picture is, in bytes, that a small one should
// stand in for until it is there.
const worthWaiting = 150_000

// Soon is the small picture that stands in for a large one until that is
// there: the very one that a gallery has shown. "" if none is needed.
func (v openedView) Soon() template.URL {
	if v.opened.File.Size < worthWaiting || !hasThumbnail(v.opened.File) {
		return ""
	}
	return v.thumbnail(tileSide)
}

// mediaType is the file's, without parameters.
func (v openedView) mediaType() string {
	t, _, _ := strings.Cut(v.opened.Type, ";")
	return t
}

// Source is the type of a picture that few browsers show: they get a small
// one. "" if all of them do.
func (v openedView) Source() string {
	switch t := v.mediaType(); t {
	case "image/jpeg", "image/png", "image/apng", "image/gif", "image/webp", "image/avif", "image/bmp", "image/svg+xml", "image/vnd.microsoft.icon":
		return ""
	default:
		return t
	}
}

// Unplayable reports whether no browser plays the file.
func (v openedView) Unplayable() bool {
	switch v.mediaType() {
	case "video/x-msvideo", "video/x-ms-wmv", "video/x-flv", "video/mpeg", "video/mp2t", "audio/x-ms-wma", "audio/midi", "audio/aiff":
		return true
	}
	return false
}

// Close is the link to the folder, to the part of it that the file is in.
func (v openedView) Close() template.URL {
	return newPager(v.opened.List, Wish{Preference: v.opened.Asked}).linkTo(v.index)
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

// query is that of the page of another file.
func (v openedView) query() string {
	var q query
	q.flag("open")
	q.add("sort", v.opened.Asked.Sort)
	q.add("order", v.opened.Asked.Order)
	return q.String()
}

// track is a piece of music to choose.
type track struct {
	Stem, Extension string
	Name            string
	Href            template.URL // of its page
	File            template.URL // of the music itself
	Current         bool
}

// Tracks is what is to be heard, this piece among it.
func (v openedView) Tracks() []track {
	all := make([]track, len(v.near))
	for i, name := range v.near {
		called := visible(name)
		stem, extension := cutExtension(called)
		all[i] = track{stem, extension, called, v.to(name), template.URL(Href(name, false)), name == v.opened.File.Name}
	}
	return all
}

// Text is the text of the file, once it has been read.
func (v openedView) Text() *text { return v.text }
