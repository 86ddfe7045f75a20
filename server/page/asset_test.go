package page

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"math"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"windowsill/server/share"
)

func TestEveryPage(t *testing.T) {
	docs := everyPage(t)
	t.Run("finds its assets", func(t *testing.T) { checkAssets(t, docs) })
	t.Run("asks at once for all that its scripts import", func(t *testing.T) { checkModules(t, docs) })
	t.Run("holds no script and no style", func(t *testing.T) { checkNothingInline(t, docs) })
	t.Run("shows the way through", func(t *testing.T) { checkLandmarks(t, docs) })
}

// everyPage returns a page of each kind.
func everyPage(t *testing.T) []*html.Node {
	t.Helper()
	var b bytes.Buffer
	if err := newPages(t).Message(&b, Message{Status: 404, Title: "T", Text: "X", Home: true}); err != nil {
		t.Fatal(err)
	}
	docs := []*html.Node{
		parse(t, b.String()),
		parsed(t, Folder{Share: "S", List: folderOf(t)}),
		parsed(t, Folder{Share: "S", Path: "a/b", List: folderOf(t, "x/", "y.txt")}),
		parsed(t, Folder{Share: "S", Path: "a", List: folderOf(t, numbered(1001)...)}),
	}
	for _, found := range [][]share.Found{nil, {{Entry: share.Entry{Name: "a.txt"}}, {In: "b/c", Entry: share.Entry{Name: "d", Dir: true}}}} {
		docs = append(docs, searched(t, Search{Share: "S", Path: "a", Query: "q", Found: results(nil, found...)}))
	}
	for _, name := range []string{"a.jpg", "a.tiff", "a.mp4", "a.avi", "a.mp3", "a.wma", "a.md", "a.csv", "a.go", "a.zip"} {
		docs = append(docs, opened(t, name, "a,b\n1,2\n", "b.jpg"))
	}
	for _, state := range doorStates {
		docs = append(docs, door(t, Door{State: state, Trouble: "T"}))
	}
	return docs
}

// address matches that of an asset.
var address = regexp.MustCompile(`^/\.windowsill/([0-9a-f]{16}/[a-z0-9-]+\.(?:css|js|svg|png|webmanifest))$`)

func checkAssets(t *testing.T, docs []*html.Node) {
	t.Helper()
	p := newPages(t)
	for _, doc := range docs {
		for _, e := range elements(doc, "") {
			at := attr(e, "src")
			if e.Data == "link" {
				at = attr(e, "href")
			}
			if at == "" || e.Data != "link" && e.Data != "script" && !strings.HasPrefix(at, "/") {
				continue // the share's
			}
			m := address.FindStringSubmatch(at)
			if m == nil {
				t.Fatalf("<%s> loads %q, which the content security policy forbids", e.Data, at)
			}
			if content, _, etag, ok := p.Asset(m[1]); !ok || len(content) == 0 || etag == "" {
				t.Errorf("%s: there %v, %d bytes, ETag %s", at, ok, len(content), etag)
			}
		}
	}
}

func checkModules(t *testing.T, docs []*html.Node) {
	t.Helper()
	p := newPages(t)
	for i, doc := range docs {
		var scripts []string
		for _, e := range elements(doc, "script") {
			scripts = append(scripts, path.Base(attr(e, "src")))
		}
		for at, name := range scripts {
			if slices.Contains(scripts[:at], name) {
				t.Errorf("page %d names %s twice", i, name)
			}
			for _, other := range p.assets.byName[name].imports {
				if !slices.Contains(scripts, other) {
					t.Errorf("page %d names %s, but not %s, which it imports", i, name, other)
				}
			}
		}
	}
}

// named matches what a style or a module loads, by addresses relative to its
// own.
var named = map[string]*regexp.Regexp{
	".css": regexp.MustCompile(`url\(([^)]*)\)`),
	".js":  regexp.MustCompile(`(?m)(?:^import .*from |^import |import\()"\./([^"]+)"`),
}

func TestEverythingThatAssetsNameIsThere(t *testing.T) {
	p, found := newPages(t), map[string]int{}
	for name, a := range p.assets.byName {
		kind := path.Ext(name)
		for _, other := range namedIn(kind, a.content) {
			found[kind]++
			if _, _, _, ok := p.Asset(other); !ok {
				t.Errorf("%s names %s, which is not there", name, other)
			}
		}
	}
	for kind := range named {
		if found[kind] == 0 {
			t.Errorf("no %s names anything", kind)
		}
	}
}

// namedIn returns the names of the assets that one of a kind (".css") names.
func namedIn(kind string, content []byte) (names []string) {
	if named[kind] == nil {
		return nil
	}
	for _, m := range named[kind].FindAllSubmatch(content, -1) {
		names = append(names, string(m[1]))
	}
	return names
}

