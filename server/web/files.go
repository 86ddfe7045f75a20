package web

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync"

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
	tickets    *tickets
	recorder   *traffic.Recorder
	thumbnails thumbnails
	compress   compressor
}

// serve sends a file, or the ranges of it that are asked for.
func (s *files) serve(w http.ResponseWriter, q *http.Request, f *share.File) error {
	if asks(q, "thumb") {
		return s.thumbnails.serve(w, q, f)
	}
	if asks(q, "as") && q.URL.Query().Get("as") == "jpeg" {
		return s.converted(w, q, f)
	}
	download := asks(q, "download")
	if download && s.tickets.redirect(w, q, f.Name()) {
		return nil
	}
	buf := heads.Get().(*[smallFile]byte)
	defer heads.Put(buf)
	head, err := readHead(f, buf)
	if err != nil {
		return err
	}
	h := w.Header()
	ctype := typeOf(f, head)
	h.Set("Content-Type", ctype)
	h.Set("ETag", f.ETag())
	policy := s.guard.Policy()
	h["Cache-Control"] = revalidate
	if policy.Open {
		h["Cache-Control"] = revalidateShared
	}
	if isActive(ctype) && (policy.Allow > access.Read || f.Visited()) {
		h.Set("Content-Security-Policy", "sandbox")
	}
	if err := s.recorder.Mark(w, traffic.Thing{Kind: traffic.File, Key: q.URL.Path, Name: f.Name(), Size: f.Size()}); err != nil {
		return err
	}
	if download {
		h.Set("Content-Disposition", attachment(f.Name()))
	}
	content := io.ReadSeeker(f.Content())
	if int64(len(head)) == f.Size() {
		content = bytes.NewReader(head)
	}
	if download || !compressible(ctype, f.Size()) {
		return serveContent(w, q, lastModified(f), content)
	}
	return s.compress.serve(w, q, lastModified(f), content)
}

// readHead reads a file's first bytes: all of a small one, else as many as
// tell its type.
func readHead(f *share.File, buf *[smallFile]byte) ([]byte, error) {
	head := buf[:]
	if f.Size() > smallFile {
		head = head[:sniffLen]
	}
	n, err := f.ReadAt(head, 0)
	if err == io.EOF {
		err = nil
	}
	return head[:n], err
}

// typeOf tells a file's type by its name, else by its first bytes.
func typeOf(f *share.File, head []byte) string {
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

// isActive reports whether a browser may run script from a file of this type.
// Where devices may write, or ever could, somebody may have put it there to act
// with the rights of whoever opens it.
func isActive(ctype string) bool {
	t, _, _ := strings.Cut(ctype, ";")
	return t == "text/html" || t == "application/pdf" || t == "application/xml" || t == "text/xml" || strings.HasSuffix(t, "+xml")
}
