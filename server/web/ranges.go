package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRanges is how many ranges one request may ask for. A player or a
// download manager asks for a few; more is an attack (CVE-2011-3192).
const maxRanges = 64

// serveContent answers a GET or HEAD request with content, or the ranges of it
// that are asked for. It is [http.ServeContent] but for what that makes of
// ranges and of several fields of one name, which RFC 9110 (sections 14 and 5.3)
// has otherwise.
func serveContent(w http.ResponseWriter, q *http.Request, modified time.Time, content io.ReadSeeker) error {
	for _, name := range []string{"If-Match", "If-None-Match"} {
		if fields := q.Header[name]; len(fields) > 1 { // one list; http.ServeContent sees the first alone
			q.Header.Set(name, strings.Join(fields, ", "))
		}
	}
	values := q.Header.Values("Range")
	if len(values) == 0 {
		http.ServeContent(w, q, "", modified, content)
		return nil
	}
	size, err := content.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = content.Seek(0, io.SeekStart)
	}
	if err != nil {
		return err
	}
	q.Header.Del("Range") // which means the whole: for methods without ranges, and where it makes no sense
	if ranges, ok := parseRanges(values); ok && q.Method == http.MethodGet {
		satisfiable := satisfiableRanges(ranges, size)
		switch {
		case len(satisfiable) > 1:
			w = &multipartWriter{ResponseWriter: w}
		case len(satisfiable) == 0 && size == 0 && !isConditional(q):
			// http.ServeContent never refuses ranges of an empty file.
			w.Header().Set("Content-Range", "bytes */0")
			w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
			return nil
		case len(satisfiable) == 0:
			satisfiable = []byteRange{{size, -1}} // which it refuses, after the conditions
		}
		q.Header.Set("Range", rangeHeader(satisfiable))
	}
	http.ServeContent(w, q, "", modified, content)
	return nil
}

// isConditional reports whether a request has conditions that go before its
// ranges (RFC 9110 section 13.2.2).
func isConditional(q *http.Request) bool {
	for _, name := range []string{"If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since", "If-Range"} {
		if q.Header.Get(name) != "" {
			return true
		}
	}
	return false
}

// byteRange is a range-spec (RFC 9110 section 14.1.1): from first to last, both
// included; to the end if last is -1; the last bytes if first is -1.
type byteRange struct{ first, last int64 }

// parseRanges understands a Range header. It is not ok, and has no meaning
// (section 14.2), if it is malformed, of another unit, or asks for too much.
func parseRanges(values []string) (ranges []byteRange, ok bool) {
	if len(values) != 1 {
		return nil, false
	}
	unit, set, ok := strings.Cut(values[0], "=")
	if !ok || !strings.EqualFold(unit, "bytes") {
		return nil, false
	}
	for spec := range strings.SplitSeq(set, ",") {
		spec = strings.Trim(spec, " \t")
		if spec == "" {
			continue // RFC 9110 5.6.1.2 lets lists hold empty elements
		}
		r, ok := parseRange(spec)
		if !ok || len(ranges) == maxRanges {
			return nil, false
		}
		ranges = append(ranges, r)
	}
	return ranges, len(ranges) > 0
}

// parseRange understands "first-last", "first-" and "-length".
func parseRange(spec string) (r byteRange, ok bool) {
	first, last, ok := strings.Cut(spec, "-")
	if !ok || first == "" && last == "" {
		return r, false
	}
	from, ok1 := position(first)
	to, ok2 := position(last)
	return byteRange{from, to}, ok1 && ok2 && (first == "" || last == "" || from <= to)
}

// position parses a run of digits; none is -1. A number beyond int64 is
// malformed to us: no file is so long.
func position(digits string) (int64, bool) {
	if digits == "" {
		return -1, true
	}
	if strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil
}

// satisfiableRanges returns those ranges that content of a size has a byte of,
// or all of it if it is empty (RFC 9110 section 14.1.2).
func satisfiableRanges(ranges []byteRange, size int64) []byteRange {
	var kept []byteRange
	for _, r := range ranges {
		suffix := r.first == -1
		if suffix && r.last > 0 && size > 0 || !suffix && (r.first < size || r.first == 0 && size == 0) {
			kept = append(kept, r)
		}
	}
	return kept
}

func rangeHeader(ranges []byteRange) string {
	specs := make([]string, len(ranges))
	for i, r := range ranges {
		if r.first >= 0 {
			specs[i] = strconv.FormatInt(r.first, 10)
		}
		specs[i] += "-"
		if r.last >= 0 {
			specs[i] += strconv.FormatInt(r.last, 10)
		}
	}
	return "bytes=" + strings.Join(specs, ",")
}

// multipartWriter begins a multipart/byteranges answer with a line break, as
// Apache and nginx do. Some clients find the first boundary only so: zsync 0.6.2
// asks for ever without.
type multipartWriter struct {
	http.ResponseWriter
	begin bool // the line break is still to be written
}

const lineBreak = "\r\n"

// WriteHeader makes room for the line break.
func (m *multipartWriter) WriteHeader(status int) {
	h := m.Header()
	if length, err := strconv.Atoi(h.Get("Content-Length")); err == nil && strings.HasPrefix(h.Get("Content-Type"), "multipart/byteranges") {
		h.Set("Content-Length", strconv.Itoa(length+len(lineBreak)))
		m.begin = true
	}
	m.ResponseWriter.WriteHeader(status)
}

// Write writes the line break before anything else.
func (m *multipartWriter) Write(b []byte) (int, error) {
	if m.begin {
		m.begin = false
		if _, err := io.WriteString(m.ResponseWriter, lineBreak); err != nil {
			return 0, err
		}
	}
	return m.ResponseWriter.Write(b)
}

// Unwrap is for [http.ResponseController].
func (m *multipartWriter) Unwrap() http.ResponseWriter { return m.ResponseWriter }
