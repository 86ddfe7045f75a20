package page

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// own is the path of everything that belongs to the page and not to the share.
const own = "/.windowsill/"

// assetSet holds the assets.
type assetSet struct {
	byName  map[string]asset
	version string // changes with any of them
}

type asset struct {
	content     []byte
	contentType string
	etag        string   // strong, in quotes
	imports     []string // names of the modules that a module needs before it runs
}

// assetTypes are the media types of assets, by extension. Other files are none.
var assetTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".mp4":         "video/mp4",
	".js":          "text/javascript; charset=utf-8",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".webmanifest": "application/manifest+json",
}

// Asset returns the file of that name that belongs to the page, such as
// "style.css": its content, which must not be changed, its Content-Type and
// its strong ETag in quotes. The names are fixed: nothing else can be had.
//
// The name may begin with a version, as in the addresses that pages hold. Then
// only this program's own version can be had, so that a page that is open while
// Windowsill is updated never loads a part of another version.
func (p *Pages) Asset(name string) (content []byte, contentType, etag string, ok bool) {
	if version, rest, versioned := strings.Cut(name, "/"); versioned && version == p.assets.version {
		name = rest
	}
	a, ok := p.assets.byName[name]
	return a.content, a.contentType, a.etag, ok
}

// address is the template function "asset": the address of an asset. The version
// in it lets browsers keep the asset for good. It is a part of the path so that
// addresses in styles and modules, which are relative, have it too.
func (p *Pages) address(name string) (template.URL, error) {
	if _, ok := p.assets.byName[name]; !ok {
		return "", fmt.Errorf("asset %s: %w", name, fs.ErrNotExist)
	}
	return template.URL(own + p.assets.version + "/" + name), nil
}

// stripScript returns a script without comments on lines of their own, indentation
// and empty lines, which are a quarter of it. Regular expressions would take half
// as long for all of them as everything else until a share can be reached.
func stripScript(js string) string {
	var b strings.Builder
	for line := range strings.Lines(js) {
		line = strings.TrimLeft(line, " \t")
		if !strings.HasPrefix(line, "//") && line != "\n" {
			b.WriteString(line)
		}
	}
	return b.String()
}

// stripStyle returns a style likewise, without any comments and without the ends of
// its lines.
func stripStyle(css string) string {
	var b strings.Builder
	for css != "" {
		var text string
		text, css, _ = strings.Cut(css, "/*")
		for line := range strings.Lines(strings.TrimRight(text, " \t")) {
			b.WriteString(strings.Trim(line, " \t\n"))
		}
		_, css, _ = strings.Cut(css, "*/")
	}
	return b.String()
}

// modules is the template function "modules": the tags that run modules, in that
// order, after tags for what they import. Without these, imports would be asked
// for one round trip later: at 300 ms and 500 kbit/s, the scripts would run 0.3 s
// later. Links of the type modulepreload would do the same in fewer browsers.
func (p *Pages) modules(names ...string) (template.HTML, error) {
	var b strings.Builder
	for _, name := range append(p.assets.importedBy(names), names...) {
		at, err := p.address(name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "<script type=\"module\" src=\"%s\"></script>\n", at)
	}
	return template.HTML(strings.TrimSuffix(b.String(), "\n")), nil
}

// importedBy returns what modules import, and what that imports, without the
// modules themselves.
func (a assetSet) importedBy(modules []string) (all []string) {
	for queue := modules; len(queue) > 0; queue = queue[1:] {
		for _, name := range a.byName[queue[0]].imports {
			if !slices.Contains(modules, name) && !slices.Contains(all, name) {
				all, queue = append(all, name), append(queue[:len(queue):len(queue)], name)
			}
		}
	}
	return all
}

// importsOf returns the names of the modules that a script imports before it runs.
func importsOf(js string) (names []string) {
	for line := range strings.Lines(js) {
		_, name, from := strings.Cut(line, `"./`)
		name, ends := strings.CutSuffix(name, "\";\n")
		if from && ends && strings.HasPrefix(line, "import ") {
			names = append(names, name)
		}
	}
	return names
}

func readAssets(files fs.FS) (assetSet, error) {
	all := assetSet{byName: map[string]asset{}}
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return all, err
	}
	version := sha256.New()
	for _, e := range entries {
		contentType, ok := assetTypes[path.Ext(e.Name())]
		if !ok {
			continue
		}
		content, err := fs.ReadFile(files, e.Name())
		if err != nil {
			return all, err
		}
		a := asset{content: content, contentType: contentType}
		switch path.Ext(e.Name()) {
		case ".js":
			script := stripScript(string(content))
			a.content, a.imports = []byte(script), importsOf(script)
		case ".css":
			a.content = []byte(stripStyle(string(content)))
		}
		sum := sha256.Sum256(a.content)
		a.etag = `"` + hex.EncodeToString(sum[:8]) + `"`
		all.byName[e.Name()] = a
		fmt.Fprintf(version, "%s %x ", e.Name(), sum)
	}
	all.version = hex.EncodeToString(version.Sum(nil)[:8])
	return all, nil
}

// versionOf returns a text that changes with any of the files.
func versionOf(all ...fs.FS) (string, error) {
	sum, buf := sha256.New(), make([]byte, 32<<10)
	for _, files := range all {
		entries, err := fs.ReadDir(files, ".")
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			if e.IsDir() {
				continue // tests
			}
			if err := addTo(sum, files, e.Name(), buf); err != nil {
				return "", err
			}
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), nil
}

// addTo adds the name and the content of a file to a sum, by way of buf.
func addTo(sum io.Writer, files fs.FS, name string, buf []byte) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	fmt.Fprintf(sum, "%s ", name)
	n, err := io.CopyBuffer(sum, f, buf)
	fmt.Fprintf(sum, " %d ", n)
	return err
}
