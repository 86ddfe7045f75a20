package page

import "windowsill/server/share"

// opens reports whether there is a page that shows an entry: a picture, a film,
// music or text.
func opens(e share.Entry) bool {
	return !e.Dir && viewerOf(mediaType(e)) != closed
}

// showsItself reports whether browsers show an entry by themselves.
func showsItself(e share.Entry) bool {
	if e.Dir {
		return false
	}
	switch mediaType(e) {
	case "application/pdf", "text/html", "application/xhtml+xml":
		return true
	}
	return false
}
