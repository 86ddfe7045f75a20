package dav

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"time"

	"windowsill/server/share"
)

const (
	maxNames  = 200      // properties that a request asks for
	flushSize = 32 << 10 // bytes of an answer that go out at a time
	// maxDeep is how many files and folders a tree may have that is listed whole.
	maxDeep = 1000
)

// query is what a PROPFIND asks for.
type query struct {
	kind  queryKind
	live  []int      // indices of live
	dead  []xml.Name // other names
	quiet bool       // the client waits for a minute and more if it is told the quota
}

type queryKind int

const (
	allProp  queryKind = iota // everything
	propName                  // the names of everything
	someProp
)

// readQuery reads the body of a PROPFIND. No body asks for everything.
func readQuery(q *http.Request) (query, error) {
	root, err := readXML(q.Body)
	if err != nil || root != nil && !root.is("propfind") {
		return query{}, ErrBody
	}
	quiet := isApple(q)
	if root == nil {
		return query{quiet: quiet}.everything(), nil
	}
	all, names, some := root.find("allprop"), root.find("propname"), root.find("prop")
	switch {
	case some != nil && all == nil && names == nil:
		return query{kind: someProp, quiet: quiet}.add(some)
	case all != nil && names == nil && some == nil:
		asked := query{quiet: quiet}.everything()
		if more := root.find("include"); more != nil {
			return asked.add(more)
		}
		return asked, nil
	case names != nil && all == nil && some == nil:
		asked := query{quiet: quiet}.everything()
		asked.kind = propName
		return asked, nil
	}
	return query{}, ErrBody
}

func (a query) everything() query {
	for i, p := range live {
		if !p.named {
			a.live = append(a.live, i)
		}
	}
	return a
}

// add asks for the elements in e, too.
func (a query) add(e *element) (query, error) {
	for _, p := range e.elements() {
		i := liveIndex(p.name)
		switch {
		case i >= 0 && a.quiet && live[i].named:
		case i < 0 && !slices.Contains(a.dead, p.name):
			a.dead = append(a.dead, p.name)
			if len(a.dead) > maxNames {
				return a, ErrBody
			}
		case i >= 0 && !slices.Contains(a.live, i):
			a.live = append(a.live, i)
		}
	}
	return a, nil
}

// listing is the answer to a PROPFIND while it is written.
type listing struct {
	handler *Handler
	query   query
	to      http.ResponseWriter // nil as long as nothing may go out
	begun   bool                // something has
	b       []byte
	spare   []byte // what the resource lacks
}

// PropFind answers a PROPFIND (RFC 4918 9.1). Of a large folder it calls wait
// before it holds all names. The error is one of this package, one like those of
// [share.Folder.Open], or wait's.
func (h *Handler) PropFind(w http.ResponseWriter, q *http.Request, wait func() error) error {
	depth, noroot, err := depth(q, infinite)
	if err != nil {
		return err
	}
	asked, err := readQuery(q)
	if err != nil {
		return err
	}
	name := NameOf(q.URL.Path)
	own, err := h.own(name)
	if err != nil {
		return err
	}
	l := &listing{handler: h, query: asked, b: append(make([]byte, 0, flushSize+4096), prolog+`<D:multistatus xmlns:D="DAV:">`...)}
	if !noroot || !own.Dir {
		l.add(own)
	}
	if depth == infinite && own.Dir {
		left := maxDeep
		if err := l.addDeep(q.Context(), name, &left); errors.Is(err, errFinite) {
			refuseInfinity(w)
			return nil
		} else if err != nil {
			return err
		}
	}
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Cache-Control", "private, no-store")
	if depth == 0 || !own.Dir {
		w.Header().Set("Content-Length", strconv.Itoa(len(l.b)+len(multistatusEnd)))
	}
	l.to = w
	if depth == 1 && own.Dir {
		if err := l.addMembers(q.Context(), name, wait); err != nil {
			return err
		}
	}
	l.b = append(l.b, multistatusEnd...)
	return l.flush()
}

const multistatusEnd = "</D:multistatus>\n"

