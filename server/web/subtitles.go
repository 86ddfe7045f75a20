package web

import (
	"net/http"
	"strings"

	"windowsill/server/page"
	"windowsill/server/share"
	"windowsill/server/subtitles"
)

// converted sends subtitles as WebVTT.
type converted struct{ compress compressor }

// serve converts a file while it is sent.
func (s converted) serve(w http.ResponseWriter, q *http.Request, f *share.File) (err error) {
	h, languages := w.Header(), q.Header.Get("Accept-Language")
	h.Set("Content-Type", "text/vtt; charset=utf-8")
	h["Cache-Control"] = revalidate
	h.Add("Vary", "Accept-Language") // a hint of the encoding
	if notModified(w, q, strings.Trim(f.ETag(), `"`)+"-vtt") || q.Method == http.MethodHead {
		return nil
	}
	s.compress(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		err = subtitles.Convert(w, f, f.Name(), page.LanguagesIn(languages))
	})).ServeHTTP(w, q)
	return abort(err)
}
