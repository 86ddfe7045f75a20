package web

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"

	"windowsill/server/access"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/turns"
)

// changes makes folders, and moves and deletes what is in the share.
type changes struct {
	writer   *share.Writer
	receiver *receive.Receiver
	devices  devices
	trash    *trash
	pages    *visitorsPages
	drive    *drive
	copies   *turns.Turns // of folders
	closing  context.Context
}

// sender returns the device that sends a request.
func (c *changes) sender(q *http.Request) (receive.Device, error) {
	by, err := c.devices.sender(q)
	by.MayTake = c.drive.mayTake(q)
	return by, err
}

// makeFolder makes a folder (RFC 4918 9.3).
func (c *changes) makeFolder(w http.ResponseWriter, q *http.Request) error {
	if q.ContentLength != 0 {
		return errEncoded
	}
	name, err := c.newName(q, nameIn(q))
	if err != nil {
		return err
	}
	if _, err := c.receiver.MakeFolder(name); err != nil {
		return err
	}
	w.Header().Set("Location", address(name)+"/")
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusCreated)
	return nil
}

// newName returns a name under which something new can stand, with its last
// element tamed. The folder that it lies in has to be there.
func (c *changes) newName(q *http.Request, path string) (string, error) {
	folder, name := split(path)
	if name == "" {
		return "", errNameless
	}
	if err := checkFolder(c.writer.Folder(), folder); err != nil {
		return "", err
	}
	name, err := c.drive.newName(q, name)
	return inFolder(folder, name), err
}

// move gives something another name (RFC 4918 9.9). What is in its way goes to
// the trash, unless the request forbids it.
func (c *changes) move(w http.ResponseWriter, q *http.Request) error {
	from := nameIn(q)
	held, err := c.expected(q, from)
	if err != nil {
		return err
	}
	to, err := c.destination(q)
	if err != nil {
		return err
	}
	if to, err = c.newName(q, to); err != nil {
		return err
	}
	if held {
		return c.moveHeld(w, q, from, to)
	}
	replaced, err := c.rename(q, from, to)
	if errors.Is(err, share.ErrElsewhere) {
		replaced, err = c.moveByCopy(q, from, to)
	}
	if err != nil {
		return err
	}
	if by, err := c.sender(q); err == nil {
		c.pages.placed(to, by)
	}
	c.pages.look()
	c.drive.dav.Gone(from)
	w.Header().Set("Location", address(to))
	if replaced {
		w.WriteHeader(http.StatusNoContent)
	} else {
		w.Header().Set("Content-Length", "0")
		w.WriteHeader(http.StatusCreated)
	}
	return nil
}

// rename moves something within one root of the share, and one drive.
func (c *changes) rename(q *http.Request, from, to string) (replaced bool, err error) {
	err = c.writer.Move(from, to)
	if !errors.Is(err, fs.ErrExist) {
		return false, err
	}
	if err := c.mayReplace(q, to); err != nil {
		return false, err
	}
	return true, c.moveOver(q, from, to)
}

// mayReplace returns nil if a copy or a move may put something in the place of what
// has a name.
func (c *changes) mayReplace(q *http.Request, name string) error {
	if q.Header.Get("Overwrite") == "F" {
		return receive.ErrChanged // RFC 4918 10.6: 412
	}
	if may := c.devices.rights.whole(name); may < access.Change {
		return notAllowed(may)
	}
	return nil
}

// moveHeld moves a name that is locked and has no file yet: davfs2 does so when a
// new file is renamed before it is sent. The lock ends, as RFC 4918 7.6 wants it.
// What has the new name stays there until the file comes, so that nothing is lost
// if it never does.
func (c *changes) moveHeld(w http.ResponseWriter, q *http.Request, from, to string) error {
	there := c.drive.isThere(to)
	if there {
		if err := c.mayReplace(q, to); err != nil {
			return err
		}
	}
	if from != to {
		c.drive.dav.Gone(from)
	}
	w.Header().Set("Location", address(to))
	if there {
		w.WriteHeader(http.StatusNoContent)
	} else {
		w.Header().Set("Content-Length", "0")
		w.WriteHeader(http.StatusCreated)
	}
	return nil
}

