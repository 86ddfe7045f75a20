package web

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/textproto"
	"strings"
)

const (
	// lineBuffer is how long a line before a file may be, in bytes, and partHeader
	// how long all of them. A form that waits for its turn holds the former.
	lineBuffer, partHeader = 16 << 10, 64 << 10
	// maxBoundary is more than the 70 bytes that a boundary may have (RFC 2046
	// section 5.1.1).
	maxBoundary = 200
)

// parts reads the parts of a form (RFC 7578) one after the other. mime/multipart
// goes through a file 4 KiB at a time and stops at each byte that is a carriage
// return, which cost as much CPU time as receiving and writing it.
type parts struct {
	body      *bufio.Reader // of source
	source    *pushback
	delimiter []byte     // what stands before the next part's lines, or before the end
	shifts    [256]uint8 // how far the delimiter may move on if a byte meets its last one
	begun     bool       // the first part was
	inside    bool       // a part, whose Read has not returned [io.EOF]
}

// readParts reads the body of a form.
func readParts(q *http.Request) (*parts, error) {
	kind, params, err := mime.ParseMediaType(q.Header.Get("Content-Type"))
	boundary := params["boundary"]
	if err != nil || kind != "multipart/form-data" || boundary == "" || len(boundary) > maxBoundary {
		return nil, errBadForm
	}
	p := &parts{inside: true} // in what comes before the first part, which begins a line
	p.source = &pushback{[]byte("\r\n"), q.Body}
	p.body = bufio.NewReaderSize(p.source, lineBuffer)
	p.delimitBy("\r\n--" + boundary)
	return p, nil
}

// delimitBy sets the delimiter, and how it is searched for: by Horspool's
// algorithm, which looks at one byte of a file in as many as the delimiter has.
func (p *parts) delimitBy(s string) {
	p.delimiter = []byte(s)
	for c := range p.shifts {
		p.shifts[c] = uint8(len(s))
	}
	for i := range len(s) - 1 {
		p.shifts[s[i]] = uint8(len(s) - 1 - i)
	}
}

// next goes on to the next part and returns its header; [io.EOF] behind the last.
func (p *parts) next() (textproto.MIMEHeader, error) {
	if p.inside {
		if _, err := io.Copy(io.Discard, p); err != nil {
			return nil, err
		}
	}
	line, err := p.body.ReadSlice('\n')
	switch rest := string(bytes.TrimRight(line, " \t\r\n")); {
	case rest == "--" && (err == nil || err == io.EOF):
		return nil, io.EOF
	case err != nil || rest != "":
		return nil, errBadForm
	}
	if p.delimiter[0] == '\r' && !bytes.HasSuffix(line, []byte("\r\n")) {
		if p.begun {
			return nil, errBadForm
		}
		p.delimitBy(string(p.delimiter[1:])) // some scripts end lines by a line feed alone
	}
	p.begun, p.inside = true, true
	return p.header()
}

// header reads the lines before a part's content.
func (p *parts) header() (textproto.MIMEHeader, error) {
	var lines []byte
	for {
		line, err := p.body.ReadSlice('\n')
		if err != nil || len(lines)+len(line) > partHeader {
			return nil, errBadForm
		}
		lines = append(lines, line...)
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			return textproto.NewReader(bufio.NewReader(bytes.NewReader(lines))).ReadMIMEHeader()
		}
	}
}

// Read reads the part's content, and returns as much as has come.
func (p *parts) Read(b []byte) (int, error) {
	if !p.inside {
		return 0, io.EOF
	}
	if len(b) >= 2*lineBuffer && p.body.Buffered()+len(p.source.left) < len(p.delimiter)+afterBoundary {
		return p.readDirectly(b)
	}
	_, err := p.body.Peek(len(p.delimiter) + afterBoundary)
	come, _ := p.body.Peek(p.body.Buffered())
	n, found := p.find(come)
	switch {
	case found && n <= len(b):
		copy(b, come[:n])
		_, _ = p.body.Discard(n + len(p.delimiter)) // it is in the buffer
		p.inside = false
		return n, io.EOF
	case n > 0:
		n = copy(b, come[:n])
		_, _ = p.body.Discard(n)
		return n, nil
	case errors.Is(err, io.EOF):
		return 0, io.ErrUnexpectedEOF
	}
	return 0, err
}

// readDirectly is Read without a copy: into b, which is larger than all that is
// left and in the buffer, so that nothing is afterwards. What is not content goes
// back.
func (p *parts) readDirectly(b []byte) (n int, err error) {
	come := 0
	for come < len(p.delimiter)+afterBoundary && err == nil {
		n, err = p.body.Read(b[come:])
		come += n
	}
	n, found := p.find(b[:come])
	next := n
	if found {
		next, err, p.inside = n+len(p.delimiter), io.EOF, false
	} else if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	p.source.left = bytes.Clone(b[next:come])
	return n, err
}

// pushback reads what is left of something that was read before, and then on.
type pushback struct {
	left []byte
	io.Reader
}

// Read reads what is left, or else what comes.
func (p *pushback) Read(b []byte) (int, error) {
	if len(p.left) == 0 {
		return p.Reader.Read(b)
	}
	n := copy(b, p.left)
	p.left = p.left[n:]
	return n, nil
}

// find returns where the delimiter begins in what has come, or else how much of
// that is content whatever comes next.
func (p *parts) find(come []byte) (at int, found bool) {
	last := len(p.delimiter) - 1
	end := p.delimiter[last]
	for i := last; i < len(come)-afterBoundary; i += int(p.shifts[come[i]]) {
		if come[i] != end {
			continue
		}
		if at = i - last; bytes.Equal(come[at:i+1], p.delimiter) && endsBoundary(come[i+1], come[i+2]) {
			return at, true
		}
	}
	return max(0, len(come)-len(p.delimiter)-afterBoundary+1), false
}

// afterBoundary is how many bytes show whether a boundary is whole.
const afterBoundary = 2

// endsBoundary reports whether a boundary ends before these bytes, and is not
// the beginning of a longer one.
func endsBoundary(a, b byte) bool {
	return a == '-' && b == '-' || strings.IndexByte(" \t\r\n", a) >= 0
}
