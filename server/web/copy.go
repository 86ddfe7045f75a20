package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"windowsill/server/archive"
	"windowsill/server/dav"
	"windowsill/server/receive"
	"windowsill/server/share"
)

// Bounds of copies of folders, whose names are held in memory meanwhile.
const (
	maxCopies      = 4       // at once
	maxCopiesOfOne = 1       // of them, for one address
	maxCopied      = 500_000 // files and folders in one
)

// copy copies a file, or a folder with all that is in it (RFC 4918 9.8). What is
// in its way goes to the trash, unless the request forbids it. A copy that fails
// leaves nothing.
func (c *changes) copy(w http.ResponseWriter, q *http.Request) error {
	from := nameIn(q)
	shallow := q.Header.Get("Depth") == "0"
	if d := q.Header.Get("Depth"); d != "" && !shallow && !strings.EqualFold(d, "infinity") {
		return dav.ErrDepth
	}
	held, err := c.expected(q, from)
	if err != nil {
		return err
	}
	if held {
		return errNotFound // there is nothing to copy yet
	}
	to, err := c.destination(q)
	if err != nil {
		return err
	}
	if to, err = c.newName(q, to); err != nil {
		return err
	}
	if c.writer.Overlap(from, to) && !(shallow && strings.HasPrefix(to, from+"/")) {
		return share.ErrInside
	}
	run := copying{changes: c, shallow: shallow}
	replaced, err := run.run(q, from, to)
	if err != nil {
		return err
	}
	c.pages.look()
	h := w.Header()
	h.Set("Location", address(to))
	h.Set("Content-Length", "0")
	if replaced {
		h.Del("Content-Length")
		w.WriteHeader(http.StatusNoContent)
	} else {
		w.WriteHeader(http.StatusCreated)
	}
	return nil
}

// moveByCopy moves something to another root of the share or to another drive: it
// copies that and puts the original into the trash. On a drive that is attached in the
// share there is no trash, and the original is deleted, if the copy has all that is in
// it. If either fails, nothing has changed.
func (c *changes) moveByCopy(q *http.Request, from, to string) (replaced bool, err error) {
	run := copying{changes: c, copied: map[string]share.Copied{}}
	run.after = func() error {
		_, err := c.intoTrash(q, from, func(id string) error { return c.writer.Trash(from, id) })
		if errors.Is(err, share.ErrElsewhere) {
			return c.writer.DeleteCopied(from, receive.NewID(), run.copied)
		}
		return err
	}
	return run.run(q, from, to)
}

// copying is a copy in progress.
type copying struct {
	changes *changes
	ctx     context.Context
	by      receive.Device
	shallow bool                    // only the folder itself, not what is in it
	after   func() error            // is the last step, if not nil
	made    []receive.Placed        // so far
	copied  map[string]share.Copied // what was copied so far, as for [share.Writer.DeleteCopied], if it moves; else nil
}

// run copies something when it is its turn.
func (r *copying) run(q *http.Request, from, to string) (replaced bool, err error) {
	c := r.changes
	if r.by, err = c.sender(q); err != nil {
		return false, err
	}
	ctx, cancel := context.WithCancel(q.Context())
	defer cancel()
	defer context.AfterFunc(c.closing, cancel)()
	r.ctx = ctx
	if !r.shallow {
		caller := c.devices.groupOf(q).String()
		if err := c.copies.Take(ctx, caller); err != nil {
			return false, err
		}
		defer c.copies.Give(caller)
	}
	return r.over(q, from, to)
}

// over copies something, and puts what has the name into the trash before, or
// back if the copy fails: only then is a companion gone for good.
func (r *copying) over(q *http.Request, from, to string) (replaced bool, err error) {
	c := r.changes
	if !c.drive.isThere(to) {
		return false, r.whole(from, to)
	}
	if err := c.mayReplace(q, to); err != nil {
		return false, err
	}
	_, err = c.intoTrash(q, to, func(id string) error {
		if err := c.writer.Trash(to, id); err != nil {
			return err
		}
		if err := r.whole(from, to); err != nil {
			return errors.Join(err, c.trash.putBack(id))
		}
		return nil
	})
	return err == nil, err
}

// whole copies something, or removes what it has made of it.
func (r *copying) whole(from, to string) error {
	err := r.tree(from, to)
	if err == nil && r.after != nil {
		err = r.after()
	}
	if err != nil {
		for _, at := range slices.Backward(r.made) {
			r.changes.receiver.Discard(at)
		}
	}
	return err
}

// tree copies a file, or a folder and what is in it. What that is, is found out
// first: a link may lead to where the copy comes.
func (r *copying) tree(from, to string) error {
	names := []string{""}
	if !r.shallow {
		below, err := r.within(from)
		if err != nil {
			return err
		}
		names = append(names, below...)
	}
	for _, name := range names {
		was, err := r.one(strings.TrimSuffix(from+"/"+name, "/"), strings.TrimSuffix(to+"/"+name, "/"))
		if err != nil {
			return err
		}
		if r.copied != nil {
			r.copied[name] = was
		}
	}
	return nil
}

// within returns the names of all that is below a folder, none for a file.
func (r *copying) within(folder string) (names []string, err error) {
	f, err := r.changes.writer.Folder().Open(folder)
	if err != nil {
		return nil, err
	}
	f.Close()
	if !f.IsDir() {
		return nil, nil
	}
	var at []string // elements of the latest name
	for item, err := range r.changes.writer.Folder().Walk(r.ctx, folder, nil) {
		switch {
		case err != nil:
			return nil, err
		case errors.Is(item.Err, share.ErrVisited):
			continue
		case item.Err != nil:
			return nil, item.Err
		case item.Depth == 0:
			continue
		case len(names) >= maxCopied:
			return nil, archive.ErrTooLarge
		}
		at = append(at[:item.Depth-1], item.Name)
		names = append(names, strings.Join(at, "/"))
	}
	return names, nil
}

// one copies a file, or a folder without what is in it, and returns what that was.
func (r *copying) one(from, to string) (was share.Copied, err error) {
	if err := r.ctx.Err(); err != nil {
		return was, err
	}
	f, err := r.changes.writer.Folder().Open(from)
	if err != nil {
		return was, err
	}
	defer f.Close()
	at, err := r.empty(f, to)
	if err != nil {
		return was, err
	}
	if !f.IsDir() {
		was = share.Copied{Size: f.Size(), Modified: f.ModTime()}
	}
	r.made = append(r.made, at)
	r.changes.pages.placed(to, r.by)
	return was, r.changes.drive.dav.CopyProperties(from, to)
}

// empty copies a file, or a folder without what is in it.
func (r *copying) empty(f *share.File, to string) (receive.Placed, error) {
	if f.IsDir() {
		return r.changes.receiver.MakeFolder(to)
	}
	folder, name := split(to)
	return r.changes.receiver.Put(r.ctx, receive.File{
		Folder: folder, Name: name, Size: f.Size(), Modified: f.ModTime(), Clash: receive.Refuse, From: r.by, Durable: r.copied != nil,
	}, f.Content())
}
