package share

import (
	"context"
	"io/fs"
	"iter"
)

// Path returns the absolute path of the folder that was given to [Open], with
// its links; "" if the share consists of roots.
func (f *Folder) Path() string {
	if c := f.view.contents(); c.whole != nil {
		return c.whole.path
	}
	return ""
}

// ServesHidden reports whether hidden files are served too.
func (f *Folder) ServesHidden() bool { return f.view.set.options.Hidden }

// Check returns nil as long as Path leads to the same folder that was opened and
// it can be read. Otherwise the error is one like those of [Open]. It takes a few
// system calls. Of a share that consists of roots it looks at some each time, and
// returns nil: see [Folder.Roots].
func (f *Folder) Check() error {
	c := f.view.contents()
	if c.whole != nil {
		return c.whole.check()
	}
	f.view.set.look(c.someRoots())
	return nil
}

// Close closes the folder. Files and lists that are open stay usable.
func (f *Folder) Close() error {
	f.view.set.op.Lock()
	defer f.view.set.op.Unlock()
	f.view.set.now.Load().close(&contents{})
	return nil
}

// Open opens the file or folder of that name for reading. The name is relative
// to the share; its elements are separated by single slashes, with none at the
// end. "" and "." mean the share itself. Names need not be UTF-8.
//
// The error satisfies [fs.ErrNotExist] for all that is not served, which
// includes hidden, reserved and malformed names, links that leave the share, and
// whatever is neither a regular file nor a folder. Links are judged by what they
// lead to. Other errors, such as [fs.ErrPermission], are the system's.
func (f *Folder) Open(name string) (*File, error) {
	t, local, err := f.view.at(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if t == nil {
		return f.view.contents().open(), nil
	}
	file, err := reader{t}.open(local)
	if in := t.in.Load(); err == nil && in != nil && (local == "" || t.only != nil) {
		file.root = in.name
	}
	return file, err
}

// List reads the names in a folder. The error is one like those of
// [Folder.Open]; a file does not exist as a folder. The caller closes the list.
func (f *Folder) List(name string) (*List, error) {
	return f.ListInTurn(name, func() error { return nil })
}

// ListInTurn is List, but calls wait once there turn out to be more than a few
// thousand names, and only goes on, with the megabytes that they take, if that
// returns nil. Its error is returned as it is.
func (f *Folder) ListInTurn(name string, wait func() error) (*List, error) {
	t, local, err := f.view.at(name)
	if err != nil {
		return nil, &fs.PathError{Op: "list", Path: name, Err: err}
	}
	if t == nil {
		return f.view.set.list(), nil
	}
	return reader{t}.listInTurn(local, wait)
}

// Members yields what can be seen in a folder, in the system's order: quicker
// than [Folder.List] for who sends all of it anyway. If it ends early, an error
// comes last: that of ctx, of wait, or one like those of [Folder.List]. It calls
// wait as [Folder.ListInTurn] does.
func (f *Folder) Members(ctx context.Context, name string, wait func() error) iter.Seq2[Member, error] {
	t, local, err := f.view.at(name)
	switch {
	case err != nil:
		return failing[Member](&fs.PathError{Op: "list", Path: name, Err: err})
	case t == nil:
		return f.view.set.members
	}
	return reader{t}.members(ctx, local, wait)
}

// Walk walks the folder of that name and everything below it: each folder, then
// its files, then the folders in it, both in natural order. If only is not nil,
// Walk takes of the folder just what is named in it, "a" or further down "b/c", and
// the folders on the way there; those that do not exist come as items whose Err is
// [fs.ErrNotExist].
//
// Walk comes to what listings show and to nothing else. It follows links to
// folders but walks nothing twice, so links in a circle come to an end: such a
// link is an item whose Err is [ErrVisited]. Whether files can be read is asked
// and not tried: on Unix it opens none.
//
// If Walk ends early, an error comes last: that of ctx, or one like those of
// [Folder.Open] if there is no such folder.
func (f *Folder) Walk(ctx context.Context, name string, only []string) iter.Seq2[Item, error] {
	t, local, err := f.view.at(name)
	switch {
	case err != nil:
		return failing[Item](&fs.PathError{Op: "list", Path: name, Err: err})
	case t == nil:
		return func(yield func(Item, error) bool) { f.view.set.walk(ctx, only, yield) }
	}
	return reader{t}.walk(ctx, local, only)
}

// Search looks for files and folders below the folder of that name, and yields
// those whose names contain every word, in any order and regardless of case and
// accents. Without words it finds nothing.
//
// What is near comes first; within a folder, the order is that of a [List]. It
// finds what listings show and nothing else. Links to folders are followed, but
// no folder is searched twice, so links in a circle come to an end.
//
// If not everything was searched, an error comes last: ctx's error; one like
// those of [Folder.Open] if there is no such folder; or another one if there
// were more folders than Search can remember, or some could not be read for
// another reason than lack of permission.
func (f *Folder) Search(ctx context.Context, name string, words []string) iter.Seq2[Found, error] {
	t, local, err := f.view.at(name)
	switch {
	case err != nil:
		return failing[Found](&fs.PathError{Op: "search", Path: name, Err: err})
	case t == nil:
		return func(yield func(Found, error) bool) { f.view.set.search(ctx, words, yield) }
	}
	return reader{t}.search(ctx, local, words)
}

// Page opens the page of a folder, which is its index.html. The error satisfies
// [fs.ErrNotExist] if it has none, and is [ErrVisitorsPage] if one was written
// there through a [Writer] and not accepted since, see [Writer.AcceptPage], or if it
// is a link to another folder of a share into which something was.
func (f *Folder) Page(folder string) (*File, error) {
	t, local, err := f.view.at(folder)
	if err == nil && t == nil {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: folder, Err: err}
	}
	return reader{t}.page(local)
}

// Properties returns what was noted about a file or folder by
// [Writer.SetProperties]; nil if nothing was. The error is one like those of
// [Folder.Open].
func (f *Folder) Properties(name string) ([]byte, error) {
	t, local, err := f.view.at(name)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	if t == nil || t.only != nil {
		return nil, nil // nothing is noted about what the owner has chosen
	}
	return reader{t}.properties(local)
}

// Member describes the file or folder of that name, without opening it where the
// system can tell. The error is one like those of [Folder.Open].
func (f *Folder) Member(name string) (Member, error) {
	if t, local, err := f.view.at(name); err == nil && t != nil {
		if m, ok := (reader{t}).member(local); ok {
			return m, nil
		}
	}
	file, err := f.Open(name)
	if err != nil {
		return Member{}, err
	}
	defer file.Close()
	return file.Member(), nil
}

// failing yields an error alone.
func failing[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		yield(none, err)
	}
}
