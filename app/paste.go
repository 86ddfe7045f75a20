package app

import (
	"net/url"
	"path/filepath"
	"strings"

	"windowsill/app/words"
)

// pastedPaths returns the paths that a file manager has put on the clipboard, each on a
// line of its own, as a path or as "file:///…"; none if anything else is there.
func pastedPaths(text string) (paths []string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch line {
		case "", "copy", "cut", "x-special/nautilus-clipboard": // of Nautilus, before the files
			continue
		}
		if u, err := url.Parse(line); (err != nil || u.Scheme != "file") && !filepath.IsAbs(strings.Trim(line, `"`)) {
			return nil
		}
		paths = append(paths, words.ParsePath(line))
	}
	return paths
}
