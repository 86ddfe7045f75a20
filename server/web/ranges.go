package web

import (
	"net/http"
	"strconv"
	"strings"
)

// mostRanges is how many ranges one request may ask for. A player or a
// download manager asks for a few; more is an attack (CVE-2011-3192).
const mostRanges = 64

// tameRange rewrites the Range header of a request to one that
// http.ServeContent treats as RFC 9110 14.2 wants it: it is dropped, which
// means the whole file, where the method is not GET, the unit is not bytes,
// it is malformed, or there are too many ranges.
func tameRange(q *http.Request) {
	values := q.Header.Values("Range")
	if len(values) == 0 {
		return
	}
	if ranges, ok := parseRanges(values); ok && q.Method == http.MethodGet {
		q.Header.Set("Range", "bytes="+ranges)
	} else {
		q.Header.Del("Range")
	}
}

// parseRanges returns the range set of a Range header without its unit and
// without white space.
func parseRanges(values []string) (set string, ok bool) {
	if len(values) != 1 {
		return "", false
	}
	unit, set, ok := strings.Cut(values[0], "=")
	if !ok || !strings.EqualFold(strings.TrimSpace(unit), "bytes") {
		return "", false
	}
	var kept []string
	for spec := range strings.SplitSeq(set, ",") {
		spec = strings.Trim(spec, " \t")
		if spec == "" {
			continue // RFC 9110 5.6.1.2 lets lists hold empty elements
		}
		if !isRangeSpec(spec) || len(kept) == mostRanges {
			return "", false
		}
		kept = append(kept, spec)
	}
	return strings.Join(kept, ","), len(kept) > 0
}

// isRangeSpec reports whether s is "first-last", "first-" or "-length".
func isRangeSpec(s string) bool {
	first, last, ok := strings.Cut(s, "-")
	if !ok || first == "" && last == "" {
		return false
	}
	from, ok1 := position(first)
	to, ok2 := position(last)
	return ok1 && ok2 && (first == "" || last == "" || from <= to)
}

// position parses a run of digits; none is 0. A number beyond int64 is
// malformed to us: no file is so long.
func position(digits string) (int64, bool) {
	if digits == "" {
		return 0, true
	}
	if digits[0] == '+' || digits[0] == '-' {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil
}
