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

// sideOf understands a thumbnail's size, in pixels. There are few, so that
// few are made.
func sideOf(thumb string) (side int, ok bool) {
	switch thumb {
	case "160", "320", "640":
		side, _ = strconv.Atoi(thumb)
		return side, true
	}
	return 0, false
}

// thumbs sends small pictures.
type thumbs struct{ maker *media.Maker }

// serveThumbnail sends a small picture of a file.
func (t thumbs) serveThumbnail(w http.ResponseWriter, q *http.Request, f *share.File) error {
	query := q.URL.Query()
	side, ok := sideOf(query.Get("thumb"))
	if !ok {
		return errBadSize
	}
	small, err := t.maker.Thumbnail(q.Context(), f, side)
	if q.Context().Err() != nil {
		return brokenOff{q.Context().Err()} // nobody is there to be answered
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
	h.Set("ETag", strings.TrimSuffix(f.ETag(), `"`)+"-"+strconv.Itoa(side)+`"`)
	if query.Has("v") {
		h.Set("Cache-Control", "private, max-age=31536000, immutable") // the address names the version
	} else {
		h.Set("Cache-Control", "private, no-cache")
	}
	return serveContent(w, q, lastModified(f), bytes.NewReader(small.Content))
}
