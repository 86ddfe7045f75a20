package web

import (
	"bytes"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"windowsill/server/media"
	"windowsill/server/share"
)

// thumbnails sends small pictures of files.
type thumbnails struct {
	maker   *media.Maker
	devices devices
}

func (t thumbnails) serve(w http.ResponseWriter, q *http.Request, f *share.File) error {
	query := q.URL.Query()
	size, ok := thumbnailSize(query.Get("thumb"))
	if !ok {
		return errBadSize
	}
	small, err := t.maker.Thumbnail(q.Context(), t.devices.groupOf(q).String(), f, size)
	if gone := q.Context().Err(); gone != nil {
		return abort(gone)
	}
	h := w.Header()
	if errors.Is(err, media.ErrNoThumbnail) && query.Has("v") {
		// A page asked, by the name alone, and shows an icon. A refusal would
		// stand in the browser's console as a fault of the page.
		h.Set("Cache-Control", "private, max-age=86400")
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	if err != nil {
		return err
	}
	h.Set("Content-Type", small.Type)
	h.Set("ETag", strings.TrimSuffix(f.ETag(), `"`)+"-"+strconv.Itoa(size)+`"`)
	if query.Has("v") {
		h.Set("Cache-Control", "private, max-age=31536000, immutable") // the address names the version
	} else {
		h["Cache-Control"] = revalidate
	}
	return serveContent(w, q, lastModified(f), bytes.NewReader(small.Content))
}

// thumbnailSize understands the size of a thumbnail, in pixels. There are few
// sizes, so that few thumbnails are made of a picture.
func thumbnailSize(text string) (size int, ok bool) {
	switch text {
	case "160", "320", "640":
		size, _ = strconv.Atoi(text)
		return size, true
	}
	return 0, false
}
