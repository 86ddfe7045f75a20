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
	etag        string // strong, in quotes
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

// address is the template function "asset": where a browser finds an asset.
// The version in it lets the browser keep the asset for as long as it likes.
// It stands in the path so that it holds for what styles and modules name
// relative to themselves, too.
func (p *Pages) address(name string) (template.URL, error) {
	if _, ok := p.assets.byName[name]; !ok {
		return "", fmt.Errorf("asset %s: %w", name, fs.ErrNotExist)
	}
	return template.URL(own + p.assets.version + "/" + name), nil
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
		sum := sha256.Sum256(content)
		all.byName[e.Name()] = asset{content, contentType, `"` + hex.EncodeToString(sum[:8]) + `"`}
		fmt.Fprintf(version, "%s %x ", e.Name(), sum)
	}
	all.version = hex.EncodeToString(version.Sum(nil)[:8])
	return all, nil
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