func TestAssetsHaveTheirTypes(t *testing.T) {
	p := newPages(t)
	for name, want := range map[string]string{
		"style.css": "text/css; charset=utf-8", "door.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml",
	} {
		if _, contentType, _, ok := p.Asset(name); !ok || contentType != want {
			t.Errorf("%s: there %v, sent as %q", name, ok, contentType)
		}
	}
}

// A page that was opened before an update must not get parts from after it.
func TestOnlyTheProgramsOwnVersionOfAnAssetIsThere(t *testing.T) {
	older := newPages(t).assets.version
	changed := fstest.MapFS{}
	for _, name := range []string{"folder.html", "search.html", "opened.html", "message.html", "door.html", "text.html", "warning.html", "trust.html", "away.html"} {
		changed[name] = &fstest.MapFile{}
	}
	for _, content := range []string{"a{}", "b{}"} {
		changed["style.css"] = &fstest.MapFile{Data: []byte(content)}
		p, err := New(changed, languages)
		if err != nil {
			t.Fatal(err)
		}
		now, err := p.address("style.css")
		if err != nil {
			t.Fatal(err)
		}
		if got, _, _, _ := p.Asset(strings.TrimPrefix(string(now), own)); string(got) != content {
			t.Errorf("%s is %q, want %q", now, got, content)
		}
		if _, _, _, ok := p.Asset(older + "/style.css"); ok {
			t.Errorf("another version is there as well: %s", older)
		}
		older = p.assets.version
	}
}

