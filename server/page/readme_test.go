package page

import (
	"strings"
	"testing"

	"windowsill/server/share"
)

func TestReadmeBelowAList(t *testing.T) {
	for name, c := range map[string]struct {
		files []string
		f     Folder
		want  string
	}{
		"one":            {[]string{"a.txt", "README.md"}, Folder{Readme: true}, "README.md?open"},
		"in lower case":  {[]string{"readme.MD"}, Folder{Readme: true}, "readme.MD?open"},
		"none":           {[]string{"a.md", "README.md.txt"}, Folder{Readme: true}, ""},
		"a folder":       {[]string{"README.md/"}, Folder{Readme: true}, ""},
		"switched off":   {[]string{"README.md"}, Folder{}, ""},
		"while choosing": {[]string{"README.md"}, Folder{Readme: true, Asked: paramsOf("select")}, ""},
		"for a program":  {[]string{"README.md"}, Folder{Readme: true, Plain: true}, ""},
	} {
		c.f.Share, c.f.List = "S", folderOf(t, c.files...)
		doc := parsed(t, c.f)
		got := ""
		for _, section := range withClass(doc, "readme") {
			got = attr(elements(section, "a")[0], "href")
		}
		scripts := 0
		for _, e := range elements(doc, "script") {
			if strings.Contains(attr(e, "src"), "readme.js") {
				scripts++
			}
		}
		if got != c.want || (scripts > 0) != (c.want != "") {
			t.Errorf("%s: a link to %q and %d scripts, want %q", name, got, scripts, c.want)
		}
	}
}

func TestTextOfAVisitorIsNamedSo(t *testing.T) {
	for _, theirs := range []bool{false, true} {
		doc := look(t, Opened{
			Share: "S", List: folderOf(t, "README.md"), File: share.Entry{Name: "README.md", Size: 1}, Type: "text/markdown",
			Content: strings.NewReader("a"), Theirs: theirs,
		})
		if got := strings.Contains(said(doc), "A visitor may have written this."); got != theirs {
			t.Errorf("of a visitor: %v, want %v", got, theirs)
		}
	}
}
