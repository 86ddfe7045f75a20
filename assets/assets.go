// Package assets holds the files that travel inside the program: its icon,
// and what the page in the browser is made of. It holds no code.
package assets

import (
	"embed"
	"io/fs"
)

// Icon is the program's icon, a PNG of 512 by 512 pixels.
//
//go:embed icon.png
var Icon []byte

// IconSVG is the drawing from which Icon is made.
//
//go:embed icon.svg
var IconSVG []byte

//go:embed page
var files embed.FS

// Page returns the templates, style and pictures of the page in the browser.
func Page() fs.FS {
	page, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // "page" is a valid path, embedded above: this cannot happen
	}
	return page
}
