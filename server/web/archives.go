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

// archives sends folders, and what was selected of one, as archives.
type archives struct {
	folder     *share.Folder
	packer     *archive.Packer
	tickets    *tickets
	devices    devices
	selections *selections
	share      func() string // its name
	recorder   *traffic.Recorder
	closing    context.Context
}

// asked returns the archive that a query of a folder's address asks for.
func (a *archives) asked(query url.Values, folder string) (sel archive.Selection, ok bool) {
	switch {
	case isBare(query, "zip"):
		sel.Format = archive.ZIP
	case isBare(query, "tar"):
		sel.Format = archive.Tar
	default:
		return sel, false
	}
	return a.selection(sel.Format, folder, query["name"]), true
}

// selection returns what is archived of a folder: all if there are no names.
// The same selection is the same archive, in whatever order it was made.
func (a *archives) selection(f archive.Format, folder string, names []string) archive.Selection {
	// Of several items nobody has made a folder, so there is none in the archive.
	sel := archive.Selection{Format: f, Title: a.titleOf(folder), Folder: folder, Bare: folder == "" && a.folder.Path() == ""}
	if len(names) > 0 {
		sel.Names = slices.Compact(slices.SortedFunc(slices.Values(names), share.Compare))
	}
	return sel
}

// titleOf returns what a folder is called in an archive.
func (a *archives) titleOf(folder string) string {
	title := path.Base(folder)
	if folder == "" {
		title = a.share()
	}
	if strings.Trim(title, `/\.`) == "" {
		return "Files" // the root of a disk has no name
	}
	return title
}

// serve sends an archive, or the ranges of it that are asked for.
func (a *archives) serve(w http.ResponseWriter, q *http.Request, sel archive.Selection) error {
	name := fileName(sel)
	if a.tickets.redirect(w, q, name) {
		return nil
	}
	ctx, cancel := context.WithCancel(q.Context())
	defer cancel()
	closing := context.AfterFunc(a.closing, cancel)
	if sel.Format == archive.ZIP {
		sel.Windows = isWindows(q)
		w.Header().Add("Vary", "User-Agent")
	}
	open := a.packer.Open
	if q.Header.Get("Range") != "" {
		open = a.packer.OpenPart
	}
	r, err := open(ctx, a.devices.groupOf(q).String(), sel)
	closing() // a transfer that has begun may end
	if err != nil {
		if q.Context().Err() != nil {
			return abort(err) // the device has left
		}
		return err
	}
	defer r.Close()
	if err := a.recorder.Mark(w, traffic.Thing{Kind: traffic.Archive, Key: r.ETag(), Name: name, Size: r.Size()}); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", sel.Format.Type())
	h.Set("Content-Disposition", attachment(name))
	h.Set("ETag", r.ETag())
	h["Cache-Control"] = revalidate
	err = serveContent(archiveWriter{w}, q, time.Time{}, r)
	if e := r.Err(); e != nil {
		err = e
	}
	if err != nil {
		a.noteFailure(q, err)
	}
	return abort(err)
}

// isWindows reports whether a request comes from Windows. Its browsers and
// PowerShell say so; what a program that does not would get is not worse there
// than what every other server sends.
func isWindows(q *http.Request) bool { return strings.Contains(q.UserAgent(), "Windows NT") }

// maxSelectForm is how long the form of a selection may be, in bytes.
const maxSelectForm = 4 << 20

// selectSome takes the form of a folder's page with what was selected there,
// and leads to an address under which that is one archive.
func (a *archives) selectSome(w http.ResponseWriter, q *http.Request) error {
	q.Body = http.MaxBytesReader(w, q.Body, maxSelectForm)
	if err := q.ParseForm(); err != nil {
		if _, long := errors.AsType[*http.MaxBytesError](err); long {
			return errLongForm
		}
		return errBadForm
	}
	format := archive.ZIP
	switch q.PostForm.Get("as") {
	case "", "zip":
	case "tar":
		format = archive.Tar
	default:
		return errBadForm
	}
	names, err := a.selectedNames(q.PostForm)
	if err != nil {
		return err
	}
	sel := a.selection(format, q.PostForm.Get("in"), names)
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Location", selectPath+"/"+a.selections.add(sel, a.folder)+"/"+url.PathEscape(fileName(sel)))
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// selectedNames returns the names that a form selects in its folder: each
// "name", or with "all" what is there now, but for each "except". They are nil
// if that is the whole folder.
func (a *archives) selectedNames(form url.Values) (names []string, err error) {
	if form.Get("all") == "" {
		names = form["name"]
	} else if len(form["except"]) == 0 {
		return nil, nil
	} else if names, err = a.allBut(form.Get("in"), form["except"]); err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, errNothing
	}
	return names, nil
}

// allBut returns the names that are in a folder, without some.
func (a *archives) allBut(folder string, without []string) ([]string, error) {
	list, err := a.folder.List(strings.Trim(folder, "/"))
	if err != nil {
		return nil, err
	}
	defer list.Close()
	left := map[string]bool{}
	for _, name := range without {
		left[name] = true
	}
	var names []string
	for name := range list.Names(0, list.Len()) {
		if !left[name] {
			names = append(names, name)
		}
	}
	return names, nil
}

// serveSelected sends what was selected as an archive.
func (a *archives) serveSelected(w http.ResponseWriter, q *http.Request) error {
	sel, ok := a.selections.get(q.PathValue("id"))
	if !ok {
		return errForgotten
	}
	return a.serve(w, q, sel)
}

// fileName returns the name of the file that an archive is saved as: that of
// the one thing that is in it, or of the folder.
func fileName(sel archive.Selection) string {
	if len(sel.Names) == 1 {
		return path.Base(sel.Names[0]) + sel.Format.Ext()
	}
	return sel.Title + sel.Format.Ext()
}

// noteFailure tells the owner which file has spoilt an archive.
func (a *archives) noteFailure(q *http.Request, err error) {
	at, ok := errors.AsType[*archive.FileError](err)
	if !ok {
		return // the device has left
	}
	slog.Warn("download cut", "file", at.Name, "error", at.Err) // notes do not reach a terminal
	switch {
	case errors.Is(err, archive.ErrChanged):
		a.recorder.Note(traffic.AddrOf(q), "Download cut, because a file in it has changed meanwhile: "+at.Name)
	default:
		a.recorder.Note(traffic.AddrOf(q), "Download cut, because a file in it could not be read: "+at.Name)
	}
}

// archiveWriter has http.ServeContent send an archive by [archive.Reader.Send].
// It would read the archive through an io.LimitedReader, behind which nobody
// finds the files for sendfile.
type archiveWriter struct{ http.ResponseWriter }

// ReadFrom sends what is behind the limit.
func (w archiveWriter) ReadFrom(src io.Reader) (int64, error) {
	if limit, ok := src.(*io.LimitedReader); ok {
		if r, ok := limit.R.(*archive.Reader); ok {
			n, err := r.Send(w.ResponseWriter, limit.N)
			limit.N -= n
			return n, err
		}
	}
	return io.Copy(w.ResponseWriter, src)
}
