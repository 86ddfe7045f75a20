package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"windowsill/server/archive"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

// packing sends archives of a share, and remembers what of it was selected.
type packing struct {
	packer   *archive.Packer
	selected *selections
	share    string // the share's name
	record   *traffic.Recorder
	closing  context.Context // done when the share ends
}

// archiveOf returns what a query of a folder's address asks to be archived.
// Only "?zip" and "?tar" without a value do: "?zip=8001" is a web site's own.
func (p *packing) archiveOf(query url.Values, folder string) (sel archive.Selection, ok bool) {
	switch {
	case isAsked(query, "zip"):
		sel.Format = archive.ZIP
	case isAsked(query, "tar"):
		sel.Format = archive.Tar
	default:
		return sel, false
	}
	return p.selection(sel.Format, folder, query["name"]), true
}

// isAsked reports whether a query has a word without a value.
func isAsked(query url.Values, word string) bool {
	return slices.Equal(query[word], []string{""})
}

// selection returns what is archived of a folder: all if there are no names.
// The same selection is the same archive, in whatever order it was made.
func (p *packing) selection(f archive.Format, folder string, names []string) archive.Selection {
	sel := archive.Selection{Format: f, Title: p.titleOf(folder), Folder: folder}
	if len(names) > 0 {
		sel.Names = slices.Compact(slices.SortedFunc(slices.Values(names), share.Compare))
	}
	return sel
}

// titleOf returns what a folder is called in an archive.
func (p *packing) titleOf(folder string) string {
	title := path.Base(folder)
	if folder == "" {
		title = p.share
	}
	if strings.Trim(title, `/\.`) == "" {
		return "Files" // the root of a disk has no name
	}
	return title
}

// serveArchive sends an archive, or the ranges of it that are asked for.
func (p *packing) serveArchive(w http.ResponseWriter, q *http.Request, sel archive.Selection) error {
	ctx, cancel := context.WithCancel(q.Context())
	defer cancel()
	closing := context.AfterFunc(p.closing, cancel)
	r, err := p.packer.Open(ctx, sel)
	closing() // a transfer that has begun may end
	if err != nil {
		if q.Context().Err() != nil {
			return brokenOff{err} // nobody is there to be answered
		}
		return err
	}
	defer r.Close()
	if err := p.record.Mark(w, traffic.Thing{
		Kind: traffic.Archive, Key: r.ETag(), Name: nameOf(sel) + sel.Format.Ext(), Size: r.Size(),
	}); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", sel.Format.Type())
	h.Set("Content-Disposition", attachment(nameOf(sel)+sel.Format.Ext()))
	h.Set("ETag", r.ETag())
	h.Set("Cache-Control", "private, no-cache")
	err = serveContent(handing{w}, q, time.Time{}, r)
	if e := r.Err(); e != nil {
		err = e
	}
	if err != nil {
		p.noteFailure(q, err)
		return brokenOff{err}
	}
	return nil
}

// nameOf returns the name of the file that an archive is saved as, without its
// extension: that of the one thing that is in it, or of the folder.
func nameOf(sel archive.Selection) string {
	if len(sel.Names) == 1 {
		return sel.Names[0]
	}
	return sel.Title
}

// noteFailure tells the owner which file has spoilt an archive.
func (p *packing) noteFailure(q *http.Request, err error) {
	at, ok := errors.AsType[*archive.FileError](err)
	if !ok {
		return // the visitor has left
	}
	slog.Warn("download cut", "file", at.Name, "error", at.Err) // notes do not reach a terminal
	switch {
	case errors.Is(err, archive.ErrChanged):
		p.record.Note(traffic.AddrOf(q), "Download cut, because a file in it has changed meanwhile: "+at.Name)
	default:
		p.record.Note(traffic.AddrOf(q), "Download cut, because a file in it could not be read: "+at.Name)
	}
}

// handing lets http.ServeContent send an archive in its own way. It would read
// the archive through a limit, behind which the kernel's path is lost.
type handing struct{ http.ResponseWriter }

// ReadFrom sends what is behind the limit.
func (h handing) ReadFrom(src io.Reader) (int64, error) {
	if limit, ok := src.(*io.LimitedReader); ok {
		if r, ok := limit.R.(*archive.Reader); ok {
			n, err := r.Send(h.ResponseWriter, limit.N)
			limit.N -= n
			return n, err
		}
	}
	return io.Copy(h.ResponseWriter, src)
}
