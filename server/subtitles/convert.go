package subtitles

import (
	"bufio"
	"io"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/transform"

	"windowsill/server/charset"
)

const (
	// maxFile is how much of a file is converted, in bytes. Those with fonts in
	// them are as long as that.
	maxFile = 32 << 20
	// maxSample is how much of it may show its encoding.
	maxSample = 1 << 20
)

// Convert writes a file of subtitles as WebVTT. Its name tells the format, and
// perhaps the language; languages are those of whoever reads, best first: both are
// hints of the encoding. What cannot be understood is left out. The error is that
// of reading or writing.
func Convert(w io.Writer, file io.ReadSeeker, name string, languages []language.Tag) error {
	if tag, ok := languageIn(name); ok {
		languages = append([]language.Tag{tag}, languages...)
	}
	var sample charset.Sample
	if _, err := io.Copy(&sample, io.LimitReader(file, maxSample)); err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	decoder := sample.Detect(languages).Encoding().NewDecoder()
	return convert(w, transform.NewReader(io.LimitReader(file, maxFile), decoder), name)
}

// convert is Convert of a text in UTF-8.
func convert(w io.Writer, text io.Reader, name string) error {
	out, lines := bufio.NewWriter(w), linesOf(text)
	if _, err := out.WriteString("WEBVTT\n"); err != nil {
		return err
	}
	var err error
	switch formatOf(name) {
	case subRip:
		err = convertSubRip(out, lines)
	case subStation:
		err = convertSubStation(out, lines)
	case webVTT:
		err = convertWebVTT(out, lines)
	}
	if err == nil {
		err = lines.Err()
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// convertSubRip converts what has a number, a line of times, and text, until the
// next of these: the empty line between is often missing, or in the text. Players
// of a film do the same.
func convertSubRip(w *bufio.Writer, lines *bufio.Scanner) error {
	var c cue
	for lines.Scan() {
		line := lines.Text()
		from, to, _, ok := readTiming(line)
		switch {
		case ok:
			c.dropNumber()
			if err := c.writeTo(w); err != nil {
				return err
			}
			c = cue{from: from, to: to}
		case spoilt(line):
			c.dropNumber()
			if err := c.writeTo(w); err != nil {
				return err
			}
			c = cue{}
		default:
			c.add(line)
		}
	}
	return c.writeTo(w)
}

// dropNumber drops the number of the cue that follows.
func (c *cue) dropNumber() {
	if last := len(c.lines) - 1; last >= 0 && isNumber(strings.TrimSpace(c.lines[last])) {
		c.lines = c.lines[:last]
	}
}

func isNumber(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// spoilt reports whether a line was to say when something is shown.
func spoilt(line string) bool {
	line = strings.TrimSpace(line)
	return strings.Contains(line, "-->") && line[0] >= '0' && line[0] <= '9' && strings.Contains(line, ":")
}

// convertWebVTT writes it as it is, apart from times with a comma, as SubRip has
// them, and a header that is missing.
func convertWebVTT(w *bufio.Writer, lines *bufio.Scanner) error {
	for first := true; lines.Scan(); first = false {
		line := lines.Text()
		if rest, ok := strings.CutPrefix(line, "WEBVTT"); first && ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			continue
		}
		if from, to, settings, ok := readTiming(line); ok {
			line = strings.TrimSpace(vttClock(from) + " --> " + vttClock(to) + " " + settings)
		}
		if first {
			line = "\n" + line
		}
		if _, err := w.WriteString(line + "\n"); err != nil {
			return err
		}
	}
	return nil
}
