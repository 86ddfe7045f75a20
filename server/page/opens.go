package page

import "windowsill/server/share"

// opens reports whether a tap on an entry leads to a page that shows it:
// pictures, films, sound and text have one.
func opens(e share.Entry) bool {
	return !e.Dir && sightOf(mediaType(e)) != closed
}

// showsItself reports whether browsers make a page of an entry themselves.
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
