package share

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"
)

// removeStale is [Writer.RemoveStale] in one tree.
func (w writer) removeStale(ctx context.Context, since time.Time) {
	pending, p := []string{"."}, &pacer{begun: time.Now()}
	for len(pending) > 0 && ctx.Err() == nil {
		last := len(pending) - 1
		folder := pending[last]
		pending = append(pending[:last], w.removeStaleIn(ctx, folder, since, p)...)
		p.rest(ctx)
	}
	if ctx.Err() == nil {
		w.tree.searched.Store(true)
	}
}

// pacer keeps something that goes on for long to a twenty-fifth of the time, which with
// the garbage that it makes is a twentieth of a core.
type pacer struct{ begun time.Time }

// atLeast is how long it works between two rests.
const atLeast = 5 * time.Millisecond

// rest waits if it is time to, or until ctx ends.
func (p *pacer) rest(ctx context.Context) {
	took := time.Since(p.begun)
	if took < atLeast {
		return
	}
	select {
	case <-time.After(24 * took):
	case <-ctx.Done():
	}
	p.begun = time.Now()
}

// removeStaleIn does that in one folder, and returns the folders in it.
func (w writer) removeStaleIn(ctx context.Context, folder string, since time.Time, p *pacer) (inside []string) {
	d, err := w.tree.openDir(folder)
	if err != nil {
		return nil
	}
	defer d.close()
	noted, seen := map[string]bool{}, 0
	for e, err := range entries(d.file) {
		if err != nil || ctx.Err() != nil {
			return inside
		}
		if seen++; seen%batch == 0 {
			p.rest(ctx)
		}
		name := join(d.path, e.name)
		switch {
		case e.mode.IsDir() && w.tree.options.allows(e.name):
			inside = append(inside, name)
		case e.mode.IsDir() && strings.HasPrefix(e.name, asidePrefix):
			w.bringBack(name)
		case e.mode.IsDir() && strings.HasPrefix(e.name, copiedPrefix) && !w.holdsMount(name):
			w.tree.root.RemoveAll(name)
		case e.mode.IsRegular() && isPartialFile(e.name):
			removeIfOlder(w.tree.root, name, since)
			removeIfAbandoned(w.tree.root, name)
		case e.mode.IsRegular() && isCompanionFile(e.name):
			removeStaleCompanion(w.tree.root, d.path, e.name, since)
		case e.mode.IsRegular() && strings.HasPrefix(e.name, propsPrefix):
			w.tree.noted.Store(true)
			noted[strings.Clone(e.name)] = true
		case e.mode.IsRegular() && (e.name == pageNote || e.name == acceptedNote):
			pages(w).removeNote(d.path)
		}
	}
	props(w).removeStale(d, noted)
	return inside
}

func removeIfOlder(root *os.Root, name string, than time.Time) {
	info, err := root.Lstat(name)
	if err != nil || !info.ModTime().Before(than) {
		return
	}
	// A note may be older than its file, which is still growing.
	if partial := strings.TrimSuffix(name, noteSuffix) + partialSuffix; partial != name+partialSuffix {
		if of, err := root.Lstat(partial); err == nil && !of.ModTime().Before(than) {
			return
		}
	}
	root.Remove(name)
}

// beginning is how long after it was last written a partial may lack a lock.
const beginning = 5 * time.Second

// removeIfAbandoned removes a partial whose program has ended before it was whole, such
// as by a crash, and that nobody can continue, since it has no note.
func removeIfAbandoned(root *os.Root, name string) {
	stem, ok := strings.CutSuffix(name, partialSuffix)
	if !ok {
		return
	}
	if _, err := root.Lstat(stem + noteSuffix); !errors.Is(err, fs.ErrNotExist) {
		return
	}
	if info, err := root.Lstat(name); err != nil || time.Since(info.ModTime()) < beginning || !isUnlocked(root, name) {
		return
	}
	root.Remove(name)
}

// isPartialFile reports whether a name is one that a Partial uses.
func isPartialFile(name string) bool {
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
