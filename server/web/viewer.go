package web

import (
	"io"
	"net/http"
	"strings"

	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/share"
	"windowsill/server/worker"
)

// viewer sends pages that show one file each.
type viewer struct {
	lister      *lister
	workers     *worker.Pool
	devices     devices
	folder      *share.Folder
	renderer    renderer
	preferences preferences
	dates       dates
}

// serve sends the page of a file, which loads the file itself from its own
// address. Name is the file's path in the share.
func (v *viewer) serve(w http.ResponseWriter, q *http.Request, f *share.File, name string) error {
	head, err := readHead(f, new([smallFile]byte))
	if err != nil {
		return err
	}
	folder, _ := split(name)
	list, done, err := v.lister.list(q, folder)
	if err != nil {
		return err
	}
	defer done()
	h := w.Header()
	v.renderer.failover.setPageHeaders(h, q)
	h["Cache-Control"] = revalidate
	h.Add("Vary", "Cookie")
	pages, asked, liked := v.renderer.in(w, q), page.ReadPreference(q.URL.Query()), v.preferences.of(q)
	if _, err := pages.Sort(q.Context(), list, asked, liked, v.dates.of(folder)); err != nil {
		return abort(err) // the device has left
	}
	ctype, ofFile := typeOf(f, head), 1
	if ctype == "image/tiff" {
		ofFile = media.Pages(f)
	}
	_, alone := v.folder.Single()
	var film page.Film
	if strings.HasPrefix(ctype, "video/") || strings.HasPrefix(ctype, "audio/") {
		film = filmIn(f)
	}
	look := pages.Open(page.Opened{
		Alone: alone, Share: v.renderer.share(), Path: folder, Type: ctype, List: list, Asked: asked,
		File:    share.Entry{Name: f.Name(), Size: f.Size(), Modified: f.ModTime()},
		Content: io.NewSectionReader(f, 0, f.Size()),
		Part:    page.Part{Page: numberIn(q, "page"), Pages: ofFile, Row: numberIn(q, "row")},
		Film:    film,
		Theirs:  f.IsVisitors(),
		Formatting: page.Formatting{
			Encoding: q.URL.Query().Get("encoding"), Languages: q.Header.Get("Accept-Language"),
			Workers: v.workers, Device: v.devices.groupOf(q).String(),
		},
	})
	defer look.Close()
	if notModified(w, q, look.Tag()+"-"+strings.Trim(f.ETag(), `"`)) {
		return nil
	}
	return v.show(w, q, look)
}

// filmIn returns what a film or music says is in it.
func filmIn(f *share.File) (film page.Film) {
	found := media.FilmIn(f, f.Size())
	for _, c := range found.Chapters {
		film.Chapters = append(film.Chapters, page.Chapter(c))
	}
	for _, s := range found.Subtitles {
		film.Subtitles = append(film.Subtitles, page.Embedded(s))
	}
	return film
}

// show reads the file, as far as its page needs that, and sends the page.
func (v *viewer) show(w http.ResponseWriter, q *http.Request, look *page.FilePage) error {
	if q.Method == http.MethodHead {
		return nil
	}
	err := look.Read(q.Context())
	if gone := q.Context().Err(); gone != nil {
		return abort(gone)
	}
	if err != nil {
		return err
	}
	if look.Temporary() {
		w.Header().Del("ETag") // it is another page soon
	}
	return v.renderer.send(w, q, look.HTML)
}
