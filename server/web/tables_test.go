package web

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windowsill/server/access"
)

func TestTablesOfLibreOfficeAreReadInAnyEncoding(t *testing.T) {
	first := map[string]string{"ru": "Яблоки; красные", "ja": "りんご;赤い", "zh": "苹果;红色的"}
	files := map[string]string{}
	names, _ := filepath.Glob("testdata/libreoffice/*.csv")
	for _, name := range names {
		content, err := os.ReadFile(name)
		must(t, err)
		files[filepath.Base(name)] = string(content)
	}
	if len(files) != 6 {
		t.Fatalf("%d tables", len(files))
	}
	s, url := start(t, tree(t, files), setup{})
	s.guard.SetPolicy(access.Policy{Open: true})
	for name := range files {
		_, look := get(t, "GET", url+"/"+name+"?open", "Accept-Language: en")
		for _, want := range []string{`<td dir="auto">` + first[name[:2]] + `</td>`, `<td class="n">1,50</td>`, `<td class="n">1234,99</td>`} {
			if !strings.Contains(look, want) {
				t.Errorf("%s has no %s", name, want)
			}
		}
	}
}
