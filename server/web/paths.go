package web

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
)

// What is ours lies below this path, and nothing of the shared folder does.
const ours = "/.windowsill/"

// Paths of ours that several files know.
const (
	selectPath = ours + "select"  // takes the form that selects some of a folder
	textPath   = ours + "text"    // the page of texts
	uploadPath = ours + "upload/" // resumable uploads
	undoPath   = ours + "undo"    // brings back what was deleted
)

func trimSlash(path string) string {
	if n := len(path); n > 0 && path[n-1] == '/' {
		return path[:n-1]
	}
	return path
}

// nameIn returns the path in the share that a request is about.
func nameIn(q *http.Request) string { return trimSlash(strings.TrimPrefix(q.URL.Path, "/")) }

// split returns a path's folder and the name in it.
func split(path string) (folder, name string) {
	i := strings.LastIndexByte(path, '/')
	return path[:max(i, 0)], path[i+1:]
}

func inFolder(folder, name string) string {
	if folder == "" {
		return name
	}
	return folder + "/" + name
}

// address returns the path of something in the share, percent-encoded.
func address(name string) string { return (&url.URL{Path: "/" + name}).EscapedPath() }

// folderAddress returns the path of a folder in the share, percent-encoded and
// with a slash at its end.
func folderAddress(name string) string { return strings.TrimSuffix(address(name), "/") + "/" }

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

// asks reports whether a request's query has a key. Most have no query.
func asks(q *http.Request, key string) bool {
	return q.URL.RawQuery != "" && q.URL.Query().Has(key)
}

// isBare reports whether a query has a key once and without a value: "?zip" is
// ours, "?zip=8001" a web site's own.
func isBare(query url.Values, key string) bool {
	return slices.Equal(query[key], []string{""})
}
