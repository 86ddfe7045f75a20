package subtitles

import (
	"bufio"
	"html"
	"regexp"
	"strings"
	"sync"
	"time"
)

// cue is what is shown from one time to another.
type cue struct {
	from, to time.Duration
	settings string // of WebVTT
	lines    []string
}

// maxCue is how many lines a cue may have.
const maxCue = 64

func (c *cue) add(line string) {
	if len(c.lines) < maxCue {
		c.lines = append(c.lines, line)
	}
}

var (
	override = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{\\[^{}]*\}`) })              // SubStation's, which SubRip has too
	corner   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\\an?([1-9][01]?)(?:\D|$)`) }) // where the text goes
	tag      = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`</?([A-Za-z]+)[^<>]*>`) })     // SubRip's
	known    = map[string]bool{"i": true, "b": true, "u": true}                                                 // that WebVTT has as well
	escaper  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")                                      // so that no text is a mark
)

// writeTo writes the cue as WebVTT, unless it shows nothing. An empty line would
// end it.
func (c *cue) writeTo(w *bufio.Writer) error {
	var text []string
	settings := c.settings
	for _, line := range c.lines {
		if m := corner().FindStringSubmatch(strings.Join(override().FindAllString(line, -1), "")); m != nil && settings == "" {
			settings = position(m[1])
		}
		if line = vttText(override().ReplaceAllString(line, "")); line != "" {
			text = append(text, line)
		}
	}
	if len(text) == 0 || c.to <= c.from {
		return nil
	}
	if settings != "" {
		settings = " " + settings
	}
	_, err := w.WriteString("\n" + vttClock(c.from) + " --> " + vttClock(c.to) + settings + "\n" + strings.Join(text, "\n") + "\n")
	return err
}

// position returns the settings for a number of the keys of a keypad, which is how
// subtitles tell where they go. Below is where they are without.
func position(key string) string {
	if len(key) > 1 {
		return ""
	}
	switch key[0] {
	case '7', '8', '9':
		return "line:0"
	case '4', '5', '6':
		return "line:45%"
	}
	return ""
}

// vttText escapes a line of SubRip. Tags that WebVTT does not have are left out.
func vttText(line string) string {
	var b strings.Builder
	for line != "" {
		at := tag().FindStringSubmatchIndex(line)
		if at == nil {
			b.WriteString(escape(line))
			break
		}
		b.WriteString(escape(line[:at[0]]))
		if name := strings.ToLower(line[at[2]:at[3]]); known[name] {
			b.WriteString(line[at[0]:at[2]] + name + ">")
		}
		line = line[at[1]:]
	}
	return strings.TrimSpace(b.String())
}

// escape escapes text, in which some files have entities.
func escape(text string) string {
	text = strings.Map(func(c rune) rune {
		if c == '\n' || c == '\r' || c == 0 {
			return ' '
		}
		return c
	}, html.UnescapeString(text))
	return escaper.Replace(text)
}
