package page

import (
	"strings"
	"testing"

	"windowsill/server/share"
)

func TestVisible(t *testing.T) {
	for name, want := range map[string]string{
		"plain.txt":            "plain.txt",
		"new\nline":            "new␊line",
		"\x00\x1b[31m":         "␀␛[31m",
		"del\x7f":              "del␡",
		"next\u0085line":       "next\ufffdline",
		"evil\u202egpj.exe":    "evil\ufffdgpj.exe",
		"\u2066a\u2069":        "\ufffda\ufffd",
		"\u200e\u200f\u061c":   "\ufffd\ufffd\ufffd",
		"line\u2028paragraph":  "line\ufffdparagraph",
		"not\xffutf8":          "not\ufffdutf8",
		"👩\u200d👧 می\u200cروم": "👩\u200d👧 می\u200cروم",
		"תמונה":                "תמונה",
	} {
		if got := visible(name); got != want {
			t.Errorf("visible(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestCutExtension(t *testing.T) {
	for name, want := range map[string][2]string{
		"a.jpg":                     {"a", ".jpg"},
		"a.tar.gz":                  {"a.tar", ".gz"},
		"site.webmanifest":          {"site", ".webmanifest"},
		".profile":                  {".profile", ""},
		"Makefile":                  {"Makefile", ""},
		"Dr. Who":                   {"Dr. Who", ""},
		"It ends with a dot.":       {"It ends with a dot", "."},
		"v1.averylongendingofaname": {"v1.averylongendingofaname", ""},
		"":                          {"", ""},
	} {
		stem, ext := cutExtension(name)
		if stem != want[0] || ext != want[1] {
			t.Errorf("cutExtension(%q) = %q, %q", name, stem, ext)
		}
	}
}

// Browsers break no line after an underscore by themselves.
func TestLongNamesBreakWhereWordsEnd(t *testing.T) {
	row := string(rowStyle{words: newPages(t).words}.entry(share.Entry{Name: "a_long_name_.tar_gz"}))
	if want := "<bdi translate=\"no\">a_<wbr>long_<wbr>name_<wbr><span>.tar_gz</span></bdi>"; !strings.Contains(row, want) {
		t.Errorf("%s does not hold %s", row, want)
	}
}
