package page

import (
	"bytes"
	"html/template"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	// longestText is how much of a text is shown, in bytes.
	longestText = 1 << 20
	// mostLines is how many lines of a text are shown.
	mostLines = 30_000
	// perPiece is how many lines the browser lays out at once.
	perPiece = 200
)

// text is a text to read.
type text struct {
	name  string // of the file
	ctype string // without parameters
	body  string // the beginning of the text, UTF-8
	shown int64  // bytes of the file that body was made of
	size  int64  // bytes of the whole file
}

// readText reads the beginning of a text, in whatever encoding it is.
func readText(from io.Reader, ctype string) (*text, error) {
	head, err := io.ReadAll(io.LimitReader(from, longestText+1))
	if err != nil {
		return nil, err
	}
	t := &text{size: int64(len(head))}
	if len(head) > longestText {
		head = wholeLines(head[:longestText])
	}
	t.body, t.shown = decode(head, ctype), int64(len(head))
	t.body = strings.ReplaceAll(strings.ReplaceAll(t.body, "\r\n", "\n"), "\r", "\n")
	if end := nthLine(t.body, mostLines); end < len(t.body) {
		t.shown = t.shown * int64(end) / int64(len(t.body)) // as good as it can be told
		t.body = t.body[:end]
	}
	return t, nil
}

// wholeLines leaves off a line that was cut, unless it is a very long one.
func wholeLines(head []byte) []byte {
	if i := bytes.LastIndexByte(head, '\n'); i > len(head)-longestText/16 {
		return head[:i+1]
	}
	return head
}

// nthLine returns where in a text the n-th line ends.
func nthLine(body string, n int) int {
	at := 0
	for range n {
		i := strings.IndexByte(body[at:], '\n')
		if i < 0 {
			return len(body)
		}
		at += i + 1
	}
	return at
}

// decode makes UTF-8 of a text.
func decode(head []byte, ctype string) string {
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		head = head[3:]
	}
	e := encodingOf(head, ctype)
	if e == nil {
		return strings.ToValidUTF8(string(head), "\uFFFD")
	}
	decoded, err := e.NewDecoder().Bytes(head)
	if err != nil {
		decoded = head
	}
	return strings.ToValidUTF8(string(decoded), "\uFFFD")
}

// encodingOf guesses what a text is written in; nil means UTF-8.
func encodingOf(head []byte, ctype string) encoding.Encoding {
	even, odd := zeros(head[:min(len(head), 1024)])
	switch {
	case bytes.HasPrefix(head, []byte("\xfe\xff")), even > 0.3 && odd < 0.05:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xff\xfe")), odd > 0.3 && even < 0.05:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case validBeginning(head):
		return nil
	}
	if strings.HasPrefix(ctype, "text/html") {
		e, _, _ := charset.DetermineEncoding(head, ctype)
		return e
	}
	return charmap.Windows1252
}

// validBeginning reports whether a text is UTF-8, but for a character at its
// end that was cut in two.
func validBeginning(head []byte) bool {
	for range utf8.UTFMax {
		if utf8.Valid(head) {
			return true
		}
		if len(head) > 0 {
			head = head[:len(head)-1]
		}
	}
	return false
}

// zeros tells how much of the bytes at even and at odd places is zero: text of
// two bytes for each character has many, where it is Latin.
func zeros(head []byte) (even, odd float64) {
	var n [2]int
	for i, c := range head {
		if c == 0 {
			n[i%2]++
		}
	}
	half := float64(max(1, len(head)/2))
	return float64(n[0]) / half, float64(n[1]) / half
}

// Cut reports whether there is more of the text than is shown.
func (t *text) Cut() bool { return t.shown < t.size }

// Shown and All are how many bytes are shown, and how many there are.
func (t *text) Shown() int64 { return t.shown }
func (t *text) All() int64   { return t.size }

// Empty reports whether there is nothing to read.
func (t *text) Empty() bool { return strings.TrimSpace(t.body) == "" }

// Formatted reports whether it is Markdown.
func (t *text) Formatted() bool { return t.ctype == "text/markdown" }

// Plain reports whether the text is for people, who count no lines.
func (t *text) Plain() bool {
	switch extension := strings.ToLower(t.extension()); extension {
	case ".txt", ".text", ".nfo", ".srt", ".sub", ".lst", ".rst", ".adoc", ".org", "":
		return true
	}
	return false
}

func (t *text) extension() string {
	_, extension := cutExtension(t.name)
	return extension
}

// Pieces yields the text, some lines at a time, each line in an element.
func (t *text) Pieces() iter.Seq[template.HTML] {
	return func(yield func(template.HTML) bool) {
		for rest := t.body; rest != ""; {
			end := nthLine(rest, perPiece)
			if !yield(lines(rest[:end])) {
				return
			}
			rest = rest[end:]
		}
	}
}

// lines wraps each line in an element. Its end stays in it, for those who copy
// the text and for browsers without style.
func lines(body string) template.HTML {
	var b markup
	for line := range strings.Lines(body) {
		b.raw(`<span>`).text(strings.Map(markControl, line)).raw(`</span>`)
	}
	return b.done()
}

// markControl shows what controls a terminal, but keeps the ends of lines.
func markControl(c rune) rune {
	if c == '\n' || c == '\t' || c >= ' ' && c != 0x7f {
		return c
	}
	return mark(c)
}
