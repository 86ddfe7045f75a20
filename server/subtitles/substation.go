package subtitles

import (
	"bufio"
	"regexp"
	"strings"
	"sync"
)

// columns are those of an event, unless the file has others.
const columns = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"

// hidden matches what is no text: pictures, which are written as text, and notes.
var hidden = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\{[^{}]*\\p[1-9][^{}]*\}.*?(?:\{[^{}]*\\p0[^{}]*\}|$)|\{[^\\{}][^{}]*\}`)
})

// breaks are SubStation's own marks in a text.
var breaks = strings.NewReplacer(`\N`, "\n", `\n`, "\n", `\h`, "\u00a0")

// convertSubStation converts the events. Films often have one several times, in
// layers that make up one picture.
func convertSubStation(w *bufio.Writer, lines *bufio.Scanner) error {
	var last cue
	at := columnsIn(columns)
	for lines.Scan() {
		kind, value, _ := strings.Cut(lines.Text(), ":")
		switch strings.TrimSpace(kind) {
		case "Format":
			if found := columnsIn(value); found.text > 0 { // that of styles has none
				at = found
			}
		case "Dialogue":
			c, ok := at.event(value)
			if !ok || c.equal(last) {
				continue
			}
			if err := c.writeTo(w); err != nil {
				return err
			}
			last = c
		}
	}
	return nil
}

// indices are those of the columns that matter.
type indices struct{ start, end, text, all int }

func columnsIn(format string) (at indices) {
	for i, name := range strings.Split(format, ",") {
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "start":
			at.start = i
		case "end":
			at.end = i
		case "text":
			at.text = i
		}
		at.all = i + 1
	}
	return at
}

// event reads a line of the columns. The last one holds all that is left, with its
// commas.
func (at indices) event(line string) (c cue, ok bool) {
	cells := strings.SplitN(line, ",", at.all)
	if len(cells) < at.all {
		return cue{}, false
	}
	c.from, c.to, _, ok = readTiming(cells[at.start] + " --> " + cells[at.end])
	text := hidden().ReplaceAllString(cells[at.text], "")
	for line := range strings.SplitSeq(breaks.Replace(text), "\n") {
		c.add(line)
	}
	return c, ok
}

func (c cue) equal(other cue) bool {
	return c.from == other.from && c.to == other.to && c.plain() == other.plain()
}

// plain is the text without what says how it looks.
func (c cue) plain() string { return override().ReplaceAllString(strings.Join(c.lines, "\n"), "") }
