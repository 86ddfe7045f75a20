package share

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
)

// Look is what [LookInto] found in a folder.
type Look struct {
	Files    int
	Folders  int   // not counting the folder itself
	Bytes    int64 // of all files
	Complete bool  // false if time ran out before everything was counted
	Concerns []Concern
}

// Concern is a reason to think twice before sharing a folder.
type Concern struct {
	Kind   ConcernKind
	Names  []string // of Secrets: at most 5 examples, slash-separated, relative to the folder
	Hidden bool     // of Secrets: they are hidden, and not served unless the owner says so
}

// ConcernKind says what a concern is about.
type ConcernKind int

// The kinds of [Concern].
const (
	HomeFolder ConcernKind = iota // somebody's home, or the folder of all homes
	WholeDisk                     // the root of a file system
	Secrets                       // there are keys, passwords and the like in it
)

// maxExamples is how many secrets a concern names.
const maxExamples = 5

// LookInto counts what would be shared with the folder or file at path, and finds
// reasons not to share it. It goes on until it has seen everything or ctx ends,
// which is no error: the look is not Complete then. The error is one like those
// of [Open]. It does not count hidden files, follow links or open files. If a
// drive does not answer, it may return late after ctx has ended.
func LookInto(ctx context.Context, path string) (Look, error) {
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		return lookAt(path, info), nil
	}
	t, err := openTree(path, Options{})
	if err != nil {
		return Look{}, err
	}
	defer t.close()
	l := looker{tree: t}
	l.look.Complete = l.all(ctx)
	l.look.Concerns = l.concerns()
	return l.look, nil
}

// lookAt is LookInto for a file.
func lookAt(path string, info fs.FileInfo) Look {
	look := Look{Files: 1, Bytes: info.Size(), Complete: true}
	if name := filepath.Base(path); isSecret(name, statOf(info)) {
		look.Concerns = []Concern{{Kind: Secrets, Names: []string{name}}}
	}
	return look
}

// looker is a look in progress.
type looker struct {
	tree    *tree
	look    Look
	pending []string // folders still to be looked into
	served  []string // secrets that would be served
	hidden  []string // secrets that would not
}

// all looks into every folder and reports whether it got to the end.
func (l *looker) all(ctx context.Context) bool {
	l.pending = []string{"."}
	for len(l.pending) > 0 {
		last := len(l.pending) - 1
		folder := l.pending[last]
		l.pending = l.pending[:last]
		if !l.folder(ctx, folder) {
			return false
		}
	}
	return true
}

// folder counts what lies directly in one folder, as far as it can be read,
// and reports false if ctx ended meanwhile.
func (l *looker) folder(ctx context.Context, name string) bool {
	if ctx.Err() != nil {
		return false
	}
	folder, _, err := l.tree.reach(name)
	if err != nil {
		return true
	}
	dir, err := detach(folder.file)
	if err != nil {
		return true
	}
	defer dir.Close()
	seen := 0
	for e, err := range entries(dir) {
		if err != nil {
			break
		}
		if seen++; seen%batch == 0 && ctx.Err() != nil {
			return false
		}
		if kindOf(e.mode) != noKind {
			l.count(dir, name, e)
		}
	}
	return true
}

// count counts one entry of a folder.
func (l *looker) count(dir *os.File, folder string, e *entry) {
	s := stat{mode: e.mode}
	if !e.mode.IsDir() {
		var err error
		if s, err = lstat(l.tree.root, dir, folder, e.name); err != nil {
			return
		}
	}
	name, shown := join(folder, e.name), l.tree.options.allows(e.name) && !e.concealed
	if isSecret(e.name, s) {
		l.note(name, shown)
	}
	switch {
	case !shown:
	case e.mode.IsDir():
		l.look.Folders++
		l.pending = append(l.pending, name)
	default:
		l.look.Files++
		l.look.Bytes += s.size
	}
}

// note keeps the name of a secret as an example.
func (l *looker) note(name string, shown bool) {
	examples := &l.hidden
	if shown {
		examples = &l.served
	}
	if len(*examples) < maxExamples {
		*examples = append(*examples, name)
	}
}

// concerns lists what was found, most important first.
func (l *looker) concerns() []Concern {
	var cs []Concern
	at, info := l.tree.path, l.tree.info
	if real, err := filepath.EvalSymlinks(at); err == nil {
		at = real
	}
	if isHome(at, info) {
		cs = append(cs, Concern{Kind: HomeFolder})
	}
	if isDisk(at, info) {
		cs = append(cs, Concern{Kind: WholeDisk})
	}
	if len(l.served) > 0 {
		cs = append(cs, Concern{Kind: Secrets, Names: l.served})
	}
	if len(l.hidden) > 0 {
		cs = append(cs, Concern{Kind: Secrets, Names: l.hidden, Hidden: true})
	}
	return cs
}
