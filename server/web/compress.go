package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
)

const (
	// Below this many bytes compression saves no packet.
	minCompressed = 1400
	// Above it a file goes out as it is: resumable, with its length known,
	// and without passing through this program's memory.
	maxCompressed = 4 << 20
)

// compressible reports whether a file of this type and size gains by
// compression: text does; pictures, films and archives are compressed already.
func compressible(ctype string, size int64) bool {
	if size < minCompressed || size > maxCompressed {
		return false
	}
	t, _, _ := strings.Cut(ctype, ";")
	switch t {
	case "application/json", "application/javascript", "application/xml", "application/wasm", "application/rtf", "application/manifest+json":
		return true
	}
	return strings.HasPrefix(t, "text/") || strings.HasSuffix(t, "+xml") || strings.HasSuffix(t, "+json")
}

// compressor compresses what a handler writes, if the client accepts it and it
// is long enough. Use it only for what gains by it.
type compressor func(http.Handler) http.HandlerFunc

func newCompressor() compressor {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(minCompressed),
		gzhttp.EnableZstd(false), // no browser asks for it without TLS
		gzhttp.ContentTypeFilter(gzhttp.CompressAllContentTypeFilter),
	)
	if err != nil {
		panic(err) // options that contradict each other
	}
	return wrap
}

// serve is [serveContent] for what gains by compression. It has to have a tag,
// and is compressed only as a whole.
func (c compressor) serve(w http.ResponseWriter, q *http.Request, modified time.Time, content io.ReadSeeker) (err error) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if q.Header.Get("Range") != "" || !prefersGzip(q) {
		return serveContent(w, q, modified, content)
	}
	// The compressed bytes are another representation (RFC 9110 8.8.3.3): a
	// weak tag still answers If-None-Match, but never joins their ranges.
	h.Set("ETag", "W/"+h.Get("ETag"))
	if q.Method == http.MethodHead {
		return serveContent(compressedHead{w}, q, modified, content)
	}
	c(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		err = serveContent(w, q, modified, content)
	})).ServeHTTP(w, q)
	return err
}

// compressedHead answers a HEAD request as the GET request would be, whose
// length is known only when it has been compressed (RFC 9110 section 9.3.2).
type compressedHead struct{ http.ResponseWriter }

// WriteHeader sets the fields that compression changes.
func (c compressedHead) WriteHeader(status int) {
	if status == http.StatusOK {
		c.Header().Set("Content-Encoding", "gzip")
		c.Header().Del("Content-Length")
	}
	c.ResponseWriter.WriteHeader(status)
}

// Unwrap is for [http.ResponseController].
func (c compressedHead) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// prefersGzip reports whether a client takes gzip, and likes it no less than
// what is not compressed (RFC 9110 section 12.5.3).
func prefersGzip(q *http.Request) bool {
	gzip, identity, others := -1.0, -1.0, 0.0
	for coding := range strings.SplitSeq(strings.Join(q.Header.Values("Accept-Encoding"), ","), ",") {
		name, weight := weighted(coding)
		switch name {
		case "gzip", "x-gzip":
			gzip = weight
		case "identity":
			identity = weight
		case "*":
			others = weight
		}
	}
	if gzip < 0 {
		gzip = others
	}
	return gzip > 0 && gzip >= identity
}

// weighted splits an element of a list into its value and its weight (RFC 9110
// section 12.4.2), which is 0 if it makes no sense.
func weighted(element string) (value string, weight float64) {
	value, params, _ := strings.Cut(element, ";")
	weight = 1
	for param := range strings.SplitSeq(params, ";") {
		if name, v, ok := strings.Cut(param, "="); ok && strings.EqualFold(strings.TrimSpace(name), "q") {
			weight, _ = strconv.ParseFloat(strings.TrimSpace(v), 64)
		}
	}
	return strings.ToLower(strings.TrimSpace(value)), weight
}
