package web

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"windowsill/server/access"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

const (
	// sniffLen is how much of a file is read to tell its type, in bytes: what
	// http.DetectContentType looks at, and enough to find an HTML page's
	// charset.
	sniffLen = 1024
	// smallFile is the largest file that is read at once, in bytes, so that
	// it goes out together with its header. Of a larger one the kernel sends
	// the content by itself.
	smallFile = 16 << 10
)

// heads are buffers for the first bytes of files.
var heads = sync.Pool{New: func() any { return new([smallFile]byte) }}

// files sends files.
type files struct {
	guard      *access.Guard
	rights     rights
	tickets    *tickets
	recorder   *traffic.Recorder
	thumbnails thumbnails
	renderer   renderer
}

// serve sends a file of that folder, or the ranges of it that are asked for.
func (s *files) serve(w http.ResponseWriter, q *http.Request, in *share.Folder, f *share.File) error {
	if asks(q, "thumb") {
		s.recorder.LeaveWithClient(w)
		return s.thumbnails.serve(w, q, f)
	}
	if asks(q, "as") && q.URL.Query().Get("as") == "jpeg" {
		s.recorder.LeaveWithClient(w)
		return s.converted(w, q, f)
	}
	if asks(q, "fallback") && strings.HasPrefix(share.ContentType(f.Name(), nil), "image/") {
		s.recorder.LeaveWithClient(w)
		return s.itselfOrSaid(w, q, f)
	}
	if asks(q, "download") && s.tickets.redirect(w, q, f.Name()) {
		return nil
	}
	buf := heads.Get().(*[smallFile]byte)
	head, err := readHead(f, buf)
	if err != nil {
		return err
	}
	ctype, content := typeOf(f, head), io.ReadSeeker(&sought{file: f.Content(), size: f.Size()})
	if q.Header.Get("Range") != "" {
		defer in.Spare(f)
	}
	if int64(len(head)) == f.Size() {
		in.Keep(f, head)
		content = bytes.NewReader(head)
		defer heads.Put(buf)
	} else {
		heads.Put(buf) // a device may take hours for the file
	}
	return s.send(w, q, f, ctype, content)
}

// sendKept sends a small file that is in memory.
func (s *files) sendKept(w http.ResponseWriter, q *http.Request, k *share.Kept) error {
	return s.send(w, q, k, typeOf(k, k.Content()), bytes.NewReader(k.Content()))
}

// file is a [share.File] or a [share.Kept].
type file interface {
	Name() string
	Size() int64
	ModTime() time.Time
	ETag() string
	Visited() bool
}

func (s *files) send(w http.ResponseWriter, q *http.Request, f file, ctype string, content io.ReadSeeker) error {
	h := w.Header()
	h.Set("Content-Type", ctype)
	h.Set("ETag", f.ETag())
	policy := s.guard.Policy()
	h["Cache-Control"] = revalidate
	if policy.Open {
		h["Cache-Control"] = revalidateShared
	}
	if confined := confinement(ctype); confined != "" && (s.rights.anywhere() > access.Read || f.Visited()) {
		h.Set("Content-Security-Policy", confined)
	}
	if err := s.recorder.Mark(w, traffic.Thing{Kind: traffic.File, Key: q.URL.Path, Name: f.Name(), Size: f.Size()}); err != nil {
		return err
	}
	download := asks(q, "download")
	if download {
		h.Set("Content-Disposition", attachment(f.Name()))
	}
	if download || !compressible(ctype, f.Size()) {
		return serveContent(w, q, lastModified(f), content)
	}
	return s.renderer.compress.serve(w, q, lastModified(f), content)
}

// readHead reads a file's first bytes: all of a small one, else as many as
// tell its type, or none if its name does.
func readHead(f *share.File, buf *[smallFile]byte) ([]byte, error) {
	head := buf[:min(f.Size(), smallFile)]
	if f.Size() > smallFile {
		if share.NameTells(f.Name()) {
			return nil, nil
		}
		head = head[:sniffLen]
	}
	n, err := f.ReadAt(head, 0)
	if err == io.EOF {
		err = nil
	}
	return head[:n], err
}

// typeOf tells a file's type by its name, else by its first bytes.
func typeOf(f file, head []byte) string {
	head = head[:min(len(head), sniffLen)]
	if t := share.ContentType(f.Name(), head); t != "" {
		return t
	}
	t := http.DetectContentType(head)
	if strings.HasPrefix(t, "text/plain") {
		return share.PlainText(head) // that takes all text for UTF-8
	}
	return t
}

// confinement returns the Content-Security-Policy that keeps a file of this type
// from acting with the rights of whoever opens it; "" if browsers do not run script
// from one. Where devices may write, or ever could, somebody may have put it there
// for that.
func confinement(ctype string) string {
	t, _, _ := strings.Cut(ctype, ";")
	switch {
	case t == "application/pdf":
		return pdfPolicy
	case t == "text/html", t == "application/xml", t == "text/xml", strings.HasSuffix(t, "+xml"):
		return "sandbox"
	}
	return ""
}

// pdfPolicy confines a PDF. WebKit shows one by a page of its own in the PDF's
// place, and that stays empty in a sandbox, and tiny without the style in it.
// Scripts of a PDF run in all engines, sandbox or not, but in one that browsers
// make for them: those of WebKit 2.50, Firefox 153 and Chromium 156 let none of
// submitForm, getURL, launchURL, fetch and Net.HTTP ask for anything.
const pdfPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