// own describes what the request is about itself.
func (h *Handler) own(name string) (*resource, error) {
	f, err := h.folder.Open(name)
	if tag, held := h.Held(name); errors.Is(err, fs.ErrNotExist) && held {
		return &resource{name: name, Member: share.Member{Entry: share.Entry{Name: name, Modified: time.Now()}, ETag: tag}}, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return &resource{name: name, Member: f.Member()}, nil
}

func (l *listing) addMembers(ctx context.Context, folder string, wait func() error) error {
	r := new(resource)
	for m, err := range l.handler.folder.Members(ctx, folder, wait) {
		if err != nil && l.begun {
			return errors.Join(ErrCut, err)
		}
		if err != nil {
			return err
		}
		*r = resource{name: inFolder(folder, m.Name), Member: m}
		l.add(r)
		if len(l.b) >= flushSize {
			if err := l.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// errFinite says that a tree is too large to be listed whole.
var errFinite = errors.New("too large a tree")

// addDeep adds all below a folder, of which there may be left.
func (l *listing) addDeep(ctx context.Context, folder string, left *int) error {
	for m, err := range l.handler.folder.Members(ctx, folder, nil) {
		if err != nil {
			return err
		}
		if *left--; *left < 0 {
			return errFinite
		}
		r := &resource{name: inFolder(folder, m.Name), Member: m}
		l.add(r)
		if !m.Dir {
			continue
		}
		if err := l.addDeep(ctx, r.name, left); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			return err
		}
	}
	return nil
}

// refuseInfinity says that folders are listed one by one (RFC 4918 9.1.1).
func refuseInfinity(w http.ResponseWriter) {
	const body = prolog + `<D:error xmlns:D="DAV:"><D:propfind-finite-depth/></D:error>` + "\n"
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusForbidden)
	io.WriteString(w, body)
}

func (l *listing) flush() error {
	if !l.begun {
		l.begun = true
		l.to.WriteHeader(http.StatusMultiStatus)
	}
	_, err := l.to.Write(l.b)
	l.b = l.b[:0]
	if err != nil {
		return errors.Join(ErrCut, err)
	}
	return nil
}

// add appends the response for a resource.
func (l *listing) add(r *resource) {
	r.locks = l.handler.locks.on(r.name, time.Now())
	if r.Noted {
		r.dead, _ = l.handler.dead(r.name) // without them it is still of use
	}
	l.b = append(l.b, "<D:response><D:href>"...)
	l.b = appendHref(l.b, r.name, r.Dir)
	l.b = append(l.b, "</D:href>"...)
	l.spare = l.spare[:0]
	begun := len(l.b)
	l.b = append(l.b, "<D:propstat><D:prop>"...)
	empty := len(l.b)
	l.addLive(r)
	l.addDead(r)
	if len(l.b) == empty && len(l.spare) > 0 {
		l.b = l.b[:begun]
	} else {
		l.b = append(l.b, "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"...)
	}
	if len(l.spare) > 0 {
		l.b = append(append(l.b, "<D:propstat><D:prop>"...), l.spare...)
		l.b = append(l.b, "</D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>"...)
	}
	l.b = append(l.b, "</D:response>"...)
}

func (l *listing) addLive(r *resource) {
	for _, i := range l.query.live {
		p := live[i]
		before := len(l.b)
		l.b = append(append(append(l.b, "<D:"...), p.local...), '>')
		filled, ok := p.get(l.handler, l.b, r)
		l.b = filled
		if ok && l.query.kind != propName {
			l.b = append(append(append(l.b, "</D:"...), p.local...), '>')
			continue
		}
		l.b = l.b[:before]
		if ok {
			l.b = append(append(append(l.b, "<D:"...), p.local...), "/>"...)
		} else if l.query.kind == someProp {
			l.spare = append(append(append(l.spare, "<D:"...), p.local...), "/>"...)
		}
	}
}

func (l *listing) addDead(r *resource) {
	for _, p := range r.dead {
		switch {
		case l.query.kind == propName:
			l.b = appendEmpty(l.b, p.name())
		case l.query.kind == allProp || slices.Contains(l.query.dead, p.name()):
			l.b = append(l.b, p.XML...)
		}
	}
	for _, name := range l.query.dead {
		if !slices.ContainsFunc(r.dead, func(p property) bool { return p.name() == name }) {
			l.spare = appendEmpty(l.spare, name)
		}
	}
}

func inFolder(folder, name string) string {
	if folder == "" {
		return name
	}
	return folder + "/" + name
}
