package page

import (
	"strconv"

	"windowsill/server/share"
)

// The thumbnails asked for, by their longer side in pixels: sharp on a phone
// whose pixels are three to one.
const (
	iconSide = 160
	tileSide = 320
)

// hasThumbnail reports whether a thumbnail of an entry is worth asking for:
// it is a picture, and of a sort that usually has one. It tells by the name
// alone, so that a folder is a page before its first file is opened.
func hasThumbnail(e share.Entry) bool {
	if kindOf(e) != picture {
		return false
	}
	switch mediaType(e) {
	case "image/svg+xml", "image/jxl", "image/vnd.microsoft.icon", "image/vnd.adobe.photoshop":
		return false
	}
	return true
}

// version is another text after each change of a file, so that a browser may
// keep what has it in its address.
func version(e share.Entry) string {
	return strconv.FormatInt(e.Size, 36) + "-" + strconv.FormatUint(uint64(e.Modified.UnixMilli()), 36)
}
