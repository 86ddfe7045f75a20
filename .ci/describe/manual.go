package main

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// row is one entry of a list in the help text: what it is about on the left,
// what is said of it on the right.
type row struct{ name, text string }

// help is a help text taken apart.
type help struct {
	intro    []string         // paragraphs
	sections map[string][]row // by heading, such as "Flags"
}

var (
	sectionLine = regexp.MustCompile(`^([A-Z][a-z ]+):$`)
	rowLine     = regexp.MustCompile(`^  (\S.*?)(?:  +(\S.*))?$`)
)

func parseHelp(text string) (help, error) {
	h := help{sections: map[string][]row{}}
	section := ""
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		lines := strings.Split(paragraph, "\n")
		if m := sectionLine.FindStringSubmatch(lines[0]); m != nil {
			section, lines = m[1], lines[1:]
		}
		if section == "" {
			h.intro = append(h.intro, strings.Join(lines, " "))
			continue
		}
		rows := h.sections[section]
		for _, line := range lines {
			switch m := rowLine.FindStringSubmatch(line); {
			case m != nil:
				rows = append(rows, row{m[1], m[2]})
			case len(rows) > 0:
				last := &rows[len(rows)-1]
				last.text = strings.TrimSpace(last.text + " " + strings.TrimSpace(line))
			default:
				return h, fmt.Errorf("the help text has a line that belongs to nothing: %q", line)
			}
		}
		h.sections[section] = rows
	}
	for _, section := range []string{"Usage", "Flags", "Exit codes"} {
		if len(h.sections[section]) == 0 {
			return h, errors.New("the help text has no section " + section)
		}
	}
	return h, nil
}

// writeManual writes a help text as a page for man(1), in the macros of
// man(7).
func writeManual(w io.Writer, text, version, date string) error {
	h, err := parseHelp(text)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, ".TH WINDOWSILL 1 %s \"Windowsill %s\" \"User Commands\"\n", date, version)
	b.WriteString(".SH NAME\nwindowsill \\- put a folder on the local network\n")
	usage := h.sections["Usage"]
	command, rest, _ := strings.Cut(usage[0].name, " ")
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n%s\n", roff(command), roff(rest))
	b.WriteString(".SH DESCRIPTION\n")
	for i, paragraph := range h.intro {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		b.WriteString(roff(paragraph) + "\n")
	}
	writeRows(&b, "OPTIONS", h.sections["Flags"])
	writeRows(&b, "EXIT STATUS", h.sections["Exit codes"])
	writeRows(&b, "EXAMPLES", usage[1:])
	_, err = io.WriteString(w, b.String())
	return err
}

// writeRows writes a section with a list. Of a flag, its value is in italics.
func writeRows(b *strings.Builder, title string, rows []row) {
	fmt.Fprintf(b, ".SH %s\n", title)
	for _, r := range rows {
		name, value := r.name, ""
		if strings.HasPrefix(name, "-") {
			name, value, _ = strings.Cut(name, " ")
		}
		fmt.Fprintf(b, ".TP\n\\fB%s\\fR", roff(name))
		if value != "" {
			fmt.Fprintf(b, " \\fI%s\\fR", roff(value))
		}
		fmt.Fprintf(b, "\n%s\n", roff(r.text))
	}
}

var special = strings.NewReplacer(`\`, `\e`, `-`, `\-`, `~`, `\(ti`, `'`, `\(aq`, "`", `\(ga`, `^`, `\(ha`)

// roff returns text as it stands in a line of a manual page.
func roff(text string) string {
	text = special.Replace(text)
	if strings.HasPrefix(text, ".") {
		return `\&` + text
	}
	return text
}
