package main

import (
	"bytes"
	"encoding/xml"
	"os"
	"regexp"
	"strings"
	"testing"
)

const changelog = `# Changelog

What a person notices.

## 0.2.0, unreleased

- A change with ` + "`code`" + `, <angles> & an ampersand, which is so long that it needs
  a second line.

## 0.1.0, 2026-11-30

- The first.
- The second.
`

func described(t *testing.T, in string, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(args, strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestDebianChangelog(t *testing.T) {
	const want = `windowsill (0.2.0) UNRELEASED; urgency=medium

  * A change with code, <angles> & an ampersand, which is so long that it
    needs a second line.

 -- The Windowsill authors <windowsill@localhost>  Tue, 01 Dec 2026 00:00:00 +0000

windowsill (0.1.0) unstable; urgency=medium

  * The first.
  * The second.

 -- The Windowsill authors <windowsill@localhost>  Mon, 30 Nov 2026 00:00:00 +0000
`
	if got := described(t, changelog, "debian", "2026-12-01"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMetainfo(t *testing.T) {
	var got struct {
		Release []struct {
			Version string   `xml:"version,attr"`
			Date    string   `xml:"date,attr"`
			Type    string   `xml:"type,attr"`
			Items   []string `xml:"description>ul>li"`
		} `xml:"release"`
	}
	text := "<releases>" + described(t, changelog, "metainfo", "2026-12-01") + "</releases>"
	if err := xml.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Release) != 2 || len(got.Release[0].Items) != 1 || len(got.Release[1].Items) != 2 {
		t.Fatalf("%+v", got)
	}
	first, second := got.Release[0], got.Release[1]
	if first.Version != "0.2.0" || first.Date != "2026-12-01" || first.Type != "development" ||
		first.Items[0] != "A change with code, <angles> & an ampersand, which is so long that it needs a second line." {
		t.Errorf("%+v", first)
	}
	if second.Version != "0.1.0" || second.Date != "2026-11-30" || second.Type != "stable" || second.Items[1] != "The second." {
		t.Errorf("%+v", second)
	}
}

func TestChangelogIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no release":       "# Changelog\n",
		"no date":          "## 0.1.0\n\n- A change.\n",
		"another date":     "## 0.1.0, 30.11.2026\n\n- A change.\n",
		"no such day":      "## 0.1.0, 2026-02-30\n\n- A change.\n",
		"not a list":       "## 0.1.0, unreleased\n\nA change.\n",
		"a line goes on":   "## 0.1.0, unreleased\n\n  a change.\n",
		"version of words": "## next, unreleased\n\n- A change.\n",
	} {
		if err := run([]string{"debian", "2026-12-01"}, strings.NewReader(text), new(bytes.Buffer)); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestChangelogBeginsWithTheVersionInTheTree(t *testing.T) {
	text, err := os.ReadFile("../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	toml, err := os.ReadFile("../../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`Version = "(.*)"`).FindSubmatch(toml)
	got := described(t, string(text), "debian", "2026-12-01")
	if version == nil || !strings.HasPrefix(got, "windowsill ("+string(version[1])+") ") {
		t.Errorf("the version is %s, the changelog begins with\n%s", version, got)
	}
}

const helpText = `Windowsill puts a folder
on the network.

It isn't -secret.

Usage:
  windowsill [flags] [folder]

  windowsill ~/Pictures  share that
  windowsill             open the window

Flags:
  -port N      use this port
               (otherwise 8000)
  -unannounced
               tell nobody
  -help        print this text

Exit codes:
  0  all went well
`

func TestManual(t *testing.T) {
	const want = `.TH WINDOWSILL 1 2026-12-01 "Windowsill 0.2.0" "User Commands"
.SH NAME
windowsill \- put a folder on the local network
.SH SYNOPSIS
.B windowsill
[flags] [folder]
.SH DESCRIPTION
Windowsill puts a folder on the network.
.PP
It isn\(aqt \-secret.
.SH OPTIONS
.TP
\fB\-port\fR \fIN\fR
use this port (otherwise 8000)
.TP
\fB\-unannounced\fR
tell nobody
.TP
\fB\-help\fR
print this text
.SH EXIT STATUS
.TP
\fB0\fR
all went well
.SH EXAMPLES
.TP
\fBwindowsill \(ti/Pictures\fR
share that
.TP
\fBwindowsill\fR
open the window
`
	got := described(t, helpText, "manual", "0.2.0", "2026-12-01")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestManualRefusesWhatItDoesNotUnderstand(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":    "",
		"no flags":   strings.Replace(helpText, "Flags:", "Switches:", 1),
		"loose line": strings.Replace(helpText, "  -port N ", "-port N ", 1),
	} {
		if err := run([]string{"manual", "0.2.0", "2026-12-01"}, strings.NewReader(text), new(bytes.Buffer)); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
