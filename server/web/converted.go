package web

import (
	"bytes"
	"errors"
	"net/http"
	"path"
	"strconv"
	"strings"

	"windowsill/server/media"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

// converted sends a picture that few browsers can show as JPEG; of a file with several
// pages the one that is asked for.
func (s *files) converted(w http.ResponseWriter, q *http.Request, f *share.File) error {
	name, version, n := strings.TrimSuffix(f.Name(), path.Ext(f.Name())), "-jpeg", numberIn(q, "page")
	if n > 1 {
		name += "-" + strconv.Itoa(n)
		version += strconv.Itoa(n)
	}
	name += ".jpg"
	download := asks(q, "download")
	if download && s.tickets.redirect(w, q, name) {
		return nil
	}
	c, err := s.thumbnails.maker.Converted(q.Context(), s.thumbnails.devices.groupOf(q).String(), f, n-1)
	if gone := q.Context().Err(); gone != nil {
		return abort(gone)
	}
	if errors.Is(err, media.ErrNoPicture) && asks(q, "fallback") {
		return s.fallBack(w, q, f, n)
	}
	if err != nil {
		return err
	}
	defer c.Close()
	h := w.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("ETag", strings.TrimSuffix(f.ETag(), `"`)+version+`"`)
	h["Cache-Control"] = revalidate
	if download {
		h.Set("Content-Disposition", attachment(name))
	}
	if err := s.recorder.Mark(w, traffic.Thing{Kind: traffic.File, Key: q.URL.Path + "?as=jpeg" + version, Name: name, Size: c.Size}); err != nil {
		return err
	}
	return serveContent(w, q, lastModified(f), c)
}

// fallBack sends what can be shown in place of a picture that cannot be converted: its
// thumbnail, or else a picture that says so. The page of a browser without a script has
// no other way to say it.
func (s *files) fallBack(w http.ResponseWriter, q *http.Request, f *share.File, page int) error {
	if page == 1 {
		small, err := s.thumbnails.maker.Thumbnail(q.Context(), s.thumbnails.devices.groupOf(q).String(), f, maxThumbnail)
		if gone := q.Context().Err(); gone != nil {
			return abort(gone)
		}
		if err == nil {
			w.Header().Set("Content-Type", small.Type)
			w.Header()["Cache-Control"] = revalidate
			return serveContent(w, q, lastModified(f), bytes.NewReader(small.Content))
		}
		if !errors.Is(err, media.ErrNoThumbnail) {
			return err
		}
	}
	return s.sayUnseen(w, q)
}

// itselfOrSaid leads to a picture that all browsers show, or sends one that says that it
// cannot be shown, as fallBack does. What is only too much to decode here may be whole.
func (s *files) itselfOrSaid(w http.ResponseWriter, q *http.Request, f *share.File) error {
	_, err := s.thumbnails.maker.Thumbnail(q.Context(), s.thumbnails.devices.groupOf(q).String(), f, maxThumbnail)
	if gone := q.Context().Err(); gone != nil {
		return abort(gone)
	}
	switch {
	case errors.Is(err, media.ErrTooMuch):
	case errors.Is(err, media.ErrNoThumbnail):
		return s.sayUnseen(w, q)
	case err != nil:
		return err
	}
	leadTo(w, "./"+path.Base(q.URL.EscapedPath()), http.StatusSeeOther)
	return nil
}

func (s *files) sayUnseen(w http.ResponseWriter, q *http.Request) error {
	w.Header().Set("Content-Type", svg)
	w.Header().Set("Cache-Control", "private, no-store")
	return s.renderer.send(w, q, s.renderer.in(w, q).Unseen)
}

// numberIn returns the number in a parameter of the query, from 1, such as that of
// the page of a file.
func numberIn(q *http.Request, parameter string) int {
	const most = 1 << 26
	n, err := strconv.Atoi(q.URL.Query().Get(parameter))
	if err != nil || n < 1 || n > most {
		return 1
	}
	return n
}
