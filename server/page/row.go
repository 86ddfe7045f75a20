package page

import (
	"errors"
	"html/template"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"windowsill/server/share"
)

// rowStyle says how the rows of a page are written. A template would take ten
// times as long, and a page has up to a thousand rows.
type rowStyle struct {
	words *words
	ticks bool // each has a box to tick instead of links
	tiles bool // they are squares of a gallery
	songs songs
}

// entry is the row of an entry of the folder that is shown.
func (s rowStyle) entry(e share.Entry) template.HTML {
	var b markup
	b.raw(`<li class="`, string(kindOf(e)))
	if s.tiles && kindOf(e) == picture && !hasThumbnail(e) {
		b.raw(" missing") // so that its name is seen
	}
	if e.Err != nil {
		b.raw(" lost")
	}
	b.raw(`">`)
	s.write(&b, e, e.Name, Href(e.Name, e.Dir))
	b.raw("</li>")
	return b.done()
}

// found is the row of a search result.
func (s rowStyle) found(f share.Found) template.HTML {
	var b markup
	b.raw(`<li class="`, string(kindOf(f.Entry)))
	if f.In == "" {
		b.raw(`">`)
		s.write(&b, f.Entry, f.Name, hrefBelow(f))
	} else {
		b.raw(` below">`)
		s.write(&b, f.Entry, f.In+"/"+f.Name, hrefBelow(f))
		b.raw(`<div><a class="where" translate="no" href="`, folderBelow(f.In), `"><span>`)
		separator := ""
		for name := range strings.FieldsFuncSeq(f.In, isSlash) {
			b.raw(separator, "<bdi>").text(visible(name)).raw("</bdi>")
			separator = " / "
		}
		b.raw("</span></a></div>")
	}
	b.raw("</li>")
	return b.done()
}

// write writes the content of a row. path and href are the entry's own, as seen from
// the folder of the page.
func (s rowStyle) write(b *markup, e share.Entry, path, href string) {
	if e.Err != nil {
		s.writeLost(b, e)
		return
	}
	if s.ticks {
		s.box(b, e.Name, path)
		b.raw(`<span class="open">`)
		s.name(b, e, href)
		b.raw("</span>")
	} else {
		b.raw(`<a href="`, href, opening(e), `" class="open">`)
		s.name(b, e, href)
		b.raw("</a>")
	}
	if s.tiles {
		return
	}
	s.details(b, e)
	if !e.Dir && !s.ticks {
		b.raw(`<a href="`, href, `?download" class="save" aria-label="`).text(s.words.text("Download {{.Name}}", "Name", visible(e.Name)))
		b.raw(`"><span>`).text(s.words.text("Download")).raw("</span></a>")
	}
}

// writeLost writes the content of a row for what cannot be had.
func (s rowStyle) writeLost(b *markup, e share.Entry) {
	why := s.words.text(lossOf(e.Err))
	b.raw(`<span class="open" title="`).text(why).raw(`">`)
	s.name(b, share.Entry{Name: e.Name, Dir: e.Dir, Err: e.Err}, "")
	b.raw("</span>")
	if !s.tiles {
		b.raw("<p>").text(why).raw("</p>")
	}
}

// lossOf returns the English text that says why something cannot be had.
func lossOf(err error) string {
	switch {
	case errors.Is(err, share.ErrNotAnswering):
		return "Its drive does not answer"
	case errors.Is(err, share.ErrNotReadable):
		return "Not readable"
	}
	return "No longer there"
}

// opening is the query that opens an entry.
func opening(e share.Entry) string {
	switch {
	case e.Dir, showsItself(e):
		return ""
	case opens(e):
		return "?open"
	}
	return "?download"
}

// box writes the box to tick, whose value is the exact path.
func (s rowStyle) box(b *markup, name, path string) {
	b.raw(`<input type="checkbox" form="selection" name="name" value="`).text(path)
	b.raw(`" aria-label="`).text(s.words.text("Select {{.Name}}", "Name", visible(name))).raw(`"`)
	if !sendable(path) {
		b.raw(" disabled")
	}
	b.raw(">")
}

// sendable reports whether a form sends a text unchanged: forms only send UTF-8,
// and change line endings.
func sendable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsAny(text, "\r\n")
}

// name writes the thumbnail, if there may be one, the name, and what music says about
// itself. Films have a thumbnail if this computer can make it; otherwise the icon below
// it is seen.
func (s rowStyle) name(b *markup, e share.Entry, href string) {
	if from := s.songs.pictured(e, href); from != "" {
		side := strconv.Itoa(iconSide)
		if s.tiles {
			side = strconv.Itoa(tileSide)
		}
		b.raw(`<img src="`, from, "?thumb=", side)
		if from == href {
			b.raw("&amp;v=", version(e))
		}
		b.raw(`" width="`, side, `" height="`, side, `" alt="" loading="lazy" decoding="async">`)
	}
	stem, extension := visible(e.Name), ""
	if !e.Dir {
		stem, extension = cutExtension(stem)
	}
	b.raw(`<bdi translate="no">`)
	for part := range strings.SplitAfterSeq(stem, "_") {
		b.text(part)
		if strings.HasSuffix(part, "_") {
			b.raw("<wbr>") // browsers do not break lines there by themselves
		}
	}
	if extension != "" {
		b.raw("<span>").text(extension).raw("</span>")
	}
	b.raw("</bdi>")
	if said := s.songs.known[e.Name].String(); said != "" {
		b.raw(`<small dir="auto" translate="no">`).text(said).raw("</small>")
	}
}

// details writes the size and the modification time, as far as they are known. The
// time is in the zone of this computer until a script changes that.
func (s rowStyle) details(b *markup, e share.Entry) {
	b.raw("<p>")
	if !e.Dir {
		b.raw(`<span dir="auto">`).text(s.words.size(e.Size)).raw("</span> ")
	}
	if t := e.Modified.Local(); !t.IsZero() {
		b.raw(`<time datetime="`, t.Format(time.RFC3339), `">`).text(s.words.date(t))
		b.raw("<span>, ", t.Format("15:04"), "</span></time>")
	}
	b.raw("</p>")
}

// markup builds HTML.
type markup struct{ b strings.Builder }

// raw adds HTML, which must not come from the disk or from a device.
func (m *markup) raw(parts ...string) *markup {
	for _, part := range parts {
		m.b.WriteString(part)
	}
	return m
}

// text adds any text, escaped for use between tags and in a quoted attribute.
func (m *markup) text(s string) *markup {
	template.HTMLEscape(&m.b, []byte(s))
	return m
}

func (m *markup) done() template.HTML { return template.HTML(m.b.String()) }
