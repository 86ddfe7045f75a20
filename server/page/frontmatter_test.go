package page

import "testing"

func TestFrontMatterIsNoHeading(t *testing.T) {
	doc := opened(t, "a.md", "---\ntitle: My <b>note</b>\ntags: [a, b]\n---\n# Note\n\nText")
	article := withTag(t, doc, "article")
	if got := said(withTag(t, article, "pre")); got != "title: My <b>note</b>\ntags: [a, b]" {
		t.Errorf("the settings are shown as %q", got)
	}
	if got := headings(doc); len(got) != 1 || got[0] != "note" {
		t.Errorf("headings %q, want that of the text alone", got)
	}
}

func TestWhatIsFrontMatter(t *testing.T) {
	for body, want := range map[string]struct{ matter, rest string }{
		"---\na: b\n---\ntext":                      {"a: b\n", "text"},
		"---\na: b\n...\ntext":                      {"a: b\n", "text"},
		"---\na:\n  - b\n# c\n- d\n\nä-e f: g\n---": {"a:\n  - b\n# c\n- d\n\nä-e f: g\n", ""},
		"---\n---\ntext":                            {"", "text"},
		"---\na: b\n--- \ntext":                     {"a: b\n", "text"},
		"---\na: b\n":                               {"", "---\na: b\n"},
		"---\n\nAfter a line.\n\n---\n":             {"", "---\n\nAfter a line.\n\n---\n"},
		"---\nAfter a line.\n---\n":                 {"", "---\nAfter a line.\n---\n"},
		"text\n---\na: b\n---\n":                    {"", "text\n---\na: b\n---\n"},
		"":                                          {"", ""},
	} {
		if matter, rest := cutFrontMatter(body); matter != want.matter || rest != want.rest {
			t.Errorf("%q is cut into %q and %q, want %q and %q", body, matter, rest, want.matter, want.rest)
		}
	}
}
