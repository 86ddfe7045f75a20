package page

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	// maxText is how many bytes of a text are shown.
	maxText = 1 << 20
	// maxLines is how many lines of a text are shown.
	maxLines = 30_000
	// sampleBytes is how many bytes are used to guess an encoding other than
	// UTF-8.
	sampleBytes = 1024
)

// survey is what has to be known of a text before it is shown: its encoding, and
// where to end. It examines all that may be shown and holds only the beginning.
type survey struct {
	head    []byte // at most sampleBytes
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
	s.head = append(s.head, p[:min(len(p), sampleBytes-len(s.head))]...)
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
// character.
func (s *survey) end(size int64, wide bool) int64 {
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
	if wide {
		end += end & 1
	}
	return end
}

// encoding guesses the encoding of the text. wide says that all characters have an
// even number of bytes.
func (s *survey) encoding(ctype string) (e encoding.Encoding, wide bool) {
	even, odd := zeros(s.head)
	switch {
	case bytes.HasPrefix(s.head, []byte("\xfe\xff")), even > 0.3 && odd < 0.05:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), true
	case bytes.HasPrefix(s.head, []byte("\xff\xfe")), odd > 0.3 && even < 0.05:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), true
	case !s.invalid:
		return unicode.UTF8BOM, false
	}
	if strings.HasPrefix(ctype, "text/html") {
		if e, _, _ := charset.DetermineEncoding(s.head, ctype); e != encoding.Replacement {
			return e, false
		}
	}
	return charmap.Windows1252, false
}

// zeros returns how many of the bytes at even and at odd offsets are zero, as a
// fraction: Latin text in UTF-16 has many.
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
