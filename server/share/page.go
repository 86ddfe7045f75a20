package share

import (
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// indexName is the file that makes its folder a web site.
const indexName = "index.html"

// pageNote is a file beside an index.html that visitors put there. It holds
// identities as JSON.
const pageNote = reserved + "-page.json"

// ErrVisitorsPage says that visitors put the page of a folder there, and the
// owner has not accepted it.
var ErrVisitorsPage = errors.New("visitors put this page there")

// Page opens the page of a folder, which is its index.html. The error satisfies
// [fs.ErrNotExist] if it has none, and is [ErrVisitorsPage] if that is one which
// was written through a [Writer] and not accepted since, see [Writer.AcceptPage],
// or a link to another folder of a share into which something was.
func (f *Folder) Page(folder string) (*File, error) {
	name := indexName
	if folder != "" {
		name = folder + "/" + indexName
	}
	file, found, err := f.tree.reach(name)
	if err == nil && file.IsDir() {
		file.Close()
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, failure("open", name, err)
	}
	if f.tree.options.VisitorsPages {
		return file, nil
	}
	// The note is read after the file was opened: it is written before a page
	// gets its name.
	at, err := f.tree.findFolder(folder)
	theirs := func(name string) bool { return f.tree.isVisitorsPage(at, name) }
	if err == nil && (slices.ContainsFunc(pageNames(at, found), theirs) || f.tree.isVisitorsElsewhere(at, found)) {
		err = ErrVisitorsPage
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// AcceptPage makes the index.html of a folder its page, whoever put it there.
// The error satisfies [fs.ErrNotExist] if there is none.
func (w *Writer) AcceptPage(folder string) error {
	t := w.tree
	at, err := t.findFolder(folder)
	if err != nil {
		return err
	}
	t.pages.Lock()
	defer t.pages.Unlock()
	page, _, err := t.find(join(at, indexName))
	if err != nil {
		return failure("accept", join(at, indexName), err)
	}
	if err := t.acceptElsewhere(at, page); err != nil {
		return writeError(err)
	}
	if err := t.root.Remove(join(at, pageNote)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return writeError(err)
	}
	return nil
}

// identity tells whether a file is still the one that a visitor put there. A
// file that the owner saves in its place has another inode, or the same one born
// later. Memory cards number their files differently each time, so size and time
// of change count as well.
type identity struct {
	Inode    uint64 // 0 if the system does not tell
	Born     int64  // nanoseconds since 1970, when the inode was made; 0 if unknown
	Size     int64
	Modified time.Time
}

// coarseTime is how exactly FAT keeps the time of a change.
const coarseTime = 2 * time.Second

func (i identity) equal(o identity) bool {
	return i.Inode != 0 && i.Inode == o.Inode && i.Born == o.Born ||
		i.Size == o.Size && i.Modified.Sub(o.Modified).Abs() <= coarseTime
}

// identify returns the identity of what is at a name without links. It does not
// follow a link.
func (t *tree) identify(name string) (identity, error) {
	info, err := t.root.Lstat(name)
	if err != nil {
		return identity{}, err
	}
	// As JSON, a time has whole minutes to UTC, which not all local times have.
	i := identity{Size: info.Size(), Modified: info.ModTime().UTC()}
	i.Inode, i.Born = origin(t.root, name, info)
	return i, nil
}

// isVisitorsPage reports whether the note in a folder names what is at a name.
// A note that cannot be read names everything.
func (t *tree) isVisitorsPage(folder, name string) bool {
	marks, err := t.pageMarks(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	is, err2 := t.identify(name)
	if err != nil || err2 != nil {
		return true
	}
	for _, mark := range marks {
		if mark.equal(is) {
			return true
		}
	}
	return false
}

// isVisitors reports whether what is at a name without links may be the page of
// its folder, and visitors put it there.
func (t *tree) isVisitors(name string) bool {
	return t.mayBePage(name) && t.isVisitorsPage(parent(name), name)
}

// pageNames returns the names of the page of a folder: that of its index.html
// and, if that is a link, the one to which it leads.
func pageNames(folder, found string) []string {
	names := []string{join(folder, indexName)}
	if found != names[0] {
		names = append(names, found)
	}
	return names
}

func (t *tree) pageMarks(folder string) (marks []identity, err error) {
	b, err := t.root.ReadFile(join(folder, pageNote))
	if err == nil {
		err = json.Unmarshal(b, &marks)
	}
	return marks, err
}

// mayBePage reports whether a name without links may be that of the page of its
// folder, or the one to which a link there leads.
func (t *tree) mayBePage(name string) bool {
	if namesPage(name) {
		return true
	}
	info, err := t.root.Lstat(join(parent(name), indexName))
	return err == nil && isLink(info)
}

// namesPage reports whether some file system takes a name for that of a page:
// many ignore case, and that of old Macs the joiners, which [Writer] lets
// through.
func namesPage(name string) bool {
	element := name[strings.LastIndexByte(name, '/')+1:]
	return strings.EqualFold(strings.NewReplacer("\u200c", "", "\u200d", "").Replace(element), indexName)
}

// naming calls put, which gives what is at old one of the names at, all without
// links, for visitors. If that makes it the page of a folder, it is remembered before as one
// of visitors. modified, unless zero, is the modification time that it will have.
func (t *tree) naming(old string, modified time.Time, put func() error, at ...string) error {
	if err := t.noteVisitors(); err != nil {
		return err
	}
	at = slices.DeleteFunc(at, func(name string) bool { return !t.mayBePage(name) })
	if len(at) == 0 {
		return put()
	}
	t.pages.Lock()
	defer t.pages.Unlock()
	var undo []func()
	for _, name := range at {
		back, err := t.markPage(parent(name), old, modified)
		if err != nil {
			return err
		}
		undo = append(undo, back)
	}
	err := put()
	if err != nil {
		for _, back := range undo {
			back()
		}
	}
	return err
}

// markPage adds what is at old to the note in a folder, in which only what the
// folder's page is now stays; called with t.pages held.
func (t *tree) markPage(folder, old string, modified time.Time) (undo func(), err error) {
	mark, err := t.identify(old)
	if err != nil {
		return nil, err
	}
	if !modified.IsZero() {
		mark.Modified = modified
	}
	var marks []identity
	found, _, err := t.find(join(folder, indexName))
	if err != nil {
		found = join(folder, indexName)
	}
	for _, page := range pageNames(folder, found) {
		if now, err := t.identify(page); err == nil && t.isVisitorsPage(folder, page) {
			marks = append(marks, now)
		}
	}
	if err := t.writePageNote(folder, append(marks, mark)); err != nil {
		return nil, err
	}
	return func() { _ = t.writePageNote(folder, marks) }, nil // one mark too many does no harm
}

// remarkPages notes what is at a name once more, if that is the page of a folder by
// one of its names: the modification time may not be the one that was wanted, since
// file systems keep those of some centuries only.
func (t *tree) remarkPages(at string, names []string) {
	t.pages.Lock()
	defer t.pages.Unlock()
	for _, name := range names {
		if t.mayBePage(name) {
			_, _ = t.markPage(parent(name), at, time.Time{})
		}
	}
}

func (t *tree) writePageNote(folder string, marks []identity) error {
	at := join(folder, pageNote)
	if len(marks) == 0 {
		return t.root.Remove(at)
	}
	b, err := json.Marshal(marks)
	if err != nil {
		return err
	}
	draft := at + draftSuffix
	if err := t.root.WriteFile(draft, b, 0o600); err != nil {
		t.root.Remove(draft)
		return err
	}
	return t.root.Rename(draft, at)
}

// removePageNote removes the notes in a folder that has no page any more.
func (t *tree) removePageNote(folder string) {
	t.pages.Lock()
	defer t.pages.Unlock()
	if _, err := t.root.Lstat(join(folder, indexName)); errors.Is(err, fs.ErrNotExist) {
		t.root.Remove(join(folder, pageNote))
		t.root.Remove(join(folder, acceptedNote))
	}
}
