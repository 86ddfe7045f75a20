// Package assets holds the files that travel inside the program: its icon,
// what the page in the browser is made of, and the words of window and page
// in other languages. It holds no code.
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

// Licences are those of all that the program is built from; .ci/licences
// collects them.
//
//go:embed licences.txt
var Licences string

// The pattern leaves out page/test, the tests of the scripts.
//
//go:embed page/*.*
var files embed.FS

// Locales holds a folder "locales" with a file <language>.json for each
// language, in the form of go-i18n. The keys are the English texts, so that
// en.json holds those alone that have a plural.
//
//go:embed locales
var Locales embed.FS

// Page returns the templates, style and pictures of the page in the browser.
func Page() fs.FS {
	return below(files, "page")
}

// Languages returns the files of Locales alone.
func Languages() fs.FS {
	return below(Locales, "locales")
}

func below(files embed.FS, dir string) fs.FS {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // the paths are those embedded above: this cannot happen
	}
	return sub
}
