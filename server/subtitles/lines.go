package subtitles

import (
	"bufio"
	"bytes"
	"io"
)

// maxLine is how long a line may be, in bytes. A longer one becomes several.
const maxLine = 16 << 10

// linesOf reads a text line by line, whatever ends them.
func linesOf(r io.Reader) *bufio.Scanner {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 4<<10), maxLine+1)
	s.Split(splitLine)
	return s
}

func splitLine(data []byte, atEOF bool) (advance int, line []byte, err error) {
	i := bytes.IndexAny(data, "\r\n")
	switch {
	case i >= 0 && data[i] == '\r' && i+1 == len(data) && !atEOF && i < maxLine:
		return 0, nil, nil // a \n may follow
	case i >= 0 && data[i] == '\r' && i+1 < len(data) && data[i+1] == '\n':
		return i + 2, data[:i], nil
	case i >= 0:
		return i + 1, data[:i], nil
	case len(data) >= maxLine || atEOF && len(data) > 0:
		return len(data), data, nil
	}
	return 0, nil, nil
}
