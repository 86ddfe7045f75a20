package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"windowsill/server/access"
	"windowsill/server/dav"
	"windowsill/server/receive"
	"windowsill/server/share"
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
	if to == from || strings.HasPrefix(to+"/", from+"/") && !shallow {
		return share.ErrInside
	}
	by, err := c.sender(q)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(q.Context())
	defer cancel()
	defer context.AfterFunc(c.closing, cancel)()
	run := copying{changes: c, ctx: ctx, by: by, shallow: shallow}
	replaced, err := run.over(q, from, to)
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

// copying is a copy in progress.
type copying struct {
	changes *changes
	ctx     context.Context
	by      receive.Device
	shallow bool             // only the folder itself, not what is in it
	made    []receive.Placed // so far
}

// over copies something, and puts what has the name into the trash before, or
// back if the copy fails.
func (r *copying) over(q *http.Request, from, to string) (replaced bool, err error) {
	c := r.changes
	if !c.drive.isThere(to) {
		return false, r.whole(from, to)
	}
	if q.Header.Get("Overwrite") == "F" {
		return false, receive.ErrChanged // RFC 4918 10.6: 412
	}
	if c.devices.guard.Policy().Allow < access.Change {
		return false, errReadOnly
	}
	id, err := c.intoTrash(q, to, func(id string) error { return c.writer.Trash(to, id) })
	if err != nil {
		return false, err
	}
	if err := r.whole(from, to); err != nil {
		return false, errors.Join(err, c.trash.putBack(id))
	}
	return true, nil
}

// whole copies something, or removes what it has made of it.
func (r *copying) whole(from, to string) error {
	err := r.one(from, to)
	if err != nil {
		for _, at := range slices.Backward(r.made) {
			r.changes.receiver.Discard(at)
		}
	}
	return err
}

// one copies a file, or a folder and what is in it.
func (r *copying) one(from, to string) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	c := r.changes
	f, err := c.writer.Folder().Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	at, err := r.empty(f, to)
	if err != nil {
		return err
	}
	r.made = append(r.made, at)
	c.pages.placed(to, r.by)
	if err := c.drive.dav.CopyProperties(from, to); err != nil || !f.IsDir() || r.shallow {
		return err
	}
	return r.members(from, to)
}

// empty copies a file, or a folder without what is in it.
func (r *copying) empty(f *share.File, to string) (receive.Placed, error) {
	if f.IsDir() {
		return r.changes.receiver.MakeFolder(to)
	}
	folder, name := split(to)
	return r.changes.receiver.Put(r.ctx, receive.File{
		Folder: folder, Name: name, Size: f.Size(), Modified: f.ModTime(), Clash: receive.Refuse, From: r.by,
	}, f.Content())
}

func (r *copying) members(from, to string) error {
	for m, err := range r.changes.writer.Folder().Members(r.ctx, from, nil) {
		if err != nil {
			return err
		}
		if err := r.one(inFolder(from, m.Name), inFolder(to, m.Name)); err != nil {
			return err
		}
	}
	return nil
}
