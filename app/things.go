package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"windowsill/app/words"
	"windowsill/server"
)

// thing is a file or folder that is chosen or shared, and what is known of it.
type thing struct {
	path string
	file bool
	look server.Look
	err  error // why it cannot be shared
}

// lookFunc counts what is in a folder, or looks at a file, until ctx is done.
type lookFunc func(ctx context.Context, path string) (server.Look, error)

// lookAtAll looks at files and folders, at files first: they are quick.
func lookAtAll(ctx context.Context, look lookFunc, paths []string) []thing {
	things := make([]thing, len(paths))
	for i, p := range paths {
		things[i] = newThing(p)
	}
	for _, files := range []bool{true, false} {
		for i := range things {
			if t := &things[i]; t.file == files && t.err == nil {
				t.look, t.err = look(ctx, t.path)
			}
		}
	}
	return things
}

// newThing says what is at a path. A file is opened once, to see that it can be.
func newThing(path string) thing {
	t := thing{path: path}
	info, err := os.Stat(path)
	switch {
	case err != nil || info.IsDir(): // the look says more
	case !info.Mode().IsRegular():
		t.err = &unsharableError{[]string{path}, errSpecial}
	default:
		t.file = true
		f, err := os.Open(path)
		if err != nil {
			t.err = &unsharableError{[]string{path}, err}
			break
		}
		f.Close()
	}
	return t
}

// sumOf adds up what is in things. The error is that of the first of them if none can
// be shared.
func sumOf(things []thing) (sum server.Look, err error) {
	sum.Complete = true
	failed := 0
	for _, t := range things {
		if t.err != nil {
			if failed++; err == nil {
				err = t.err
			}
			continue
		}
		sum.Files += t.look.Files
		sum.Folders += t.look.Folders
		sum.Bytes += t.look.Bytes
		sum.Complete = sum.Complete && t.look.Complete
		sum.Concerns = append(sum.Concerns, t.look.Concerns...)
	}
	if failed < len(things) {
		err = nil
	}
	return sum, err
}

// kindsOf counts what can be shared.
func kindsOf(things []thing) (files, folders int) {
	for _, t := range things {
		switch {
		case t.err != nil:
		case t.file:
			files++
		default:
			folders++
		}
	}
	return files, folders
}

// itemsOf returns items for these paths, in which devices may do what the policy allows.
func itemsOf(paths []string) []server.Item {
	var items []server.Item
	for _, p := range paths {
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		items = append(items, server.Item{Path: p, Most: server.Change})
	}
	return joined(nil, items)
}

// joined returns items and more of them, none of them twice.
func joined(items, more []server.Item) (all []server.Item) {
	known := map[string]bool{}
	for _, i := range slices.Concat(items, more) {
		if !known[i.Path] {
			known[i.Path] = true
			all = append(all, i)
		}
	}
	return all
}

// sharedItems returns what a share consists of, also if that is one folder.
func sharedItems(s server.Share) []server.Item {
	if s.Folder != "" {
		return itemsOf([]string{s.Folder})
	}
	return s.Items
}

func pathsOf(items []server.Item) []string {
	var paths []string
	for _, i := range items {
		paths = append(paths, i.Path)
	}
	return paths
}

// without returns the items that are not at these paths.
func without(items []server.Item, paths ...string) []server.Item {
	gone := map[string]bool{}
	for _, p := range paths {
		gone[p] = true
	}
	return slices.DeleteFunc(slices.Clone(items), func(i server.Item) bool { return gone[i.Path] })
}

// nameOf says what items are in a sentence: "photos", or "3 items".
func nameOf(items []server.Item) string {
	if len(items) == 1 {
		return baseName(items[0].Path)
	}
	return words.Count(int64(len(items)), words.Phrase("{{.Count}} items"))
}

// unsharableError says which things cannot be shared.
type unsharableError struct {
	paths []string // at least one
	err   error    // why not the first of them
}

// errSpecial says that something is neither a file nor a folder.
var errSpecial = errors.New("neither a file nor a folder")

// Error returns the path of the first of them, and why it cannot be shared.
func (e *unsharableError) Error() string { return e.paths[0] + ": " + e.err.Error() }

// Sentence returns a sentence for a person as a template, and what to put into it.
func (e *unsharableError) Sentence() (template string, data map[string]any) {
	data = map[string]any{"Path": words.ShortPath(e.paths[0]), "More": words.Number(int64(len(e.paths) - 1))}
	switch {
	case len(e.paths) > 1:
		return words.Phrase("Neither {{.Path}} nor {{.More}} more can be shared. Check that they are still there and that you may open them."), data
	case errors.Is(e.err, errSpecial):
		return words.Phrase("Only files and folders can be shared, and {{.Path}} is neither."), data
	case isOneOf(e.err, fs.ErrNotExist, server.ErrFolderMissing):
		return words.Phrase("There is nothing at {{.Path}}. Check how it is written, and that its drive is connected."), data
	}
	return words.Phrase("Windowsill cannot read {{.Path}}. Check that you may open it, and that its drive is connected."), data
}

// Unwrap returns why the first of them cannot be shared.
func (e *unsharableError) Unwrap() error { return e.err }

// unsharable says which things cannot be shared, and why not the first of them; nil if
// all can.
func unsharable(things []thing) error {
	paths := pathsOfFailed(things)
	if len(paths) == 0 {
		return nil
	}
	first := things[slices.IndexFunc(things, func(t thing) bool { return t.err != nil })]
	return &unsharableError{paths, first.err}
}

func pathsOfFailed(things []thing) (paths []string) {
	for _, t := range things {
		if t.err != nil {
			paths = append(paths, t.path)
		}
	}
	return paths
}

// onDisk returns where something with a name in the share is on the disk, "" if that is
// not known.
func onDisk(s server.Snapshot, name string) string {
	if s.Share.Folder != "" {
		return filepath.Join(s.Share.Folder, filepath.FromSlash(name))
	}
	first, rest, _ := strings.Cut(name, "/")
	for _, i := range s.Items {
		if i.Name == first {
			return filepath.Join(i.Path, filepath.FromSlash(rest))
		}
	}
	for _, i := range s.Share.Items { // after Stop
		if filepath.Base(i.Path) == first {
			return filepath.Join(i.Path, filepath.FromSlash(rest))
		}
	}
	return ""
}
