package dav

import (
	"errors"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxOwner is how much a client may say of its user, in bytes of XML.
const maxOwner = 4 << 10

// Lock answers a LOCK (RFC 4918 9.10) of a device, whose address counts as one of a
// group. The error is one of this
// package, or one like those of [share.Folder.Open] and [share.Writer.CheckName].
func (h *Handler) Lock(w http.ResponseWriter, q *http.Request, holder, group string) error {
	root, err := readXML(q.Body)
	if err != nil {
		return err
	}
	if root == nil {
		return h.refresh(w, q, holder)
	}
	l, err := readLock(q, root)
	if err != nil {
		return err
	}
	l.holder, l.group = holder, group
	status := http.StatusOK
	if l.unmapped, err = h.lacks(l.name); err != nil {
		return err
	}
	var changes []Change
	if l.unmapped {
		status = http.StatusCreated
		changes = append(changes, Change{Name: parent(l.name)}) // something is about to be put there
	}
	if err := h.Confirm(q, holder, changes...); err != nil {
		return err
	}
	l.caseless = h.folder.IgnoresCase(l.name)
	if err := h.locks.add(l, time.Now()); err != nil {
		return err
	}
	w.Header().Set("Lock-Token", "<"+l.token+">")
	return answerLock(w, status, l)
}

// lacks reports whether nothing has a name yet that could have it.
func (h *Handler) lacks(name string) (bool, error) {
	f, err := h.folder.Open(name)
	if err == nil {
		return false, f.Close()
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	err = h.writer.CheckName(name)
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrNoParent
	}
	return true, err
}

// readLock reads the body and the headers of a LOCK.
func readLock(q *http.Request, root *element) (*lock, error) {
	scope, kind := root.find("lockscope"), root.find("locktype")
	if !root.is("lockinfo") || scope == nil || kind == nil || kind.find("write") == nil {
		return nil, ErrBody
	}
	shared := scope.find("shared") != nil
	if shared == (scope.find("exclusive") != nil) {
		return nil, ErrBody
	}
	depth, _, err := depth(q, infinite)
	if err != nil || depth == 1 {
		return nil, ErrDepth
	}
	l := &lock{name: NameOf(q.URL.Path), deep: depth == infinite, shared: shared, timeout: readTimeout(q.Header)}
	if owner := root.find("owner"); owner != nil {
		if l.owner = appendContent(nil, owner); len(l.owner) > maxOwner {
			return nil, ErrBody
		}
	}
	return l, nil
}

// readTimeout returns how long a lock lasts: the first time in the Timeout header
// that can be granted (RFC 4918 10.7).
func readTimeout(h http.Header) time.Duration {
	for one := range strings.SplitSeq(h.Get("Timeout"), ",") {
		one = strings.TrimSpace(one)
		if strings.EqualFold(one, "Infinite") {
			return maxTimeout
		}
		if len(one) < 8 || !strings.EqualFold(one[:7], "Second-") {
			continue
		}
		n, err := strconv.ParseUint(one[7:], 10, 32)
		if errors.Is(err, strconv.ErrRange) {
			return maxTimeout
		}
		if err == nil && n > 0 {
			return min(time.Duration(n)*time.Second, maxTimeout)
		}
	}
	return defaultTimeout
}

// refresh answers a LOCK without a body, which lets a lock go on.
func (h *Handler) refresh(w http.ResponseWriter, q *http.Request, holder string) error {
	lists, err := parseIf(q.Header)
	if err != nil {
		return err
	}
	name, now := NameOf(q.URL.Path), time.Now()
	for _, token := range submitted(lists) {
		l, ok := h.locks.find(token, name, now)
		if !ok {
			continue
		}
		if l.holder != holder {
			return ErrNotHolder
		}
		if l, ok = h.locks.refresh(token, name, readTimeout(q.Header), now); ok {
			return answerLock(w, http.StatusOK, &l)
		}
	}
	if len(lists) == 0 {
		return ErrBody // neither a new lock nor one to refresh
	}
	return ErrPrecondition
}

func answerLock(w http.ResponseWriter, status int, l *lock) error {
	b := append([]byte(prolog), `<D:prop xmlns:D="DAV:"><D:lockdiscovery>`...)
	b = l.appendActive(b)
	b = append(b, "</D:lockdiscovery></D:prop>\n"...)
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(status)
	if _, err := w.Write(b); err != nil {
		return errors.Join(ErrCut, err)
	}
	return nil
}

// Unlock answers an UNLOCK (RFC 4918 9.11) of a device. Some clients send the
// token without its angle brackets.
func (h *Handler) Unlock(w http.ResponseWriter, q *http.Request, holder string) error {
	token := strings.Trim(q.Header.Get("Lock-Token"), " <>")
	if token == "" {
		return ErrIfHeader
	}
	l, ok := h.locks.find(token, NameOf(q.URL.Path), time.Now())
	switch {
	case !ok:
		return ErrNoLock
	case l.holder != holder:
		return ErrNotHolder
	}
	h.locks.remove(token)
	w.WriteHeader(http.StatusNoContent)
	return nil
}
