package page

import (
	"regexp"
	"strings"
	"sync"
)

// yamlLine matches a line of front matter: a key, a part of a list or of a longer
// value, or a comment.
var yamlLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([\pL\pN_][\pL\pN_ .-]*:(\s|$)|\s+\S|- |#|\s*$)`) })

// cutFrontMatter splits off the front matter of Markdown: settings in YAML between
// lines of three hyphens before the text, which would otherwise become a heading.
func cutFrontMatter(body string) (matter, rest string) {
	after, ok := strings.CutPrefix(body, "---\n")
	if !ok || strings.HasPrefix(after, "\n") {
		return "", body
	}
	at := 0
	for line := range strings.Lines(after) {
		switch end := strings.TrimRight(line, " \t\n"); {
		case end == "---", end == "...":
			return after[:at], after[at+len(line):]
		case !yamlLine().MatchString(line):
			return "", body
		}
		at += len(line)
	}
	return "", body
}
