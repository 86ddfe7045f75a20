package page

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	htmlcharset "golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/language"

	"windowsill/server/charset"
)

const (
	// maxText is how many bytes of a text are shown.
	maxText = 1 << 20
	// maxLines is how many lines of a text are shown.
	maxLines = 30_000
	// headBytes is how many bytes of a page of HTML may name its encoding.
	headBytes = 1024
)

// survey is what has to be known of a text before it is shown: its encoding, and
// where to end. It examines all that may be shown and holds only a sample.
type survey struct {
	head    []byte // at most headBytes
	sample  charset.Sample
	seen    int64  // bytes
	lines   int    // at most maxLines
	lineEnd int64  // bytes up to the end of the last of them
	blank   bool   // there is nothing but space
	partial []byte // the beginning of a character of UTF-8
	invalid bool   // it is not UTF-8
}

// surveyed examines the beginning of a text.
func surveyOf(from io.Reader) (*survey, error) {
	s := &survey{blank: true}
	_, err := io.Copy(s, io.LimitReader(from, maxText))
	return s, err
}

// Write examines the next part of the text. It never fails.
func (s *survey) Write(p []byte) (int, error) {
	s.head = append(s.head, p[:min(len(p), headBytes-len(s.head))]...)
	s.sample.Write(p)
	s.blank = s.blank && len(bytes.Trim(p, " \t\r\n\x00")) == 0
	s.countLines(p)
	s.seen += int64(len(p))
	whole := append(s.partial, p...)
	end := len(whole) - len(partialRune(whole))
	s.invalid = s.invalid || !utf8.Valid(whole[:end])
	s.partial = bytes.Clone(whole[end:])
	return len(p), nil
}

func (s *survey) countLines(p []byte) {
	for at := 0; s.lines < maxLines; s.lines++ {
		i := bytes.IndexByte(p[at:], '\n')
		if i < 0 {
			return
		}
		at += i + 1
		s.lineEnd = s.seen + int64(at)
	}
}

// partialRune returns the beginning of a character at the end of a text.
func partialRune(p []byte) []byte {
	for i := len(p) - 1; i >= max(0, len(p)-utf8.UTFMax); i-- {
		if utf8.RuneStart(p[i]) && utf8.FullRune(p[i:]) {
			return nil
		}
		if utf8.RuneStart(p[i]) {
			return p[i:]
		}
	}
	return nil
}

// end returns how many bytes of a text of size bytes to show. One that is too long
// ends with a whole line, unless that is very long, or else with a whole
// character; the encoding's characters take a multiple of unit bytes.
func (s *survey) end(size int64, unit int) int64 {
	end := s.seen
	switch {
	case s.lines == maxLines:
		end = s.lineEnd
	case size <= s.seen:
		return s.seen
	case s.lineEnd > s.seen-maxText/16:
		end = s.lineEnd
	case !s.invalid:
		end -= int64(len(s.partial))
	}
	return end + -end&int64(unit-1)
}

// encoding returns the encoding of the text: the one that its HTML names, or the
// one that is likely for a reader of these languages. It is sure of UTF-8.
func (s *survey) encoding(ctype string, languages []language.Tag) (n charset.Name, sure bool) {
	n = s.sample.Detect(languages)
	if n == charset.UTF8 && !s.invalid {
		return n, true
	}
	if n.Unit() == 1 && strings.HasPrefix(ctype, "text/html") {
		if e, name, certain := htmlcharset.DetermineEncoding(s.head, ctype); certain && e != encoding.Replacement {
			return charset.Name(name), false
		}
	}
	return n, false
}
