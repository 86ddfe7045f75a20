package share

import (
	"context"
	"os"
	"strings"
	"time"
)

// RemoveStale removes what files on their way in have left behind and nobody
// went on with since a time. It looks into every folder that is served, until
// ctx ends, and passes over those that it may not read. It follows no links.
func (w *Writer) RemoveStale(ctx context.Context, since time.Time) {
	pending := []string{"."}
	for len(pending) > 0 && ctx.Err() == nil {
		last := len(pending) - 1
		folder := pending[last]
		pending = append(pending[:last], w.removeStaleIn(ctx, folder, since)...)
	}
}

// removeStaleIn does so in one folder and returns the folders in it.
func (w *Writer) removeStaleIn(ctx context.Context, folder string, since time.Time) (inside []string) {
	l, err := w.tree.enter(folder)
	if err != nil {
		return nil
	}
	defer l.Close()
	for e, err := range entries(l.dir) {
		if err != nil || ctx.Err() != nil {
			break
		}
		name := join(l.found, e.name)
		switch {
		case e.mode.IsDir() && w.tree.options.allows(e.name):
			inside = append(inside, name)
		case e.mode.IsRegular() && isLeftOver(e.name):
			removeIfOlder(w.tree.root, name, since)
		}
	}
	return inside
}

func removeIfOlder(root *os.Root, name string, than time.Time) {
	info, err := root.Lstat(name)
	if err != nil || !info.ModTime().Before(than) {
		return
	}
	// A note is older than the file that still grows beside it.
	if partial := strings.TrimSuffix(name, noteSuffix) + partialSuffix; partial != name+partialSuffix {
		if of, err := root.Lstat(partial); err == nil && !of.ModTime().Before(than) {
			return
		}
	}
	root.Remove(name)
}

// isLeftOver reports whether a name is one of those that a Partial makes.
func isLeftOver(name string) bool {
	rest, ok := strings.CutPrefix(name, partialPrefix)
	if !ok || len(rest) < 22 || !IsPartialID(rest[:22]) {
		return false
	}
	switch rest[22:] {
	case partialSuffix, noteSuffix, draftSuffix:
		return true
	}
	return false
}
