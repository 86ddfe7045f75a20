package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"
)

// release is one heading of the changelog and the list below it.
type release struct {
	version string
	date    time.Time
	out     bool // it has been released
	changes []string
}

var heading = regexp.MustCompile(`^## (\d+\.\d+\.\d+), (unreleased|\d{4}-\d\d-\d\d)$`)

// parseChangelog returns the releases, newest first. today stands for the date
// of one that is not released.
func parseChangelog(text string, today time.Time) (releases []release, err error) {
	for line := range strings.Lines(strings.ReplaceAll(text, "`", "")) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "## ") {
			r, err := parseHeading(line, today)
			if err != nil {
				return nil, err
			}
			releases = append(releases, r)
			continue
		}
		if len(releases) == 0 || line == "" {
			continue
		}
		last := &releases[len(releases)-1]
		change, begins := strings.CutPrefix(line, "- ")
		more, goesOn := strings.CutPrefix(line, "  ")
		switch {
		case begins:
			last.changes = append(last.changes, change)
		case goesOn && len(last.changes) > 0:
			last.changes[len(last.changes)-1] += " " + more
		default:
			return nil, fmt.Errorf("the changelog has a line that is no part of a list: %q", line)
		}
	}
	if len(releases) == 0 {
		return nil, errors.New("the changelog has no releases")
	}
	return releases, nil
}

func parseHeading(line string, today time.Time) (release, error) {
	m := heading.FindStringSubmatch(line)
	if m == nil {
		return release{}, fmt.Errorf("the changelog has the heading %q, which is not \"## VERSION, DATE\"", line)
	}
	if m[2] == "unreleased" {
		return release{version: m[1], date: today}, nil
	}
	date, err := time.Parse(time.DateOnly, m[2])
	return release{version: m[1], date: date, out: true}, err
}

// writeDebian writes a changelog as deb-changelog(5) has it.
func writeDebian(w io.Writer, releases []release) error {
	var b strings.Builder
	for i, r := range releases {
		if i > 0 {
			b.WriteString("\n")
		}
		suite := "unstable"
		if !r.out {
			suite = "UNRELEASED"
		}
		fmt.Fprintf(&b, "windowsill (%s) %s; urgency=medium\n\n", r.version, suite)
		for _, change := range r.changes {
			fmt.Fprintf(&b, "  * %s\n", strings.ReplaceAll(wrap(change, 74), "\n", "\n    "))
		}
		fmt.Fprintf(&b, "\n -- The Windowsill authors <windowsill@localhost>  %s\n", r.date.Format(time.RFC1123Z))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// wrap breaks a text into lines of at most width letters, where words allow it.
func wrap(text string, width int) string {
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(text) {
		switch {
		case column == 0:
		case column+1+len(word) > width:
			b.WriteString("\n")
			column = 0
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}

// writeMetainfo writes the elements inside <releases>, as AppStream 0.16 has
// them.
func writeMetainfo(w io.Writer, releases []release) error {
	var b strings.Builder
	for _, r := range releases {
		kind := "stable"
		if !r.out {
			kind = "development"
		}
		fmt.Fprintf(&b, "    <release version=%q date=%q type=%q>\n      <description>\n        <ul>\n", r.version, r.date.Format(time.DateOnly), kind)
		for _, change := range r.changes {
			b.WriteString("          <li>")
			if err := xml.EscapeText(&b, []byte(change)); err != nil {
				return err
			}
			b.WriteString("</li>\n")
		}
		b.WriteString("        </ul>\n      </description>\n    </release>\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
