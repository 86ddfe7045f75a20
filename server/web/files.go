package web

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"windowsill/server/access"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

// sniffed is how much of a file is read to tell its type: what
// http.DetectContentType looks at, and enough to find an HTML page's charset.
const sniffed = 1024

// small is how large a file is, in bytes, that is read at once and sent with
// its header. Of a larger one the kernel sends the content by itself.
const small = 16 << 10

// heads are buffers for the first bytes of files.
var heads = sync.Pool{New: func() any { return new([small]byte) }}

// serveFile sends a file, or the ranges of it that are asked for.
func (s *site) serveFile(w http.ResponseWriter, q *http.Request, f *share.File) error {
	if asks(q, "thumb") {
		return s.thumbs.serveThumbnail(w, q, f)
	}
	buf := heads.Get().(*[small]byte)
	defer heads.Put(buf)
	head, err := readHead(f, buf)
	if err != nil {
		return err
	}
	h := w.Header()
	ctype := typeOf(f, head)
	h.Set("Content-Type", ctype)
	h.Set("ETag", f.ETag())
	// Another share may stand at this address tomorrow: always ask again.
	h["Cache-Control"] = askAgain
	if s.guard.Policy().Visitors > access.Read && isActive(ctype) {
		h.Set("Content-Security-Policy", "sandbox")
	}
	if err := s.record.Mark(w, traffic.Thing{Kind: traffic.File, Key: q.URL.Path, Name: f.Name(), Size: f.Size()}); err != nil {
		return err
	}
	download := asks(q, "download")
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
	s.squeeze(w, q, func(w http.ResponseWriter, q *http.Request) {
		err = serveContent(w, q, lastModified(f), content)
	})
	return err
}

// askAgain keeps caches from answering by themselves, and all but a visitor's
// own from keeping anything.
var askAgain = []string{"private, no-cache"}

// asks reports whether a request's query has a key. Most have no query.
func asks(q *http.Request, key string) bool {
	return q.URL.RawQuery != "" && q.URL.Query().Has(key)
}

// readHead reads a file's first bytes: all of a small one, else as many as
// tell its type.
func readHead(f *share.File, buf *[small]byte) ([]byte, error) {
	head := buf[:]
	if f.Size() > small {
		head = head[:sniffed]
	}
	n, err := f.ReadAt(head, 0)
	if err == io.EOF {
		err = nil
	}
	return head[:n], err
}

// typeOf tells a file's type by its name, else by its first bytes.
func typeOf(f *share.File, head []byte) string {
	head = head[:min(len(head), sniffed)]
	if t := share.ContentType(f.Name(), head); t != "" {
		return t
	}
	return http.DetectContentType(head)
}

// isActive reports whether a browser may run script from a file of this type.
// Where visitors may write, somebody may have put it there to act with the
// rights of whoever opens it.
func isActive(ctype string) bool {
	t, _, _ := strings.Cut(ctype, ";")
	return t == "text/html" || t == "application/pdf" || t == "application/xml" || t == "text/xml" || strings.HasSuffix(t, "+xml")
}

// lastModified returns a file's time of change, or the present if that lies in
// the future, as RFC 9110 section 8.8.2.1 wants it.
func lastModified(f *share.File) time.Time {
	t, now := f.ModTime(), time.Now()
	if t.After(now) {
		return now
	}
	return t
}

// attachment returns the value of a Content-Disposition header (RFC 6266)
// that saves under name: in RFC 8187's encoding, preceded by a plain form for
// programs that do not know it.
func attachment(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	plain := strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' || c == '"' || c == '\\' || c == '%' {
			return '_'
		}
		return c
	}, name)
	if plain == name {
		return mime.FormatMediaType("attachment", map[string]string{"filename": name})
	}
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + extValue(name)
}

// extValue percent-encodes all that RFC 8187's attr-char does not hold.
func extValue(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; isAttrChar(c) {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

func isAttrChar(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$&+-.^_`|~", c) >= 0
}

// redirectToFolder leads to the same folder with a slash at its end. The
// target is relative and begins with a dot, so that it can neither leave this
// host nor be taken for a scheme, whatever the name is.
func redirectToFolder(w http.ResponseWriter, q *http.Request, name string) {
	to := "./" + url.PathEscape(path.Base(name)) + "/"
	if q.URL.RawQuery != "" {
		to += "?" + q.URL.RawQuery
	}
	w.Header().Set("Location", to)
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(http.StatusTemporaryRedirect)
}
