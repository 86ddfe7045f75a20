package share

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"
)

const (
	// visitorsNote is a file in a share into which visitors have put something. It
	// outlives the time in which they may. It has a line for each file that they wrote,
	// see [Made.line].
	visitorsNote = reserved + "-visitors"
	// visitorsNoteHead is in the note unless an earlier version made that, which did not
	// note which files.
	visitorsNoteHead = "Files that visitors wrote\n"
	// anyFile is the line of a file that the system cannot tell from others.
	anyFile = "#any\n"
	// maxVisitorsNote is how long the note grows in bytes: for some 60,000 files. Then
	// any file may be one that visitors wrote.
	maxVisitorsNote = 2 << 20
	// acceptedNote is a file beside an index.html that is a link to another folder.
	// It holds the identity of the page there that the owner has accepted, as JSON.
	acceptedNote = reserved + "-accepted.json"
)

// Visited reports whether visitors have ever put something into the share, or into
// another one that the file is in. Then it may be theirs, or use one that is.
func (f *File) Visited() bool { return anyThere(f.notes()) }

// IsVisitors reports whether the file is one that visitors wrote, under whatever name
// it is by now. Where nothing tells files apart, any may be theirs after [File.Visited].
func (f *File) IsVisitors() bool {
	var made Made
	if f.file != nil {
		made.inode, made.born = originOf(f.file, f.info)
	}
	for at := range f.notes() {
		if at.isThere() && at.tells(made) {
			return true
		}
	}
	return false
}

// noteAt is where a note of visitors may be.
type noteAt struct {
	root *os.Root // nil if name is a path of the system; name is "" if nobody knows where
	name string
}

// isThere reports whether there is a note, or may be one.
func (n noteAt) isThere() (is bool) {
	var err error
	switch {
	case n.name == "":
		return true
	case n.root == nil:
		_, err = os.Lstat(n.name)
		return err == nil
	}
	_, err = n.root.Lstat(n.name)
	return err == nil || !errors.Is(err, fs.ErrNotExist)
}

// tells reports whether the note says that visitors wrote a file.
func (n noteAt) tells(made Made) bool {
	var b []byte
	var err error
	switch {
	case n.name == "":
		return true
	case n.root == nil:
		b, err = os.ReadFile(n.name)
	default:
		b, err = n.root.ReadFile(n.name)
	}
	has := func(line string) bool { return bytes.Contains(b, []byte(line)) }
	return err != nil || !has(visitorsNoteHead) || has(anyFile) || made.line() == anyFile || has(made.line())
}

// notes yields where the notes may be that concern the file: those of its share, and
// of the folders between that and the file, which may have been shared by themselves.
func (f *File) notes() iter.Seq[noteAt] {
	return func(yield func(noteAt) bool) {
		if f.tree == nil {
			return
		}
		for at := range (visitors{f.tree}).notes() {
			if !yield(at) {
				return
			}
		}
		found, _, err := f.tree.find(f.name)
		for err == nil && found != "." {
			if found = parent(found); !yield(noteAt{f.tree.root, join(found, visitorsNote)}) {
				return
			}
		}
		if err != nil {
			yield(noteAt{})
		}
	}
}

// visitors notes in a tree what visitors put into it.
type visitors struct{ tree *tree }

// notes yields where the notes may be that concern all of a share: in it, and in the
// folders that it is in.
func (v visitors) notes() iter.Seq[noteAt] {
	return func(yield func(noteAt) bool) {
		if !yield(noteAt{v.tree.root, visitorsNote}) {
			return
		}
		at, err := filepath.EvalSymlinks(v.tree.path)
		for up := filepath.Dir(at); err == nil && up != at; at, up = up, filepath.Dir(up) {
			if !yield(noteAt{nil, filepath.Join(up, visitorsNote)}) {
				return
			}
		}
		if err != nil {
			yield(noteAt{})
		}
	}
}

// visited reports whether visitors have ever put something into the share, or into
// one that it is in.
func (v visitors) visited() bool { return anyThere(v.notes()) }

func anyThere(notes iter.Seq[noteAt]) bool {
	for at := range notes {
		if at.isThere() {
			return true
		}
	}
	return false
}

// note remembers that visitors put something into the share.
func (v visitors) note() error {
	if (noteAt{v.tree.root, visitorsNote}).isThere() {
		return nil
	}
	note, err := v.tree.root.OpenFile(visitorsNote, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = note.WriteString(visitorsNoteHead) // perhaps behind the first line
	return errors.Join(err, note.Close())
}

// noteWritten remembers that visitors wrote a file.
func (v visitors) noteWritten(made Made) error {
	note, err := v.openNote()
	if err != nil {
		return err
	}
	defer note.Close()
	info, err := note.Stat()
	if err != nil || info.Size() >= maxVisitorsNote {
		return err
	}
	line := made.line()
	if info.Size()+int64(len(line)) >= maxVisitorsNote {
		line += anyFile
	}
	_, err = note.WriteString(line)
	return err
}

// openNote opens the note of visitors to append to it, and makes it if need be.
func (v visitors) openNote() (*os.File, error) {
	if note, ok := v.tree.direct.append(visitorsNote); ok {
		return note, nil
	}
	if err := v.note(); err != nil {
		return nil, err
	}
	return v.tree.root.OpenFile(visitorsNote, os.O_WRONLY|os.O_APPEND, 0)
}

// isAccepted reports whether the owner has accepted a file as the page of a folder,
// although it is in another one, where visitors may have put it. Found is its name
// without links.
func isAccepted(folder *os.Root, t *tree, found string, page *File) bool {
	b, err := folder.ReadFile(acceptedNote)
	if err != nil {
		return false
	}
	var accepted identity
	is, info, err := identify(t.root, found)
	return err == nil && os.SameFile(info, page.info) && json.Unmarshal(b, &accepted) == nil && accepted.equal(is)
}

// acceptElsewhere accepts the page of a folder as it is, at a name without links.
func acceptElsewhere(t *tree, folder, page string) error {
	if parent(page) == folder {
		return nil
	}
	is, _, err := identify(t.root, page)
	if err != nil {
		return err
	}
	b, err := json.Marshal(is)
	if err != nil {
		return err
	}
	return t.root.WriteFile(join(folder, acceptedNote), b, 0o600)
}

// identity tells whether a file is still the one that was accepted. Visitors choose
// size and time of what they send, but not its inode and when that was made.
type identity struct {
	Inode    uint64 // 0 if the system does not tell
	Born     int64  // nanoseconds since 1970, when the inode was made; 0 if unknown
	Size     int64
	Modified time.Time
}

func (i identity) equal(o identity) bool {
	return i.Inode != 0 && i.Inode == o.Inode && i.Born == o.Born && i.Size == o.Size && i.Modified.Equal(o.Modified)
}

// identify returns the identity of what is at a name without links. It does not
// follow a link.
func identify(root *os.Root, name string) (identity, fs.FileInfo, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return identity{}, nil, err
	}
	// As JSON, a time has whole minutes to UTC, which not all local times have.
	i := identity{Size: info.Size(), Modified: info.ModTime().UTC()}
	i.Inode, i.Born = origin(root, name, info)
	return i, info, nil
}
