package web

import (
	"net/http"
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

// asksForGzip reports whether a client may be sent compressed text.
func asksForGzip(q *http.Request) bool {
	return strings.Contains(strings.ToLower(q.Header.Get("Accept-Encoding")), "gzip")
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
	if q.Header.Get("Range") != "" || !asksForGzip(q) {
		serve(w, q)
		return
	}
	// The compressed bytes are another representation (RFC 9110 8.8.3.3): a
	// weak tag still answers If-None-Match, but never joins their ranges.
	h.Set("ETag", "W/"+h.Get("ETag"))
	c(serve).ServeHTTP(w, q)
}
