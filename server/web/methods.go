package web

import (
	"net/http"
	"strings"

	"windowsill/server/access"
)

// neededFor returns what a device must be allowed to do for a request.
func neededFor(q *http.Request) access.Permission {
	switch path := q.URL.Path; {
	case path == selectPath:
		return access.Read // a form may be longer than an address, so it is not a GET
	case strings.HasPrefix(path+"/", uploadPath) && q.Method != http.MethodOptions:
		return access.Add // also to ask about an upload of one's own, or to cancel it
	case path == undoPath:
		return access.Change
	}
	switch q.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch:
		if replaces(q) {
			return access.Change
		}
		return access.Add
	case "MKCOL", "COPY", "PROPPATCH", "LOCK", "UNLOCK":
		return access.Add // for what is there already, drive and changes ask for more
	case http.MethodDelete, "MOVE":
		return access.Change
	}
	return access.Read
}

// replaces reports whether a request means to put something in the place of
// a file: it says so, or tells which one (RFC 9110 13.1.1).
func replaces(q *http.Request) bool {
	return q.URL.Query().Has("overwrite") || q.Header.Get("If-Match") != ""
}

// writeMethods returns the methods that write and that devices may use, as
// they follow others in an Allow header.
func writeMethods(p access.Permission) string {
	switch p {
	case access.Add:
		return ", POST, PUT, MKCOL, COPY, PROPPATCH, LOCK, UNLOCK"
	case access.Change:
		return ", POST, PUT, DELETE, MKCOL, COPY, MOVE, PROPPATCH, LOCK, UNLOCK"
	}
	return ""
}

// readOnly answers OPTIONS, and refuses all methods that do not read. Others
// are those that the caller has dealt with, as they follow in an Allow header.
func readOnly(w http.ResponseWriter, q *http.Request, others string) (done bool, err error) {
	allow := "GET, HEAD, OPTIONS" + others
	switch q.Method {
	case http.MethodGet, http.MethodHead:
		return false, nil
	case http.MethodOptions:
		w.Header().Set("Allow", allow)
		w.WriteHeader(http.StatusNoContent)
		return true, nil
	}
	w.Header().Set("Allow", allow)
	return false, errMethod
}
