package share

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// The page of a folder is what everybody sees who scans the code, so that whoever
// may only add files could speak for the owner with it. What counts is therefore
// not who last wrote the file, which no file system tells, but whether the owner
// has agreed: once visitors have put an index.html into a folder, no file of that
// name is its page until he does, in the window. That stays so when it is edited,
// copied over or saved anew (cp, mv, sed -i, editors, backups, clients of cloud
// storage), by whatever program: a virus scanner that cleans a file has not read it
// for him. An index.html of his own in its place waits for his word as well, which
// costs him a tap.
//
// The mark is a note in the folder, and goes wherever the folder goes. It ends
// with his word, when visitors take their file away, or when the share is tidied
// after he has deleted it. What he does himself in a folder without the note is
// his: to rename a visitor's home.html to index.html, or to copy it somewhere else,
// is to choose it.

// indexName is the file that makes its folder a web site.
const indexName = "index.html"

// pageNote is a file in a folder whose index.html visitors put there. Its content
// does not matter.
const pageNote = reserved + "-page.json"

// ErrVisitorsPage says that visitors put the page of a folder there, and the
// owner has not accepted it.
var ErrVisitorsPage = errors.New("visitors put this page there")

// pages sees to the pages of the folders in a tree: what may be one, and which of them
// visitors have put there.
type pages struct{ tree *tree }

// page is [Folder.Page] in one tree.
func (r reader) page(folder string) (*File, error) {
	name := indexName
	if folder != "" {
		name = folder + "/" + indexName
	}
	for range maxTries {
		file, found, err := r.tree.reach(name)
		if err == nil && file.IsDir() {
			file.Close()
			err = fs.ErrNotExist
		}
		if err != nil {
			return nil, failure("open", name, err)
		}
		if err = pages(r).check(folder, file, found); err == nil {
			return file, nil
		}
		file.Close()
		if err != errSwapped {
			return nil, err
		}
	}
	return nil, failure("open", name, fs.ErrNotExist)
}

// check returns nil if a file that was opened as the page of a folder, found at
// a name without links, may be that. The folder may be renamed at any time, so the
// note is looked up through a handle of the folder that holds this very file.
func (p pages) check(folder string, file *File, found string) error {
	if p.tree.options.VisitorsPages {
		return nil
	}
	at, err := p.tree.findFolder(folder)
	if err != nil {
		return errSwapped
	}
	dir, err := p.tree.root.OpenRoot(at)
	if err != nil {
		return errSwapped
	}
	defer dir.Close()
	for range 2 { // it may have been taken away and put back after the first look
		if hasNote(dir, pageNote) {
			return ErrVisitorsPage
		}
		if parent(found) != at {
			continue
		}
		if is, err := dir.Lstat(path.Base(found)); err != nil || !os.SameFile(is, file.info) {
			return errSwapped
		}
	}
	if parent(found) != at && visitors(p).visited() && !isAccepted(dir, p.tree, found, file) {
		return ErrVisitorsPage
	}
	return nil
}

// hasNote reports whether there is a note in a folder. It does if that cannot be
// told.
func hasNote(dir *os.Root, name string) bool {
	_, err := dir.Lstat(name)
	return err == nil || !errors.Is(err, fs.ErrNotExist)
}

// acceptPage is [Writer.AcceptPage] in one tree.
func (w writer) acceptPage(folder string) error {
	t := w.tree
	at, err := t.findFolder(folder)
	if err != nil {
		return err
	}
	t.pagesMu.Lock()
	defer t.pagesMu.Unlock()
	page, _, err := t.find(join(at, indexName))
	if err != nil {
		return failure("accept", join(at, indexName), err)
	}
	if err := acceptElsewhere(t, at, page); err != nil {
		return writeError(err)
	}
	if err := t.root.Remove(join(at, pageNote)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return writeError(err)
	}
	return nil
}

// isVisitors reports whether what is at a name without links is the page of its
// folder, and visitors put it there.
func (p pages) isVisitors(name string) bool {
	_, err := p.tree.root.Lstat(join(parent(name), pageNote))
	return !errors.Is(err, fs.ErrNotExist) && p.isPage(name)
}

// isPage reports whether what is at a name without links, or will be, is the page
// of its folder: by its name, or since the index.html is a link to it. A link that
// leads nowhere may come to lead there.
func (p pages) isPage(name string) bool {
	if namesPage(name) {
		return true
	}
	if !p.hasLinked(parent(name)) {
		return false
	}
	found, _, err := p.tree.find(join(parent(name), indexName))
	return err != nil || parent(found) == parent(name) && alike(path.Base(found), path.Base(name))
}

