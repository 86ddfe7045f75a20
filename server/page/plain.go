package page

import (
	"bytes"
	"html/template"
	"io"
	"iter"

	"golang.org/x/text/transform"
)

const (
	// mostHTML bounds the HTML of a text, in bytes.
	mostHTML = 4 << 20
	// perPiece is how many lines the browser lays out at once.
	perPiece = 200
	// perWrite is how many bytes of HTML are made at once, roughly.
	perWrite = 16 << 10
)

// Lines yields the text as it is. It reads the file while it is shown, so that
// each who looks at it takes little memory, however slowly the page goes out.
func (t *text) Lines() iter.Seq[template.HTML] {
	return func(yield func(template.HTML) bool) {
		var w lineWriter
		decoded, raw := t.reader()
		buf := make([]byte, 4<<10)
		_, err := t.from.Seek(0, io.SeekStart)
		for err == nil && w.size() < mostHTML {
			var n int
			n, err = decoded.Read(buf)
			w.write(buf[:n])
			if w.b.Len() > perWrite && !yield(w.take()) {
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

// lineWriter makes HTML of a text: each line is an element, and some lines are
// one. The end of a line stays in it, for those who copy the text and for
// browsers without style.
type lineWriter struct {
	b      bytes.Buffer
	taken  int // bytes
	lines  int // that have begun
	inLine bool
}

func (w *lineWriter) size() int { return w.taken + w.b.Len() }

// take returns the HTML since it was taken last.
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
		w.b.WriteString("</span>")
		w.inLine = false
		p = p[end:]
	}
}

// begin begins a line, unless it is in one.
func (w *lineWriter) begin() {
	if w.inLine {
		return
	}
	if w.lines%perPiece == 0 {
		if w.lines > 0 {
			w.b.WriteString("</pre>\n")
		}
		w.b.WriteString(`<pre dir="auto">`)
	}
	w.b.WriteString("<span>")
	w.inLine = true
	w.lines++
}

// close ends what has begun.
func (w *lineWriter) close() {
	if w.inLine {
		w.b.WriteString("</span>")
	}
	if w.lines > 0 {
		w.b.WriteString("</pre>")
	}
}

// text writes a part of a line. Whatever HTML or a terminal would act on is
// one byte, so that a part may end within a character.
func (w *lineWriter) text(p []byte) {
	for len(p) > 0 {
		n := 0
		for n < len(p) && !isActing(p[n]) {
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

// isActing reports whether a byte cannot stand in HTML as it is.
func isActing(c byte) bool {
	switch c {
	case '&', '<', '>', '"', '\'', 0x7f:
		return true
	}
	return c < ' ' && c != '\n' && c != '\t'
}

// markControl shows what controls a terminal, but keeps the ends of lines.
func markControl(c rune) rune {
	if c == '\n' || c == '\t' || c >= ' ' && c != 0x7f {
		return c
	}
	return mark(c)
}

// newlines ends all lines with a line feed.
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