func TestPicturesAreWellFormed(t *testing.T) {
	for name, a := range newPages(t).assets.byName {
		if path.Ext(name) != ".svg" {
			continue
		}
		if a.contentType != "image/svg+xml" {
			t.Errorf("%s is sent as %q", name, a.contentType)
		}
		d := xml.NewDecoder(bytes.NewReader(a.content))
		var err error
		for err == nil {
			_, err = d.Token()
		}
		if err != io.EOF {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestIconIsTheProgramsOwn(t *testing.T) {
	want, err := os.ReadFile("../../assets/icon.svg")
	if err != nil {
		t.Fatal(err)
	}
	if got, _, _, _ := newPages(t).Asset("icon.svg"); !bytes.Equal(got, want) {
		t.Error("assets/page/icon.svg is no longer a copy of assets/icon.svg")
	}
}

// On plain http nothing can be installed, but "Add to home screen" still takes
// name, icon and colours from here. Devices that are not in get it as well, so it
// must not reveal what is shared.
func TestManifest(t *testing.T) {
	p := newPages(t)
	content, contentType, _, ok := p.Asset("manifest.webmanifest")
	if !ok || contentType != "application/manifest+json" {
		t.Errorf("there %v, sent as %q", ok, contentType)
	}
	var m struct {
		Name  string
		Start string `json:"start_url"`
		Icons []struct{ Src, Type, Sizes string }
	}
	if err := json.Unmarshal(content, &m); err != nil || m.Name != "Windowsill" || m.Start != "/" || len(m.Icons) < 3 {
		t.Fatalf("%+v, %v", m, err)
	}
	for _, icon := range m.Icons {
		content, contentType, _, ok := p.Asset(icon.Src)
		if !ok || contentType != icon.Type {
			t.Fatalf("%s: there %v, sent as %q", icon.Src, ok, contentType)
		}
		if icon.Type != "image/png" {
			continue
		}
		c, err := png.DecodeConfig(bytes.NewReader(content))
		if got := fmt.Sprintf("%dx%d", c.Width, c.Height); err != nil || got != icon.Sizes {
			t.Errorf("%s has %s pixels, %v", icon.Src, got, err)
		}
	}
}

func TestNothingElseIsAnAsset(t *testing.T) {
	p := newPages(t)
	for _, name := range []string{"", ".", "..", "../icon.svg", "/etc/passwd", "folder.html", "STYLE.CSS", "style.css/", "./style.css", "/style.css", "v/style.css"} {
		if _, _, _, ok := p.Asset(name); ok {
			t.Errorf("%q is served", name)
		}
	}
}

// checkNothingInline: the content security policy of the pages allows neither
// script nor style in the page itself.
func checkNothingInline(t *testing.T, docs []*html.Node) {
	t.Helper()
	for _, doc := range docs {
		for _, e := range elements(doc, "") {
			if e.Data == "script" && e.FirstChild != nil || e.Data == "style" || attr(e, "style") != "" {
				t.Errorf("<%s style=%q>%s", e.Data, attr(e, "style"), said(e))
			}
			for _, a := range e.Attr {
				if strings.HasPrefix(a.Key, "on") {
					t.Errorf("<%s %s>", e.Data, a.Key)
				}
			}
		}
	}
}

// checkLandmarks: WCAG 2.2 wants a heading and landmarks on each page, a name for each link, and
// a language.
func checkLandmarks(t *testing.T, docs []*html.Node) {
	t.Helper()
	for i, doc := range docs {
		for _, tag := range []string{"h1", "main", "footer", "title"} {
			if tag == "footer" && len(withClass(doc, "stage")) == 1 {
				continue // a picture takes the whole screen
			}
			if saidIn(t, doc, tag) == "" {
				t.Errorf("page %d: <%s> is empty", i, tag)
			}
		}
		if attr(elements(doc, "html")[0], "lang") == "" {
			t.Errorf("page %d has no language", i)
		}
		for _, nav := range elements(doc, "nav") {
			if attr(nav, "aria-label") == "" {
				t.Errorf("page %d has a <nav> without a name", i)
			}
		}
		for _, a := range elements(doc, "a") {
			if said(a) == "" {
				t.Errorf("page %d has a link to %s without a name", i, attr(a, "href"))
			}
		}
	}
}

// WCAG 2.2, 1.4.3 and 1.4.11: 4.5 to 1 for text, 3 to 1 for pictures.
func TestContrastIsEnoughInBothThemes(t *testing.T) {
	css, _, _, _ := newPages(t).Asset("style.css")
	light, rest, _ := strings.Cut(string(css), "(prefers-color-scheme: dark)")
	dark, _, _ := strings.Cut(rest, "(prefers-contrast: more)")
	for theme, rules := range map[string]string{"light": light, "dark": dark} {
		colors := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(rules, -1) {
			colors[m[1]] = luminance(t, m[2])
		}
		for _, c := range []struct {
			on, of string
			want   float64
		}{
			{"ground", "ink", 4.5}, {"ground", "quiet", 4.5}, {"ground", "link", 4.5},
			{"card", "ink", 4.5}, {"card", "quiet", 4.5}, {"card", "link", 4.5},
			{"hover", "ink", 4.5}, {"hover", "quiet", 4.5}, {"tint", "link", 4.5}, {"tint", "quiet", 4.5},
			{"accent", "on-accent", 4.5}, {"trouble", "ink", 4.5},
			{"tile", "glyph", 3}, {"tint", "accent", 3}, {"ground", "accent", 3}, {"card", "accent", 3},
			{"card", "glyph", 3},
		} {
			a, b := colors[c.on], colors[c.of]
			if got := (max(a, b) + .05) / (min(a, b) + .05); got < c.want {
				t.Errorf("%s: %s on %s has %.2f to 1, want %.1f", theme, c.of, c.on, got, c.want)
			}
		}
	}
}

// luminance is WCAG's relative luminance of a colour in hex.
func luminance(t *testing.T, color string) (l float64) {
	t.Helper()
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, err := strconv.ParseUint(color[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= .04045 {
			l += weight * c / 12.92
		} else {
			l += weight * math.Pow((c+.055)/1.055, 2.4)
		}
	}
	return l
}

// Styles are sent without the ends of their lines, which would join words
// anywhere else.
func TestLinesOfStylesEndWhereNoSpaceIsNeeded(t *testing.T) {
	names, err := filepath.Glob("../../assets/page/*.css")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	comment := regexp.MustCompile(`(?s)/\*.*?\*/`)
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(comment.ReplaceAll(content, nil))) {
			if line = strings.TrimSpace(line); line != "" && !strings.ContainsAny(line[len(line)-1:], "{};,") {
				t.Errorf("%s: %q", name, line)
			}
		}
	}
}

func TestScriptsAndStylesAreSentWithoutWhatNobodyReads(t *testing.T) {
	for in, want := range map[string]string{
		"// why\nlet a = 1; // kept\n\n\tif (a)\n\t\tb();\n": "let a = 1; // kept\nif (a)\nb();\n",
		"let url = \"http://a\";\n  // last, without an end": "let url = \"http://a\";\n",
		"  `one\n  two`": "`one\ntwo`",
		"":               "",
	} {
		if got := stripScript(in); got != want {
			t.Errorf("script %q became %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"/* why\n * and so */\na {\n\tcolor: red; /* gone */\n}\n": "a {color: red;}",
		"a{}/* not closed": "a{}",
		"a{}\n\n  b{}":     "a{}b{}",
		"/**//**/":         "",
	} {
		if got := stripStyle(in); got != want {
			t.Errorf("style %q became %q, want %q", in, got, want)
		}
	}
	imports := importsOf("import { a } from \"./a.js\";\nimport \"./b.js\";\nawait import(\"./later.js\");\nlet import = \"./no.js\";\nimport x from \"./y.js\"; z\n")
	if want := []string{"a.js", "b.js"}; !slices.Equal(imports, want) {
		t.Errorf("imports %q, want %q", imports, want)
	}
}
