package share

import (
	"slices"
	"strings"
)

// maxTrees is how many links are followed out of the folder that is gone
// through.
const maxTrees = 1000

// trees remembers which folders were gone through with all below, so that
// links do not lead to any of them twice. The names are free of links.
type trees []string

func (t *trees) add(found string) { *t = append(*t, found) }

// full reports whether no more links are followed.
func (t trees) full() bool { return len(t) >= maxTrees }

// claim reports whether the folder found is still to be gone through. If a link
// led to it, it must lie in none of the trees, and then becomes one; the walk
// through another tree, which may hold it, later passes it by.
func (t *trees) claim(found string, linked bool) bool {
	if !linked {
		return !slices.Contains(*t, found)
	}
	if t.full() || t.hold(found) {
		return false
	}
	t.add(found)
	return true
}

// hold reports whether found lies in one of the trees.
func (t trees) hold(found string) bool {
	return slices.ContainsFunc(t, func(tree string) bool {
		return tree == "." || found == tree || strings.HasPrefix(found, tree+"/")
	})
}
