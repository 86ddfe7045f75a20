package page

import (
	"html/template"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"windowsill/server/share"
)

// rowStyle says how the entries of a page are written. They are written here
// and not by a template, which would take ten times as long: a page has up to a
// thousand of them.
type rowStyle struct {
	words *words
	side  int  // of thumbnails, in pixels
	ticks bool // each has a box to tick in place of its links
	plain bool // the one link of each leads to the file itself
}

// entry is the row of something in the folder that is shown.
func (s rowStyle) entry(e share.Entry) template.HTML {
	var b markup
	b.raw(`<li class="`, string(kindOf(e)), `">`)
	s.write(&b, e, Href(e.Name, e.Dir))
	b.raw("</li>")
	return b.done()
}

// found is the row of something that lies further down.
func (s rowStyle) found(f share.Found) template.HTML {
	var b markup
	b.raw(`<li class="`, string(kindOf(f.Entry)))
	if f.In == "" {
		b.raw(`">`)
		s.write(&b, f.Entry, hrefBelow(f))
	} else {
		b.raw(` below">`)
		s.write(&b, f.Entry, hrefBelow(f))
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

// write writes what is in a row. Href leads to the entry itself.
func (s rowStyle) write(b *markup, e share.Entry, href string) {
	if s.ticks {
		b.raw(`<label class="open">`)
		s.box(b, e.Name)
		s.name(b, e, href)
		b.raw("</label>")
	} else {
		how := opening(e)
		if s.plain {
			how = ""
		}
		b.raw(`<a class="open" href="`, href, how, `">`)
		s.name(b, e, href)
		b.raw("</a>")
	}
	s.details(b, e)
	if !e.Dir && !s.ticks && !s.plain {
		b.raw(`<a class="save" href="`, href, `?download" aria-label="`).text(s.words.text("Download {{.Name}}", "Name", visible(e.Name)))
		b.raw(`"><span>`).text(s.words.text("Download")).raw("</span></a>")
	}
}

// opening is the query that a tap on an entry adds to its address.
func opening(e share.Entry) string {
	switch {
	case e.Dir, showsItself(e): // browsers show these by themselves
		return ""
	case opens(e):
		return "?open"
	}
	return "?download"
}

// box writes the box to tick, which sends the exact name.
func (s rowStyle) box(b *markup, name string) {
	b.raw(`<input type="checkbox" name="name" value="`).text(name)
	b.raw(`" aria-label="`).text(s.words.text("Select {{.Name}}", "Name", visible(name))).raw(`"`)
	if !sendable(name) {
		b.raw(" disabled")
	}
	b.raw(">")
}

// sendable reports whether a form sends a text as it is: it can send no bytes
// that are not UTF-8, and changes the ends of lines.
func sendable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsAny(text, "\r\n")
}

// name writes the thumbnail, if there may be one, and the name. Films have one
// if this computer can make it; else what lies below it is seen. An extension is
// not to be broken apart.
func (s rowStyle) name(b *markup, e share.Entry, href string) {
	if hasThumbnail(e) || kindOf(e) == film {
		side := strconv.Itoa(s.side)
		b.raw(`<img src="`, href, "?thumb=", side, "&amp;v=", version(e))
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
			b.raw("<wbr>") // where browsers break no line by themselves
		}
	}
	if extension != "" {
		b.raw("<span>").text(extension).raw("</span>")
	}
	b.raw("</bdi>")
}

// details writes the size and the time of the last change, as far as there
// are such. The time is this computer's, until a script knows better.
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

// markup is HTML on its way.
type markup struct{ b strings.Builder }

// raw adds HTML: never what came from the disk or from a visitor.
func (m *markup) raw(parts ...string) *markup {
	for _, part := range parts {
		m.b.WriteString(part)
	}
	return m
}

// text adds a text that may hold anything. It is right between tags, and in
// the quotes of an attribute.
func (m *markup) text(s string) *markup {
	template.HTMLEscape(&m.b, []byte(s))
	return m
}

func (m *markup) done() template.HTML { return template.HTML(m.b.String()) }
