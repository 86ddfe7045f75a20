package subtitles

import (
	"bufio"
	"io"
	"strings"
	"time"
)

// Event is a subtitle as it is in a film.
type Event struct {
	From, To time.Duration
	Text     string
}

// ConvertEvents writes the subtitles of a film as WebVTT. Format is how their texts are
// written: like those of files with this extension ("srt", "ass", "vtt"), or without any
// marks ("txt"). The error is that of writing.
func ConvertEvents(w io.Writer, events []Event, format string) error {
	out := bufio.NewWriter(w)
	if _, err := out.WriteString("WEBVTT\n"); err != nil {
		return err
	}
	var last cue
	for _, e := range events {
		c := e.cue(format)
		if c.equal(last) { // layers of one picture
			continue
		}
		write := c.writeTo
		if format == "vtt" {
			write = c.writeAsIs
		}
		if err := write(out); err != nil {
			return err
		}
		last = c
	}
	return out.Flush()
}

// cue returns what is shown.
func (e Event) cue(format string) cue {
	text := strings.ToValidUTF8(e.Text, "\ufffd")
	switch format {
	case "ass":
		// ReadOrder, Layer, Style, Name, MarginL, MarginR, MarginV, Effect, Text
		cells := strings.SplitN(text, ",", 9)
		text = breaks.Replace(hidden().ReplaceAllString(cells[len(cells)-1], ""))
	case "txt":
		text = escaper.Replace(text)
	}
	c := cue{from: e.From, to: e.To}
	for lines := linesOf(strings.NewReader(text)); lines.Scan(); {
		c.add(lines.Text())
	}
	return c
}

// writeAsIs writes a text that has WebVTT's own marks.
func (c *cue) writeAsIs(w *bufio.Writer) error {
	var text string
	for _, line := range c.lines {
		if line = strings.TrimSpace(strings.ReplaceAll(line, "-->", "→")); line != "" {
			text += line + "\n"
		}
	}
	if text == "" || c.to <= c.from {
		return nil
	}
	_, err := w.WriteString("\n" + vttClock(c.from) + " --> " + vttClock(c.to) + "\n" + text)
	return err
}
