package charset

import "bytes"

const (
	// headBytes is how much of the beginning of a text shows its structure: a
	// multiple of 4, so that no character of UTF-32 is cut.
	headBytes = 1024
	// maxLines is how many bytes of lines are looked at to guess.
	maxLines = 8 << 10
)

// A Sample is what is needed of a text to find out its encoding: its beginning,
// and the first lines that are not ASCII, wherever they are. The text is written
// to it, all or as much as there is. The zero value is a Sample of nothing.
type Sample struct {
	head  []byte
	lines []byte // that are not ASCII
	line  []byte // the current one
}

// Write takes the next part of the text. It never fails.
func (s *Sample) Write(p []byte) (int, error) {
	all := len(p)
	s.head = append(s.head, p[:min(len(p), headBytes-len(s.head))]...)
	for len(p) > 0 && len(s.lines) < maxLines {
		n := min(len(p), maxLines-len(s.line))
		if end := bytes.IndexByte(p[:n], '\n'); end >= 0 {
			n = end + 1
		}
		s.line = append(s.line, p[:n]...)
		p = p[n:]
		if s.line[len(s.line)-1] == '\n' || len(s.line) == maxLines {
			s.takeLine()
		}
	}
	return all, nil
}

// takeLine keeps the current line if it is not ASCII, or hides Japanese in it.
func (s *Sample) takeLine() {
	if !isASCII(s.line) || switchesToJapanese(s.line) {
		s.lines = append(s.lines, s.line[:min(len(s.line), maxLines-len(s.lines))]...)
	}
	s.line = s.line[:0]
}

// foreign returns the lines that are not ASCII.
func (s *Sample) foreign() []byte {
	if len(s.lines) < maxLines {
		s.takeLine()
	}
	return s.lines
}

func isASCII(p []byte) bool {
	for _, c := range p {
		if c > 0x7f {
			return false
		}
	}
	return true
}
