package dav

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// microsoft is the namespace of what Explorer sets after it has copied a file.
const microsoft = "urn:schemas-microsoft-com:"

// patch is what a PROPPATCH wants to change.
type patch struct {
	names     []xml.Name // all that it names, in order
	protected []xml.Name // those of them that cannot be changed
	dead      []property // as for setDead
	modified  time.Time  // zero if it is not to be changed
}

// readPatch reads the body of a PROPPATCH.
func readPatch(r io.Reader) (patch, error) {
	root, err := readXML(r)
	if err != nil || root == nil || !root.is("propertyupdate") {
		return patch{}, ErrBody
	}
	var p patch
	for _, change := range root.elements() {
		remove := change.is("remove")
		if !remove && !change.is("set") {
			continue // RFC 4918 17: what is not known is passed over
		}
		in := change.find("prop")
		if in == nil {
			return patch{}, ErrBody
		}
		for _, e := range in.elements() {
			p.take(e, remove)
		}
	}
	if len(p.names) == 0 || len(p.names) > maxNames {
		return patch{}, ErrBody
	}
	return p, nil
}

// take takes one property. The time of change is that of the file itself, and
// what else Explorer sets a file has already or cannot have: it is told that all
// went well, since it deletes its copy otherwise.
func (p *patch) take(e *element, remove bool) {
	p.names = append(p.names, e.name)
	t, isTime := modifiedBy(e)
	switch {
	case isTime && !remove:
		p.modified = t
	case e.name.Space == microsoft && strings.HasPrefix(e.name.Local, "Win32"):
	case liveIndex(e.name) >= 0:
		p.protected = append(p.protected, e.name)
	case remove:
		p.dead = append(p.dead, property{Space: e.name.Space, Local: e.name.Local})
	default:
		p.dead = append(p.dead, property{Space: e.name.Space, Local: e.name.Local, XML: string(appendElement(nil, e))})
	}
}

// modifiedBy returns the time of change that a property sets: Explorer's, or the
// one that KDE sends.
func modifiedBy(e *element) (t time.Time, ok bool) {
	if e.name != (xml.Name{Space: microsoft, Local: "Win32LastModifiedTime"}) && !e.is("getlastmodified") {
		return t, false
	}
	t, err := http.ParseTime(e.text())
	return t, err == nil
}

// PropPatch answers a PROPPATCH (RFC 4918 9.2), which is obeyed as a whole or not
// at all. The error is one of this package, or one like those of
// [share.Writer.SetProperties].
func (h *Handler) PropPatch(w http.ResponseWriter, q *http.Request) error {
	p, err := readPatch(q.Body)
	if err != nil {
		return err
	}
	name := NameOf(q.URL.Path)
	own, err := h.own(name)
	if err != nil {
		return err
	}
	b := append([]byte(prolog), `<D:multistatus xmlns:D="DAV:"><D:response><D:href>`...)
	b = appendHref(b, name, own.Dir)
	b = append(b, "</D:href>"...)
	if len(p.protected) > 0 {
		b = appendStatus(b, p.protected, "403 Forbidden", "<D:error><D:cannot-modify-protected-property/></D:error>")
		b = appendStatus(b, p.others(), "424 Failed Dependency", "")
	} else {
		switch err := h.apply(name, p); {
		case errors.Is(err, ErrTooMuch):
			b = appendStatus(b, p.names, "507 Insufficient Storage", "")
		case err != nil:
			return err
		default:
			b = appendStatus(b, p.names, "200 OK", "")
		}
	}
	b = append(b, "</D:response>"+multistatusEnd...)
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(http.StatusMultiStatus)
	_, err = w.Write(b)
	if err != nil {
		return errors.Join(ErrCut, err)
	}
	return nil
}

func (h *Handler) apply(name string, p patch) error {
	h.patching.Lock()
	defer h.patching.Unlock()
	if len(p.dead) > 0 {
		if err := h.setDead(name, p.dead); err != nil {
			return err
		}
	}
	if !p.modified.IsZero() {
		return h.writer.SetModified(name, p.modified)
	}
	return nil
}

// others returns the names that could be changed.
func (p patch) others() (names []xml.Name) {
	for _, name := range p.names {
		if liveIndex(name) < 0 {
			names = append(names, name)
		}
	}
	return names
}

// appendStatus appends a propstat, unless there are no names for it.
func appendStatus(b []byte, names []xml.Name, status, more string) []byte {
	if len(names) == 0 {
		return b
	}
	b = append(b, "<D:propstat><D:prop>"...)
	for _, name := range names {
		b = appendEmpty(b, name)
	}
	return append(b, "</D:prop><D:status>HTTP/1.1 "+status+"</D:status>"+more+"</D:propstat>"...)
}
