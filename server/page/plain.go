package page

import (
	"bytes"
	"html/template"
	"io"
	"iter"

	"golang.org/x/text/transform"
)

const (
	// maxHTML is how many bytes of HTML a text may have.
	maxHTML = 4 << 20
	// linesPerBlock is how many lines are in one element, which browsers lay out
	// at once.
	linesPerBlock = 200
	// bytesPerWrite is roughly how many bytes of HTML are yielded at once.
	bytesPerWrite = 16 << 10
)

// Lines yields the text as it is. It reads the file meanwhile, so that it takes
// little memory even if the page is sent slowly.
func (t *text) Lines() iter.Seq[template.HTML] {
	return func(yield func(template.HTML) bool) {
		var w lineWriter
		decoded, raw := t.reader(t.shown)
		buf := make([]byte, 4<<10)
		_, err := t.from.Seek(0, io.SeekStart)
		for err == nil && w.size() < maxHTML {
			var n int
			n, err = decoded.Read(buf)
			w.write(buf[:n])
			if w.b.Len() > bytesPerWrite && !yield(w.take()) {
				return
			}
		}
		if err == nil {
			t.shown -= raw.N // give or take what was read and not yet decoded
		} else if err != io.EOF {
			t.unread = err
		}
		w.close()
		yield(w.take())
	}
}

// lineWriter writes a text as HTML: each line is an element, and each block of
// lines is one. Line endings are kept, for copying and for browsers without style.
type lineWriter struct {
	b      bytes.Buffer
	taken  int // bytes
	lines  int // that have begun
	inLine bool
	ansi   terminal
	styled string // the class of the element for a colour that has begun; "" if none has
}

func (w *lineWriter) size() int { return w.taken + w.b.Len() }

// take returns the HTML since the last call.
func (w *lineWriter) take() template.HTML {
	made := template.HTML(w.b.String())
	w.taken += len(made)
	w.b.Reset()
	return made
}

func (w *lineWriter) write(p []byte) {
	for len(p) > 0 {
		w.begin()
		end := bytes.IndexByte(p, '\n') + 1
		if end == 0 {
			w.text(p)
			return
		}
		w.text(p[:end])
		w.unstyle()
		w.b.WriteString("</span>")
		w.inLine = false
		p = p[end:]
	}
}

// begin begins a line, unless one has begun.
func (w *lineWriter) begin() {
	if w.inLine {
		return
	}
	if w.lines%linesPerBlock == 0 {
		if w.lines > 0 {
			w.b.WriteString("</pre>\n")
		}
		w.b.WriteString(`<pre dir="auto">`)
	}
	w.b.WriteString("<span>")
	w.inLine = true
	w.lines++
}

// close ends the elements that have begun.
func (w *lineWriter) close() {
	if w.inLine {
		w.escaped(w.ansi.pending)
		w.unstyle()
		w.b.WriteString("</span>")
	}
	if w.lines > 0 {
		w.b.WriteString("</pre>")
	}
}

// text writes a part of a line, with the colours of a terminal.
func (w *lineWriter) text(p []byte) {
	for len(p) > 0 {
		n := bytes.IndexAny(p, controls)
		if n < 0 {
			n = len(p)
		}
		if len(w.ansi.pending) == 0 {
			w.escaped(p[:n])
			p = p[n:]
		}
		var shown []byte
		shown, p = w.ansi.take(p)
		w.escaped(shown)
	}
}

// unstyle ends the element with a colour.
func (w *lineWriter) unstyle() {
	if w.styled != "" {
		w.b.WriteString("</i>")
		w.styled = ""
	}
}

// escaped writes a part of a line. All characters that need an escape are single
// bytes, so a part may end within a character.
func (w *lineWriter) escaped(p []byte) {
	if class := w.ansi.class(); class != w.styled && len(p) > 0 && p[0] != '\n' {
		w.unstyle()
		if class != "" {
			w.b.WriteString(`<i class="` + class + `">`)
		}
		w.styled = class
	}
	for len(p) > 0 {
		n := 0
		for n < len(p) && !needsEscape(p[n]) {
			n++
		}
		w.b.Write(p[:n])
		if n == len(p) {
			return
		}
		w.b.WriteString(template.HTMLEscapeString(string(markControl(rune(p[n])))))
		p = p[n+1:]
	}
}

// needsEscape reports whether a byte cannot be written to HTML as it is.
func needsEscape(c byte) bool {
	switch c {
	case '&', '<', '>', '"', '\'', 0x7f:
		return true
	}
	return c < ' ' && c != '\n' && c != '\t'
}

// markControl makes control characters visible, except for line endings and tabs.
func markControl(c rune) rune {
	if c == '\n' || c == '\t' || c >= ' ' && c != 0x7f {
		return c
	}
	return mark(c)
}

// newlines makes all line endings line feeds.
type newlines struct{ transform.NopResetter }

// Transform implements [transform.Transformer].
func (newlines) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for ; nSrc < len(src); nSrc++ {
		if nDst == len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		c := src[nSrc]
		if c == '\r' {
			switch {
			case nSrc+1 < len(src) && src[nSrc+1] == '\n':
				nSrc++
			case nSrc+1 == len(src) && !atEOF:
				return nDst, nSrc, transform.ErrShortSrc
			}
			c = '\n'
		}
		dst[nDst] = c
		nDst++
	}
	return nDst, nSrc, nil
}
