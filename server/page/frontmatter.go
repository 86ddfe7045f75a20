package page

import (
	"regexp"
	"strings"
)

// yamlLine is a line as the settings of a document are made of: a key, a
// part of a list or of a longer value, a comment.
var yamlLine = regexp.MustCompile(`^([\pL\pN_][\pL\pN_ .-]*:(\s|$)|\s+\S|- |#|\s*$)`)

// cutFrontMatter takes from Markdown the settings in YAML that may stand
// before the text, between lines of three hyphens. Read as Markdown they would
// be a heading.
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
		case !yamlLine.MatchString(line):
			return "", body
		}
		at += len(line)
	}
	return "", body
}
