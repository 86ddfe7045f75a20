package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"windowsill/server/receive"
	"windowsill/server/traffic"
)

// What we speak of tus 1.0.0 (https://tus.io/protocols/resumable-upload).
const (
	tusVersion    = "1.0.0"
	tusExtensions = "creation,creation-defer-length,creation-with-upload,termination,checksum,expiration"
	tusContent    = "application/offset+octet-stream"
)

// tusUploads takes files in parts, so that a lost connection costs nothing.
type tusUploads struct{ inbox *inbox }

// serve speaks tus. The address of a file on its way is its ID and the folder
// that it is for.
//
// Metadata: filename, or relativePath for a file of a folder upload; dir, the
// folder that it is for; mtime, milliseconds since 1970; overwrite, which
// needs the right to change. All may be missing but the name.
func (t *tusUploads) serve(w http.ResponseWriter, q *http.Request) error {
	h := w.Header()
	h.Set("Tus-Resumable", tusVersion)
	h.Set("Cache-Control", "no-store")
	method := q.Method
	if over := q.Header.Get("X-HTTP-Method-Override"); over != "" && method == http.MethodPost {
		method = over
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(q.URL.Path, strings.TrimSuffix(uploadPath, "/")), "/")
	if method == http.MethodOptions {
		t.describe(h, rest)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	if q.Header.Get("Tus-Resumable") != tusVersion {
		h.Set("Tus-Version", tusVersion)
		return errTusVersion
	}
	if rest == "" {
		if method != http.MethodPost {
			h.Set("Allow", "OPTIONS, POST")
			return errMethod
		}
		return t.create(w, q)
	}
	id, folder, _ := strings.Cut(rest, "/")
	file := receive.Handle{Folder: folder, ID: id}
	switch method {
	case http.MethodHead:
		return t.find(w, q, file)
	case http.MethodPatch:
		return t.append(w, q, file)
	case http.MethodDelete:
		return t.cancel(w, q, file)
	}
	h.Set("Allow", "HEAD, OPTIONS, PATCH, DELETE")
	return errMethod
}

// describe says what can be done at the address of an upload, or at that of none.
func (t *tusUploads) describe(h http.Header, rest string) {
	h.Set("Allow", "OPTIONS, POST")
	if rest != "" {
		h.Set("Allow", "HEAD, OPTIONS, PATCH, DELETE")
	}
	h.Set("Tus-Version", tusVersion)
	h.Set("Tus-Extension", tusExtensions)
	h.Set("Tus-Checksum-Algorithm", receive.ChecksumAlgorithms)
	if most := t.inbox.receiver.Limits().File; most > 0 {
		h.Set("Tus-Max-Size", strconv.FormatInt(most, 10))
	}
}

// create begins a file, perhaps with its first part (creation,
// creation-with-upload).
func (t *tusUploads) create(w http.ResponseWriter, q *http.Request) error {
	if q.Header.Get("Upload-Concat") != "" {
		return errTusConcat // before there are parts that nothing would join
	}
	file, err := t.announced(w, q)
	if err != nil {
		return err
	}
	part, err := partOf(q)
	if err != nil {
		return err
	}
	at, err := t.inbox.receiver.Begin(file)
	if err != nil {
		return err
	}
	progress := receive.Progress{Expires: time.Now().Add(receive.StaleAfter)}
	withBody := isTusContent(q)
	// It fails only for what the owner has cancelled, and this is new.
	_ = t.inbox.recorder.Mark(w, traffic.Thing{Kind: traffic.Arrival, Key: at.ID, Name: file.Name, Size: file.Size, Piece: true})
	if withBody || file.Size == 0 { // an empty file is whole at once
		if !withBody {
			part.Body, part.Checksum = http.NoBody, nil
		}
		if progress, err = t.inbox.receiver.Append(q.Context(), at, file.From, part); err != nil {
			// The device does not learn the address at which it could go on.
			return errors.Join(err, t.inbox.receiver.Cancel(context.WithoutCancel(q.Context()), at, file.From))
		}
	}
	w.Header().Set("Location", uploadPath+at.ID+strings.TrimSuffix(address(at.Folder), "/"))
	t.inbox.note(q, progress.Placed)
	t.inbox.placed(file.From, progress.Placed)
	setProgress(w.Header(), progress)
	w.WriteHeader(http.StatusCreated)
	return nil
}

// announced returns the file that the headers of a creation describe.
func (t *tusUploads) announced(w http.ResponseWriter, q *http.Request) (file receive.File, err error) {
	if file.Size, err = announcedSize(q.Header); err != nil {
		return file, err
	}
	meta, err := receive.ParseMetadata(q.Header.Get("Upload-Metadata"))
	if err != nil {
		return file, err
	}
	path := meta["relativePath"]
	if path == "" || path == "null" { // which some programs send for "none"
		path = strings.ReplaceAll(meta["filename"], "/", "_")
	}
	if file.Name, err = receive.SafePath(path, t.inbox.folder.ServesHidden()); err != nil {
		return file, err
	}
	file.Folder = goesOn(t.inbox.folder, strings.Trim(meta["dir"], "/"))
	if err := checkFolder(t.inbox.folder, file.Folder); err != nil {
		return file, err
	}
	file.Modified = receive.ParseMillis(meta["mtime"])
	if file.From, err = t.inbox.uploader(w, q); err != nil {
		return file, err
	}
	if wish, ok := meta["overwrite"]; ok && wish != "false" {
		file.Clash = receive.Replace
	}
	may := file.From.May(inFolder(file.Folder, file.Name), file.Clash == receive.Replace)
	return file, errors.Join(may, t.inbox.drive.confirmReplacing(q, file))
}

// announcedSize returns the size of a file that is created, or -1 if that comes
// with a later part (creation-defer-length).
func announcedSize(h http.Header) (int64, error) {
	switch length, deferred := h.Get("Upload-Length"), h.Get("Upload-Defer-Length"); {
	case deferred == "":
		return byteCount(length)
	case deferred != "1" || length != "":
		return 0, errTusNumber
	}
	return -1, nil
}

// isTusContent reports whether the body is a part of a file. Media types are
// compared without regard to case (RFC 9110 section 8.3.1).
func isTusContent(q *http.Request) bool {
	ctype, _, _ := strings.Cut(q.Header.Get("Content-Type"), ";")
	return strings.EqualFold(strings.TrimSpace(ctype), tusContent)
}

// find tells how far a file has come.
func (t *tusUploads) find(w http.ResponseWriter, q *http.Request, file receive.Handle) error {
	from, err := t.inbox.sender(q)
	if err != nil {
		return err
	}
	progress, err := t.inbox.receiver.Find(q.Context(), file, from)
	if err != nil {
		return err
	}
	if progress.Size < 0 {
		w.Header().Set("Upload-Defer-Length", "1")
	} else {
		w.Header().Set("Upload-Length", strconv.FormatInt(progress.Size, 10))
	}
	setProgress(w.Header(), progress)
	w.WriteHeader(http.StatusOK)
	return nil
}

// append goes on with a file.
func (t *tusUploads) append(w http.ResponseWriter, q *http.Request, file receive.Handle) error {
	if !isTusContent(q) {
		return errTusContent
	}
	from, err := t.inbox.uploader(w, q)
	if err != nil {
		return err
	}
	part, err := partOf(q)
	if err != nil {
		return err
	}
	if part.Offset, err = byteCount(q.Header.Get("Upload-Offset")); err != nil {
		return err
	}
	thing := traffic.Thing{Kind: traffic.Arrival, Key: file.ID, Size: -1, Offset: part.Offset, Piece: true}
	if up, known := t.inbox.receiver.Upload(file); known {
		thing.Name, thing.Size = up.Name, up.Total
	}
	if err := t.inbox.recorder.Mark(w, thing); err != nil {
		return err
	}
	progress, err := t.inbox.receiver.Append(q.Context(), file, from, part)
	if err != nil {
		return err
	}
	t.inbox.note(q, progress.Placed)
	t.inbox.placed(from, progress.Placed)
	setProgress(w.Header(), progress)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// partOf returns the part of a file that is in a request's body.
func partOf(q *http.Request) (part receive.Part, err error) {
	part.Body, part.Size = q.Body, -1
	if length := q.Header.Get("Upload-Length"); length != "" {
		if part.Size, err = byteCount(length); err != nil {
			return part, err
		}
	}
	if sum := q.Header.Get("Upload-Checksum"); sum != "" {
		part.Checksum, err = receive.ParseChecksum(sum)
	}
	return part, err
}

// cancel removes what has come of a file (termination).
func (t *tusUploads) cancel(w http.ResponseWriter, q *http.Request, file receive.Handle) error {
	from, err := t.inbox.sender(q)
	if err != nil {
		return err
	}
	if err := t.inbox.receiver.Cancel(q.Context(), file, from); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// setProgress tells how far a file has come; Content-Location says where it is
// once it is whole.
func setProgress(h http.Header, p receive.Progress) {
	h.Set("Upload-Offset", strconv.FormatInt(p.Offset, 10))
	if p.Placed.Name != "" {
		h.Set("Content-Location", address(p.Placed.Name))
		return
	}
	h.Set("Upload-Expires", p.Expires.UTC().Format(http.TimeFormat))
}

// byteCount parses a header that holds a number of bytes.
func byteCount(text string) (int64, error) {
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0, errTusNumber
	}
	return int64(n), nil
}
