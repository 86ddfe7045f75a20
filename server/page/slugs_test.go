package page

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// The anchors are those that GitHub makes of the same headings.
func TestHeadingsHaveTheAnchorsThatGitHubGivesThem(t *testing.T) {
	for markdown, want := range map[string][]string{
		"# Usage":             {"usage"},
		"# Hello, World! (2)": {"hello-world-2"},
		"# Überschrift Eins\n## 日本語 見出し\n## Просто": {"überschrift-eins", "日本語-見出し", "просто"},
		"# snake_case and kebab-case":               {"snake_case-and-kebab-case"},
		"# a & b":                                   {"a--b"},
		"# a &amp; b":                               {"a--b"},
		`# \*a\* b`:                                 {"a-b"},
		"# `code()` and *emphasis*":                 {"code-and-emphasis"},
		"# `&amp;`":                                 {"amp"},
		"# [text](https://example.org/)":            {"text"},
		"# ![logo](logo.png) Name":                  {"-name"},
		"# 🚀 Launch":                                {"-launch"},
		"Underlined\n===":                           {"underlined"},
		"# Fixed\n# Fixed\n# Fixed":                 {"fixed", "fixed-1", "fixed-2"},
		"# Fixed\n# Fixed 1\n# Fixed":               {"fixed", "fixed-1", "fixed-2"},
		"# Fixed-1\n# Fixed\n# Fixed\n# Fixed-1":    {"fixed-1", "fixed", "fixed-2", "fixed-1-1"},
	} {
		if got := headings(opened(t, "a.md", markdown)); !slices.Equal(got, want) {
			t.Errorf("%q has the anchors %q, want %q", markdown, got, want)
		}
	}
}

// headings returns the anchors in a document, without what sets them apart
// from those of the page around it.
func headings(doc *html.Node) (ids []string) {
	for _, article := range elements(doc, "article") {
		for _, e := range elements(article, "") {
			if id := attr(e, "id"); id != "" {
				ids = append(ids, strings.TrimPrefix(id, anchors))
			}
		}
	}
	return ids
}

func TestContentsLeadToHeadings(t *testing.T) {
	doc := opened(t, "a.md", "[a](#überschrift-eins) [b](#%C3%BCberschrift-eins)\n\n# Überschrift Eins")
	for _, a := range elements(withTag(t, doc, "article"), "a") {
		if got, want := attr(a, "href"), "#text-%C3%BCberschrift-eins"; got != want {
			t.Errorf("a link leads to %q, want %q", got, want)
		}
	}
}

// A changelog repeats the same few headings: an anchor must not be looked for
// from the start each time.
func TestAnchorsOfRepeatedHeadingsAreFoundAtOnce(t *testing.T) {
	s := slugs{}
	for range 100_000 {
		s.next("Fixed")
	}
	if got := s.next("Fixed"); got != "fixed-100000" {
		t.Errorf("the last anchor is %q", got)
	}
}

func FuzzSlugs(f *testing.F) {
	f.Add("Fixed\nFixed\nFixed-1\nFixed")
	f.Add("a-1-1\na-1\na\na\na-1\na")
	f.Add("\xff\n🚀\n \n-\nÄ")
	f.Fuzz(func(t *testing.T, headings string) {
		s, seen := slugs{}, map[string]bool{}
		for heading := range strings.Lines(headings) {
			slug := s.next(heading)
			if seen[slug] {
				t.Errorf("%q: the anchor %q comes twice", headings, slug)
			}
			if strings.ContainsAny(slug, " \n\"'<>&#%") {
				t.Errorf("%q: the anchor %q cannot stand in an address", heading, slug)
			}
			seen[slug] = true
		}
	})
}

func BenchmarkChangelog(b *testing.B) {
	var changelog strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&changelog, "## 1.0.%d\n\n### Fixed\n\n- a thing\n", i)
	}
	b.SetBytes(int64(changelog.Len()))
	for b.Loop() {
		if err := layOutMarkdown([]byte(changelog.String()), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
