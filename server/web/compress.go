package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzhttp"
)

const (
	// Below this many bytes compression saves no packet.
	leastCompressed = 1400
	// Above it a file goes out as it is: resumable, with its length known,
	// and without passing through this program's memory.
	mostCompressed = 4 << 20
)

// compressible reports whether a file of this type and size gains by
// compression: text does; pictures, films and archives are compressed already.
func compressible(ctype string, size int64) bool {
	if size < leastCompressed || size > mostCompressed {
		return false
	}
	t, _, _ := strings.Cut(ctype, ";")
	switch t {
	case "application/json", "application/javascript", "application/xml", "application/wasm", "application/rtf", "application/manifest+json":
		return true
	}
	return strings.HasPrefix(t, "text/") || strings.HasSuffix(t, "+xml") || strings.HasSuffix(t, "+json")
}

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

// newCompressor returns what wraps a handler whose answer is known to gain by
// compression.
func newCompressor() squeezer {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(leastCompressed),
		gzhttp.EnableZstd(false), // no browser asks for it without TLS
		gzhttp.ContentTypeFilter(gzhttp.CompressAllContentTypeFilter),
	)
	if err != nil {
		panic(err) // options that contradict each other
	}
	return wrap
}

// squeezer compresses what a handler writes that gains by it.
type squeezer func(http.Handler) http.HandlerFunc

// squeeze serves what gains by compression: compressed if the client likes,
// unless it asks for a part.
func (c squeezer) squeeze(w http.ResponseWriter, q *http.Request, serve http.HandlerFunc) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if q.Header.Get("Range") != "" || !prefersGzip(q) {
		serve(w, q)
		return
	}
	// The compressed bytes are another representation (RFC 9110 8.8.3.3): a
	// weak tag still answers If-None-Match, but never joins their ranges.
	h.Set("ETag", "W/"+h.Get("ETag"))
	if q.Method == http.MethodHead {
		w = compressedHead{w}
	} else {
		serve = c(serve)
	}
	serve(w, q)
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
