package page

import (
	"strconv"

	"windowsill/server/share"
)

// The sizes of thumbnails, by their longer side in pixels: sharp on a phone with
// three pixels to one of CSS.
const (
	iconSide = 160
	tileSide = 320
)

// hasThumbnail reports whether an entry is likely to have a thumbnail, because it
// is a picture. It goes by the name alone, so that the page of a folder opens no
// files.
func hasThumbnail(e share.Entry) bool {
	if kindOf(e) != picture {
		return false
	}
	return mediaType(e) != "image/vnd.adobe.photoshop"
}

// isDrawing reports whether an entry is a picture that rather belongs to a program or a
// web page than to a wall of photos.
func isDrawing(e share.Entry) bool {
	t := mediaType(e)
	return t == "image/svg+xml" || t == "image/vnd.microsoft.icon"
}

// version changes with the file, so that a browser may cache what has it in its
// URL.
func version(e share.Entry) string {
	return strconv.FormatInt(e.Size, 36) + "-" + strconv.FormatUint(uint64(e.Modified.UnixMilli()), 36)
}
