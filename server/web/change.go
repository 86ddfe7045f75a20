package web

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"

	"windowsill/server/receive"
)

// changes is a site as those meet it who change what is there.
type changes struct{ inbox }

// makeFolder makes a folder (RFC 4918 9.3).
func (s changes) makeFolder(w http.ResponseWriter, q *http.Request) error {
	if q.ContentLength != 0 {
		return errEncoded
	}
	name, err := s.newName(trimSlash(strings.TrimPrefix(q.URL.Path, "/")))
	if err != nil {
		return err
	}
	if err := s.writer.MakeFolder(name); err != nil {
		return err
	}
	w.Header().Set("Location", address(name)+"/")
	w.WriteHeader(http.StatusCreated)
	return nil
}

// newName returns a name under which something new can stand, with its last
// element tamed. The folder that it lies in has to be there.
func (s changes) newName(path string) (string, error) {
	folder, name := split(path)
	if name == "" {
		return "", errNameless
	}
	if err := s.isFolder(folder); err != nil {
		return "", err
	}
	return inFolder(folder, receive.Tame(name)), nil
}

// move gives something another name (RFC 4918 9.9). What is in its way goes to
// the trash, unless the request forbids it.
func (s changes) move(w http.ResponseWriter, q *http.Request) error {
	from := trimSlash(strings.TrimPrefix(q.URL.Path, "/"))
	if err := s.expected(q, from); err != nil {
		return err
	}
	to, err := destination(q)
	if err != nil {
		return err
	}
	if to, err = s.newName(to); err != nil {
		return err
	}
	err = s.writer.Move(from, to)
	replaced := false
	if errors.Is(err, fs.ErrExist) && q.Header.Get("Overwrite") != "F" {
		replaced, err = true, s.moveOver(q, from, to)
	} else if errors.Is(err, fs.ErrExist) {
		err = receive.ErrChanged // RFC 4918 10.6: 412
	}
	if err != nil {
		return err
	}
	w.Header().Set("Location", address(to))
	if replaced {
		w.WriteHeader(http.StatusNoContent)
	} else {
		w.WriteHeader(http.StatusCreated)
	}
	return nil
}

// moveOver puts something in the place of what has its name, which can be
// brought back like what was deleted.
func (s changes) moveOver(q *http.Request, from, to string) error {
	by, err := s.sender(q)
	if err != nil {
		return err
	}
	id := receive.NewID()
	if err := s.writer.MoveOver(from, to, id); err != nil {
		return err
	}
	s.deletions.add(Deleted{ID: id, Name: to, Device: by.Device, Addr: by.Addr, At: time.Now()})
	return nil
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
func (s changes) remove(w http.ResponseWriter, q *http.Request) error {
	name := trimSlash(strings.TrimPrefix(q.URL.Path, "/"))
	if err := s.expected(q, name); err != nil {
		return err
	}
	from, err := s.sender(q)
	if err != nil {
		return err
	}
	id := receive.NewID()
	if err := s.writer.Trash(name, id); err != nil {
		return err
	}
	s.deletions.add(Deleted{ID: id, Name: name, Device: from.Device, Addr: from.Addr, At: time.Now()})
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	return cut(json.NewEncoder(w).Encode(map[string]string{"undo": id}))
}

// expected returns nil if what a request is about is there, and is what it
// expects to be there. The share itself can be neither moved nor deleted.
func (s changes) expected(q *http.Request, name string) error {
	if name == "" {
		return errNameless
	}
	f, err := s.folder.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return precondition(q, f)
}

// undo takes something out of the trash, by the id that it got when it went
// there: in the address or in a form.
func (s changes) undo(w http.ResponseWriter, q *http.Request) error {
	if q.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return errMethod
	}
	q.Body = http.MaxBytesReader(w, q.Body, longestForm)
	id := q.FormValue("id")
	was, err := s.Restore(id)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", address(was))
	if asksForHTML(q) {
		folder, _ := split(was)
		w.Header().Set("Location", strings.TrimSuffix(address(folder), "/")+"/")
		w.WriteHeader(http.StatusSeeOther)
		return nil
	}
	w.WriteHeader(http.StatusCreated)
	return nil
}