// moveOver puts something in the place of what has its name, which can be
// brought back like what was deleted.
func (c *changes) moveOver(q *http.Request, from, to string) error {
	_, err := c.intoTrash(q, to, func(id string) error { return c.writer.MoveOver(from, to, id) })
	return err
}

// intoTrash has put move what has a name into the trash, under an id by which
// it can be brought back.
func (c *changes) intoTrash(q *http.Request, name string, put func(id string) error) (id string, err error) {
	by, err := c.sender(q)
	if err != nil {
		return "", err
	}
	id = receive.NewID()
	at := time.Now()
	if err := put(id); err != nil {
		return "", err
	}
	c.trash.add(Deleted{ID: id, Name: name, Device: by.ID, Addr: by.Addr, At: at})
	return id, nil
}

// destination returns where something is to be put. A companion stays one: under
// another name it would be a file of the share that nobody has counted.
func (c *changes) destination(q *http.Request) (string, error) {
	to, err := destination(q)
	if _, element := split(to); err == nil && c.drive.companions && !share.IsCompanion(element) {
		return "", errDestination
	}
	return to, err
}

// destination returns the name in the share that a Destination header leads
// to (RFC 4918 10.3).
func destination(q *http.Request) (string, error) {
	u, err := url.Parse(q.Header.Get("Destination"))
	if err != nil || u.Path == "" || u.Path[0] != '/' {
		return "", errDestination
	}
	if u.Host != "" && !strings.EqualFold(u.Host, q.Host) {
		return "", errOtherServer
	}
	return trimSlash(u.Path[1:]), nil
}

// remove puts something into the trash, and tells how to undo that.
func (c *changes) remove(w http.ResponseWriter, q *http.Request) error {
	name := nameIn(q)
	held, err := c.expected(q, name)
	if err != nil {
		return err
	}
	if held {
		c.drive.dav.Gone(name)
		w.WriteHeader(http.StatusNoContent) // there is nothing to bring back
		return nil
	}
	id, err := c.intoTrash(q, name, func(id string) error { return c.writer.Trash(name, id) })
	if err != nil {
		return err
	}
	c.pages.look()
	c.drive.dav.Gone(name)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	return abort(json.NewEncoder(w).Encode(map[string]string{"undo": id}))
}

// expected returns nil if what a request is about is there, or held for a file
// that is to come, and is what it expects to be there. The share itself can be
// neither moved nor deleted.
func (c *changes) expected(q *http.Request, name string) (held bool, err error) {
	if name == "" {
		return false, errNameless
	}
	if tag, held := c.drive.held(name); held {
		return true, checkCondition(q, tag)
	}
	f, err := c.writer.Folder().Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	if !f.IsDir() && strings.HasSuffix(q.URL.Path, "/") {
		return false, errNotFound // a file is not a folder
	}
	return false, checkCondition(q, f.ETag())
}

// undo takes something out of the trash, by the id that it got when it went
// there: in the address or in a form.
func (c *changes) undo(w http.ResponseWriter, q *http.Request) error {
	if q.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return errMethod
	}
	q.Body = http.MaxBytesReader(w, q.Body, maxForm)
	by, err := c.sender(q)
	if err != nil {
		return err
	}
	id := q.FormValue("id")
	if was, err := c.writer.Trashed(id); err == nil {
		if may := c.devices.rights.at(was); may < access.Change {
			return notAllowed(may)
		}
	}
	was, err := c.trash.restore(id, &by)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	if asksForHTML(q) {
		folder, _ := split(was)
		w.Header().Set("Location", folderAddress(folder))
		w.WriteHeader(http.StatusSeeOther)
		return nil
	}
	w.Header().Set("Location", address(was))
	w.WriteHeader(http.StatusCreated)
	return nil
}
