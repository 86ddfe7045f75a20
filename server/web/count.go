package web

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// countTime is how long a count goes on at most, with the wait for a place.
const countTime = 2 * time.Second

// counted is how much lies below a folder, as the page's script sees it.
type counted struct {
	Files    int   `json:"files"`
	Folders  int   `json:"folders"`
	Bytes    int64 `json:"bytes"`
	Complete bool  `json:"complete"` // false if there was no time for all
}

// serveCount tells how much there is to take of a folder. It walks the disk
// and so takes one of the places for searches.
func (s *site) serveCount(w http.ResponseWriter, q *http.Request, name string) error {
	ctx, cancel := context.WithTimeout(q.Context(), countTime)
	defer cancel()
	defer context.AfterFunc(s.closing, cancel)()
	if !s.searches.enter(ctx) {
		return errSearches
	}
	defer s.searches.leave()
	c, err := s.folder.Count(ctx, name)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "private, no-store")
	if err := json.NewEncoder(w).Encode(counted{c.Files, c.Folders, c.Bytes, c.Complete}); err != nil {
		return brokenOff{err}
	}
	return nil
}
