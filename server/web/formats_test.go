package web

import (
	"net/http"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"windowsill/server/access"
)

// The last column of the table in FORMATS.md is what the program does.
func TestPicturesCanBeSeenAsWritten(t *testing.T) {
	doc, err := os.ReadFile("../media/FORMATS.md")
	must(t, err)
	rows := regexp.MustCompile("(?m)^\\| ([^|]+) \\| `([a-z0-9/.-]+/testdata/[^`]+|testdata/[^`]+)` \\|.*\\| ([^|]+) \\|$").FindAllStringSubmatch(string(doc), -1)
	if len(rows) < 20 {
		t.Fatalf("%d rows", len(rows))
	}
	files := map[string]string{}
	for _, row := range rows {
		content, err := os.ReadFile("../media/" + row[2])
		must(t, err)
		files[path.Base(row[2])] = string(content)
	}
	s, url := start(t, tree(t, files), setup{})
	s.guard.SetPolicy(access.Policy{Open: true})
	found := map[bool]int{true: http.StatusOK, false: http.StatusNotFound}
	for _, row := range rows {
		kind, address, does := row[1], url+"/"+path.Base(row[2]), row[3]
		small, _ := get(t, "GET", address+"?thumb=160")
		if want := found[does != "–"]; small.StatusCode != want || does != "–" && !strings.HasPrefix(small.Header.Get("Content-Type"), "image/") {
			t.Errorf("%s: a thumbnail: %s, %s; want %d", kind, small.Status, small.Header.Get("Content-Type"), want)
		}
		whole, _ := get(t, "GET", address+"?as=jpeg")
		if want := found[strings.Contains(does, "JPEG")]; whole.StatusCode != want {
			t.Errorf("%s: as JPEG: %s, want %d", kind, whole.Status, want)
		}
	}
}
