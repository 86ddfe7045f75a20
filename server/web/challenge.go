package web

import (
	"net/http"
	"slices"
	"strings"
)

// davMethods are those that only programs use that have the share as a drive.
var davMethods = []string{"PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK"}

// driveAgents are parts of the User-Agent of programs that have it as a drive, also
// where they ask for a page like browsers: Finder, Explorer, GNOME's and KDE's
// file managers.
var driveAgents = []string{"WebDAV", "DavClnt", "gvfs/", "KIO/", "davfs2/"}

// speaksDAV reports whether a request is that of a drive.
func speaksDAV(q *http.Request) bool {
	return slices.Contains(davMethods, q.Method) || isDriveAgent(q.UserAgent())
}

func isDriveAgent(agent string) bool {
	return slices.ContainsFunc(driveAgents, func(part string) bool { return strings.Contains(agent, part) })
}

// challenge asks a program for the PIN, in two ways: some know only one of them.
// Basic is what most can do; Explorer sends nothing but a digest over http.
func (d devices) challenge(h http.Header, q *http.Request, stale bool) {
	if d.isPage(q) {
		h.Set("WWW-Authenticate", `Cookie realm="Windowsill"`) // RFC 9110 11.6.1 wants some
		return
	}
	if speaksDAV(q) {
		h.Set("DAV", davClasses)
	}
	h.Add("WWW-Authenticate", d.digest.challenge(q, stale))
	h.Add("WWW-Authenticate", `Basic realm="`+realm+`", charset="UTF-8"`)
}

// isPage reports whether an open page sent a request. If it is not in any more, it
// says so itself, and needs no log-in box of the browser over it.
func (d devices) isPage(q *http.Request) bool {
	return q.Header.Get("Sec-Fetch-Site") != "" || d.token(q) != ""
}

// sayDrive answers OPTIONS of a device that is not in and has not tried: that this
// is a drive, as [announceDAV] has noted, but not what is on it.
func sayDrive(w http.ResponseWriter) error {
	w.Header().Set("Allow", readMethods)
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusOK)
	return nil
}