// hasLinked reports whether the index.html of a folder is a link.
func (p pages) hasLinked(folder string) bool {
	page := join(folder, indexName)
	if s, err := p.tree.direct.look(page); err != errUnreached {
		return err == nil && s.mode == fs.ModeSymlink
	}
	info, err := p.tree.root.Lstat(page)
	return err == nil && isLink(info)
}

// namesPage reports whether some file system takes a name for that of a page.
func namesPage(name string) bool { return alike(path.Base(name), indexName) }

// alike reports whether some file system takes two elements of names for one: many
// ignore case, and that of old Macs the joiners, which [Writer] lets through.
func alike(a, b string) bool {
	joiners := strings.NewReplacer("\u200c", "", "\u200d", "")
	return strings.EqualFold(joiners.Replace(a), joiners.Replace(b))
}

// naming calls put, which gives what is at old the name at, without links, for
// visitors, and fails if that is taken. If it makes the page of a folder, it is
// noted before as one of visitors.
func (p pages) naming(old string, put func() error, at string) error {
	if err := visitors(p).note(); err != nil {
		return err
	}
	if p.staySame(old, at) {
		return put()
	}
	return p.renaming(old, func() error {
		if _, err := p.tree.root.Lstat(at); err == nil {
			return put() // no note: what is there stays the page
		}
		return p.noting(put, at)
	}, at)
}

// namingOver is naming for what replaces the file at. If a link leads to that, it
// has another name. Theirs tells put whether that file was a page of visitors.
func (p pages) namingOver(old string, put func(theirs bool) error, at, other string) error {
	if err := visitors(p).note(); err != nil {
		return err
	}
	return p.renaming(old, func() error {
		theirs := p.isVisitors(at)
		return p.noting(func() error { return put(theirs) }, at, other)
	}, at, other)
}

// noting calls put after it has noted that visitors put the pages there that it
// makes; called with pagesMu held if there are any.
func (p pages) noting(put func() error, at ...string) error {
	var fresh []string
	for _, name := range at {
		if !p.isPage(name) {
			continue
		}
		is, err := p.note(parent(name))
		if err != nil {
			return err
		}
		if is {
			fresh = append(fresh, parent(name))
		}
	}
	err := put()
	if err != nil {
		for _, folder := range fresh {
			p.tree.root.Remove(join(folder, pageNote))
		}
	}
	return err
}

// renaming calls do, which gives what is at old one of the names at, or takes it
// away. While pages and folders get other names, no note is written.
func (p pages) renaming(old string, do func() error, at ...string) error {
	if p.staySame(old, at...) {
		return do()
	}
	p.tree.pagesMu.Lock()
	defer p.tree.pagesMu.Unlock()
	err := do()
	if err == nil && namesPage(old) {
		p.dropNote(parent(old))
	}
	return err
}

// staySame reports whether giving what is at old one of the names at leaves
// all pages as they are.
func (p pages) staySame(old string, at ...string) bool {
	names := append(slices.Clone(at), old)
	if slices.ContainsFunc(names, namesPage) {
		return false
	}
	folders := make([]string, len(names))
	for i, name := range names {
		folders[i] = parent(name)
	}
	slices.Sort(folders)
	return !slices.ContainsFunc(slices.Compact(folders), p.hasLinked) && !isFolder(p.tree.root, old)
}

// isFolder reports whether there is a folder at a name without links. A partial is
// none, which spares every file that comes in the look.
func isFolder(root *os.Root, name string) bool {
	if isPartialFile(path.Base(name)) {
		return false
	}
	info, err := root.Lstat(name)
	return err == nil && info.IsDir()
}

// note notes that visitors put the page of a folder there. Fresh says that this
// was not noted before; called with pagesMu held.
func (p pages) note(folder string) (fresh bool, err error) {
	note, err := p.tree.root.OpenFile(join(folder, pageNote), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, note.Close()
}

// removeNote removes the notes in a folder that has no page any more.
func (p pages) removeNote(folder string) {
	p.tree.pagesMu.Lock()
	defer p.tree.pagesMu.Unlock()
	p.dropNote(folder)
}

// dropNote does that with pagesMu held.
func (p pages) dropNote(folder string) {
	if _, err := p.tree.root.Lstat(join(folder, indexName)); errors.Is(err, fs.ErrNotExist) {
		p.tree.root.Remove(join(folder, pageNote))
		p.tree.root.Remove(join(folder, acceptedNote))
	}
}
