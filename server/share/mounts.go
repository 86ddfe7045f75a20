package share

import (
	"path/filepath"
	"strings"
)

// holdsMount reports whether another drive is attached at a name without links,
// or below it.
func (w writer) holdsMount(found string) bool {
	root, err := filepath.EvalSymlinks(w.tree.path)
	if err != nil {
		return false
	}
	at := filepath.Join(root, filepath.FromSlash(found))
	for _, point := range mountPoints() {
		if point == at || strings.HasPrefix(point, at+string(filepath.Separator)) {
			return true
		}
	}
	return false
}
