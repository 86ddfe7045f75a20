package share

import (
	"slices"
	"strings"
)

// maxLinks is how many links out of the folder that is walked are followed.
const maxLinks = 1000

// visited holds the folders that are walked together with all that is below
// them, so that no link leads to anything twice. The names are free of links.
type visited []string

func (v *visited) add(path string) { *v = append(*v, path) }

// full reports whether no more links are followed.
func (v visited) full() bool { return len(v) >= maxLinks }

// claim reports whether the folder at path is still to be walked. If a link led
// to it, it must not be covered yet, and then covers what is below it: when the
// walk gets there by another way later, it passes it by.
func (v *visited) claim(path string, linked bool) bool {
	if !linked {
		return !slices.Contains(*v, path)
	}
	if v.full() || v.cover(path) {
		return false
	}
	v.add(path)
	return true
}

// cover reports whether path is one of the folders or below one.
func (v visited) cover(path string) bool {
	return slices.ContainsFunc(v, func(top string) bool {
		return top == "." || path == top || strings.HasPrefix(path, top+"/")
	})
}
