package web

import (
	"io"
	"net/http"
	"strings"

	"windowsill/server/page"
	"windowsill/server/share"
)

// serveOpened sends a page that shows a file, which loads the file itself from
// its own address. Name is the file's path in the share.
func (s *site) serveOpened(w http.ResponseWriter, q *http.Request, f *share.File, name string) error {
	head, err := readHead(f, new([small]byte))
	if err != nil {
		return err
	}
	folder := ""
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		folder = name[:i]
	}
	list, err := s.folder.List(folder)
	if err != nil {
		return err
	}
	defer list.Close()
	h := w.Header()
	s.elsewhere.openPage(h, q)
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Cookie")
	pages, asked := s.pagesFor(w, q), page.ReadPreference(q.URL.Query())
	liked := s.liked(q)
	if err := pages.Sort(q.Context(), list, asked.Or(liked)); err != nil {
		return brokenOff{err} // nobody is there to be answered
	}
	look := pages.Open(page.Opened{
		Share: s.name, Path: folder, Type: typeOf(f, head), List: list, Asked: asked, Liked: liked,
		File:    share.Entry{Name: f.Name(), Size: f.Size(), Modified: f.ModTime()},
		Content: io.NewSectionReader(f, 0, f.Size()),
	})
	// Weak, for the same page may go out compressed or plain.
	tag := look.Tag() + "-" + strings.Trim(f.ETag(), `"`)
	h.Set("ETag", `W/"`+tag+`"`)
	if isAmong(q.Header.Values("If-None-Match"), tag) {
		h.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	return s.sendListing(w, q, look.HTML)
}
