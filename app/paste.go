package app

import (
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"windowsill/app/words"
)

// paste shares what is on the clipboard: files that were copied in a file manager, or a
// text. Fyne knows nothing but text on the clipboard, so that a picture cannot be had.
func (w *Window) paste() {
	text := w.app.Clipboard().Content()
	paths, there := pastedPaths(text), false
	w.control.background(func() error {
		there = slices.ContainsFunc(paths, exists)
		return nil
	}, func(error) {
		switch {
		case there:
			w.propose(paths)
		case strings.TrimSpace(text) == "":
		case w.sharing.isSharing():
			w.owner.sendText(text)
		default:
			w.report(errNothingShared)
		}
	})
}

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
