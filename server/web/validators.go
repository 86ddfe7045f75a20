package web

import (
	"net/http"
	"strings"
	"time"
)

// matches reports whether an entity tag is in a list of them or the list is
// "*", by the strong comparison or by the weak one (RFC 9110 8.8.3.2). tag is
// in quotes, and "" if there is nothing that could match.
func matches(list, tag string, weak bool) bool {
	if tag == "" {
		return false
	}
	if weak {
		tag = strings.TrimPrefix(tag, "W/")
	}
	for one := range strings.SplitSeq(list, ",") {
		one = strings.TrimSpace(one)
		if weak {
			one = strings.TrimPrefix(one, "W/")
		}
		if one == "*" || one == tag {
			return true
		}
	}
	return false
}

// notModified tags a page of ours, and answers if the client has it already
// (RFC 9110 13.1.2). The tag is a weak one, since a page goes out compressed
// or not.
func notModified(w http.ResponseWriter, q *http.Request, tag string) bool {
	h := w.Header()
	tag = `W/"` + tag + `"`
	h.Set("ETag", tag)
	for _, known := range q.Header.Values("If-None-Match") {
		if matches(known, tag, true) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	return false
}

// lastModified returns a file's time of change, or the present if that lies in
// the future, as RFC 9110 section 8.8.2.1 wants it.
func lastModified(f file) time.Time {
	t, now := f.ModTime(), time.Now()
	if t.After(now) {
		return now
	}
	return t
}
