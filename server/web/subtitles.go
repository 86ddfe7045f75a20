package web

import (
	"net/http"
	"strconv"
	"strings"

	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/share"
	"windowsill/server/subtitles"
	"windowsill/server/turns"
)

// How many films are read for their subtitles at once, and for one device.
const (
	maxFilms      = 4
	maxFilmsOfOne = 2
)

// converted sends subtitles as WebVTT.
type converted struct {
	compress compressor
	devices  devices
	films    *turns.Turns
}

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

// serveTrack sends a track of a film, counted from 1.
func (s converted) serveTrack(w http.ResponseWriter, q *http.Request, f *share.File, track int) error {
	h := w.Header()
	h["Cache-Control"] = revalidate
	if notModified(w, q, strings.Trim(f.ETag(), `"`)+"-vtt"+strconv.Itoa(track)) {
		return nil
	}
	caller := s.devices.groupOf(q).String()
	if err := s.films.Take(q.Context(), caller); err != nil {
		return abort(err)
	}
	format, events, err := media.SubtitlesIn(q.Context(), f, f.Size(), track-1)
	s.films.Give(caller)
	switch {
	case err != nil:
		return abort(err)
	case format == "":
		h.Del("ETag")
		return errNotFound
	}
	h.Set("Content-Type", "text/vtt; charset=utf-8")
	all := make([]subtitles.Event, len(events))
	for i, e := range events {
		all[i] = subtitles.Event(e)
	}
	s.compress(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		err = subtitles.ConvertEvents(w, all, format)
	})).ServeHTTP(w, q)
	return abort(err)
}
