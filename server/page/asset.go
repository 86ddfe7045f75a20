package page

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
)

// own is where everything lives that is the page's and not the share's.
const own = "/.windowsill/"

// asset is a file that belongs to the page.
type asset struct {
	content     []byte
	contentType string
	version     string // changes with the content
}

// assetTypes says which files of the page go out, and as what.
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
func (p *Pages) Asset(name string) (content []byte, contentType, etag string, ok bool) {
	a, ok := p.assets[name]
	if !ok {
		return nil, "", "", false
	}
	return a.content, a.contentType, `"` + a.version + `"`, true
}

// address is the template function "asset": where a browser finds an asset.
// The version in it lets the browser keep the asset for as long as it likes.
func (p *Pages) address(name string) (template.URL, error) {
	a, ok := p.assets[name]
	if !ok {
		return "", fmt.Errorf("asset %s: %w", name, fs.ErrNotExist)
	}
	return template.URL(own + name + "?v=" + a.version), nil
}

func readAssets(files fs.FS) (map[string]asset, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	assets := map[string]asset{}
	var styles []string
	for _, e := range entries {
		name := e.Name()
		contentType, ok := assetTypes[path.Ext(name)]
		if !ok {
			continue
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		assets[name] = newAsset(content, contentType)
		if path.Ext(name) == ".css" {
			styles = append(styles, name)
		}
	}
	for _, name := range styles {
		assets[name] = withVersions(assets[name], assets)
	}
	return assets, nil
}

func newAsset(content []byte, contentType string) asset {
	sum := sha256.Sum256(content)
	return asset{content, contentType, hex.EncodeToString(sum[:8])}
}

// versionOf returns a text that is another when any of the files is.
func versionOf(all ...fs.FS) (string, error) {
	sum := sha256.New()
	for _, files := range all {
		entries, err := fs.ReadDir(files, ".")
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			content, err := fs.ReadFile(files, e.Name())
			if err != nil {
				return "", err
			}
			fmt.Fprintf(sum, "%s %d ", e.Name(), len(content))
			sum.Write(content)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), nil
}

// withVersions gives the pictures a style names their versions, without which
// a browser would show old pictures with a new style.
func withVersions(style asset, assets map[string]asset) asset {
	css := string(style.content)
	for name, a := range assets {
		css = strings.ReplaceAll(css, "url("+name+")", "url("+name+"?v="+a.version+")")
	}
	return newAsset([]byte(css), style.contentType)
}
