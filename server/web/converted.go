package web

import (
	"net/http"
	"path"
	"strings"

	"windowsill/server/share"
	"windowsill/server/traffic"
)

// converted sends a picture that few browsers can show as JPEG.
func (s *files) converted(w http.ResponseWriter, q *http.Request, f *share.File) error {
	name := strings.TrimSuffix(f.Name(), path.Ext(f.Name())) + ".jpg"
	download := asks(q, "download")
	if download && s.tickets.redirect(w, q, name) {
		return nil
	}
	c, err := s.thumbnails.maker.Converted(q.Context(), s.thumbnails.devices.groupOf(q).String(), f)
	if gone := q.Context().Err(); gone != nil {
		return abort(gone)
	}
	if err != nil {
		return err
	}
	defer c.Close()
	h := w.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("ETag", strings.TrimSuffix(f.ETag(), `"`)+`-jpeg"`)
	h["Cache-Control"] = revalidate
	if download {
		h.Set("Content-Disposition", attachment(name))
	}
	if err := s.recorder.Mark(w, traffic.Thing{Kind: traffic.File, Key: q.URL.Path + "?as=jpeg", Name: name, Size: c.Size}); err != nil {
		return err
	}
	return serveContent(w, q, lastModified(f), c)
}
