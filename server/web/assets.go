package web

import (
	"bytes"
	"net/http"
	"strings"
	"time"

	"windowsill/server/page"
)

// pageAssets sends the files that belong to our own pages.
type pageAssets struct {
	pages    *page.Pages
	compress compressor
}

func (a pageAssets) serve(w http.ResponseWriter, q *http.Request) error {
	if done, err := readOnly(w, q, ""); done || err != nil {
		return err
	}
	name := strings.TrimPrefix(q.URL.Path, ours)
	content, ctype, etag, ok := a.pages.Asset(name)
	if !ok {
		return errNotFound
	}
	h := w.Header()
	h.Set("Content-Type", ctype)
	h.Set("ETag", etag)
	if strings.Contains(name, "/") {
		h.Set("Cache-Control", "max-age=31536000, immutable") // the address names the version
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	file := bytes.NewReader(content)
	if compressible(ctype, int64(len(content))) {
		return a.compress.serve(w, q, time.Time{}, file)
	}
	return serveContent(w, q, time.Time{}, file)
}
