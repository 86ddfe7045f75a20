package page

import (
	"strings"

	"windowsill/server/share"
)

// opens reports whether a tap on an entry leads to a page that shows it:
// pictures, films, sound and text have one.
func opens(e share.Entry) bool {
	if hasThumbnail(e) {
		return true
	}
	switch t := mediaType(e); {
	case e.Dir:
		return false
	case t == "image/svg+xml", t == "image/vnd.microsoft.icon", t == "application/json", t == "application/xml":
		return true
	case strings.HasPrefix(t, "video/"), strings.HasPrefix(t, "audio/"), strings.HasPrefix(t, "text/"):
		return true
	default:
		return strings.HasSuffix(t, "+json") || strings.HasSuffix(t, "+xml")
	}
}

func isPDF(e share.Entry) bool { return !e.Dir && mediaType(e) == "application/pdf" }
