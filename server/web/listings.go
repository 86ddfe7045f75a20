package web

import (
	"io"
	"net/http"
	"path"
	"slices"

	"windowsill/server/access"
	"windowsill/server/page"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

// listings sends what is in a folder.
type listings struct {
	lister      *lister
	renderer    renderer
	recorder    *traffic.Recorder
	rights      rights
	preferences preferences
	texts       *Texts
	dates       dates
	devices     devices
	receiver    *receive.Receiver
	readmes     bool // a README.md is shown below the list
}

// data sends a folder as data, in the order that is asked for.
func (s *listings) data(w http.ResponseWriter, q *http.Request, name string, asked page.Params) error {
	list, done, err := s.list(w, q, name)
	if err != nil {
		return err
	}
	defer done()
	w.Header()["Cache-Control"] = revalidate
	s.renderer.setHeaders(w, q, true)
	pages := s.renderer.in(w, q)
	if _, err := pages.Sort(q.Context(), list, asked.Preference, page.Preference{Sort: "name"}, nil); err != nil {
		return abort(err) // the device has left
	}
	f := page.Folder{Share: s.renderer.share(), Path: name, List: list, Rights: s.rights.in(name)}
	return s.renderer.send(w, q, func(w io.Writer) error { return pages.JSON(w, f) })
}

// page sends a folder as a page, in the way that its device likes folders.
func (s *listings) page(w http.ResponseWriter, q *http.Request, name string, asked page.Params) error {
	list, done, err := s.list(w, q, name)
	if err != nil {
		return err
	}
	defer done()
	w.Header()["Cache-Control"] = revalidate
	s.renderer.setHeaders(w, q, false)
	w.Header().Add("Vary", "Cookie")
	pages, liked, plain := s.renderer.in(w, q), s.preferences.of(q), !asksForHTML(q)
	if plain {
		liked.View = "list" // and so names in order, as programs know listings
	}
	dates, err := pages.Sort(q.Context(), list, asked.Preference, liked, s.dates.of(name))
	if err != nil {
		return abort(err) // the device has left
	}
	if asked.Lasting() {
		s.preferences.keep(w, asked.Or(liked))
	}
	shown := pages.Show(page.Folder{
		Share: s.renderer.share(), Path: name, List: list, Asked: asked, Liked: liked, Dates: dates, Songs: s.dates.songs(q.Context(), name),
		Rights: s.rights.in(name), Inbox: s.inboxOf(q),
		Talks: s.talksTo(q), Readme: s.readmes, Plain: plain,
	})
	if tag, ok := shown.Tag(); ok && notModified(w, q, tag) {
		return nil
	}
	return s.renderer.send(w, q, shown.HTML)
}

// talksTo reports whether a device can send the owner a text, or has got one.
func (s *listings) talksTo(q *http.Request) bool {
	id, err := s.devices.identify(q)
	return s.rights.anywhere() >= access.Add || err == nil && s.texts.haveOwners(id)
}

// inboxOf returns what a device is told of what it has sent itself, where nobody sees
// what has come in; else nil. Names are without the folders that they are sorted into.
func (s *listings) inboxOf(q *http.Request) *page.Inbox {
	if s.devices.inbox == nil || !s.devices.inbox.Blind {
		return nil
	}
	in, own := new(page.Inbox), traffic.AddrOf(q)
	id, err := s.devices.identify(q)
	for _, u := range slices.Backward(s.receiver.Uploads()) {
		if err != nil || u.State != receive.Arrived || u.Device != id || id == 0 && u.Addr != own {
			continue
		}
		if in.Sent++; in.Sent <= sentShown {
			in.Latest = append(in.Latest, page.SentFile{Name: path.Base(u.Name), Size: u.Bytes})
		}
	}
	return in
}

// sentShown is how many of the files that a device has sent it is shown.
const sentShown = 100

func (s *listings) list(w http.ResponseWriter, q *http.Request, name string) (list *share.List, done func(), err error) {
	list, done, err = s.lister.list(q, name)
	if err == nil {
		_ = s.recorder.Mark(w, traffic.Thing{Kind: traffic.Folder, Key: name, Name: name}) // a folder cannot be cancelled
	}
	return list, done, err
}
