package page

import (
	"html/template"
	"slices"
	"strconv"
)

// shownByAll are the types of pictures that all browsers show.
var shownByAll = []string{"image/jpeg", "image/png", "image/apng", "image/gif", "image/webp", "image/bmp", "image/svg+xml", "image/vnd.microsoft.icon"}

// shownBySome are the types that some browsers show, and the server sends to others as
// JPEG.
var shownBySome = []string{"image/heic", "image/heif", "image/avif", "image/jxl", "image/tiff"}

// raw are the types of cameras' raw files. No browser shows them, and the server sends
// the JPEG picture that is in them.
var raw = []string{
	"image/x-adobe-dng", "image/x-canon-cr2", "image/x-canon-cr3", "image/x-fuji-raf", "image/x-nikon-nef", "image/x-nikon-nrw",
	"image/x-olympus-orf", "image/x-panasonic-rw2", "image/x-pentax-pef", "image/x-samsung-srw", "image/x-sony-arw",
}

// pictureView is what the template asks of a picture.
type pictureView struct{ file openedView }

// Picture is the view of a picture.
func (v openedView) Picture() pictureView { return pictureView{v} }

// Spare is what to show, one after the other, if the browser cannot draw the picture:
// the picture as JPEG, and the largest thumbnail, as far as there may be any.
func (v pictureView) Spare() template.URL {
	switch {
	case v.Page() > 1: // the thumbnail is of the first one
		return v.Converted()
	case v.Convertible():
		return v.Converted() + " " + v.file.Thumbnail()
	case hasThumbnail(v.file.opened.File):
		return v.file.Thumbnail()
	}
	return ""
}

// Drawing reports whether the picture has no pixels, and so any size.
func (v pictureView) Drawing() bool { return v.file.opened.mediaType() == "image/svg+xml" }

// minPreviewed is how many bytes of a picture are worth showing a thumbnail
// first.
const minPreviewed = 150_000

// Soon is the thumbnail to show until the picture is loaded: the same one that a
// gallery shows. "" if none is needed.
func (v pictureView) Soon() template.URL {
	if v.file.opened.File.Size < minPreviewed || v.Page() > 1 || !hasThumbnail(v.file.opened.File) {
		return ""
	}
	return v.file.thumbnail(tileSide)
}

// Source is the type of a picture that not all browsers can show; the others get it as
// JPEG, or else a thumbnail. "" if all can, or none, or if it is not the first page that
// is shown.
func (v pictureView) Source() string {
	t := v.file.opened.mediaType()
	if slices.Contains(shownByAll, t) || slices.Contains(raw, t) || v.Page() > 1 {
		return ""
	}
	return t
}

// Convertible reports whether not all browsers can show a picture, and the server can
// send it as JPEG.
func (v pictureView) Convertible() bool {
	t := v.file.opened.mediaType()
	return slices.Contains(shownBySome, t) || slices.Contains(raw, t)
}

// Converted is the link to the picture as JPEG.
func (v pictureView) Converted() template.URL {
	link := v.file.File() + "?as=jpeg"
	if n := v.Page(); n > 1 {
		link += template.URL("&page=" + strconv.Itoa(n))
	}
	return link
}

// Fallback is the link to the picture for a browser without a script: as JPEG, or else
// what can be shown in its place.
func (v pictureView) Fallback() template.URL { return v.Converted() + "&fallback" }

// Page is which page of the file is shown, from 1.
func (v pictureView) Page() int { return min(max(v.file.opened.Part.Page, 1), v.Pages()) }

// Pages is how many pages the file has.
func (v pictureView) Pages() int { return max(v.file.opened.Part.Pages, 1) }

// PreviousPage is the link to the page of the file before this one, "" if there is
// none.
func (v pictureView) PreviousPage() template.URL { return v.toPage(v.Page() - 1) }

// NextPage is the link to the page of the file after this one, "" if there is none.
func (v pictureView) NextPage() template.URL { return v.toPage(v.Page() + 1) }

func (v pictureView) toPage(n int) template.URL {
	if n < 1 || n > v.Pages() {
		return ""
	}
	link := v.file.to(v.file.opened.File.Name)
	if n > 1 {
		link += template.URL("&page=" + strconv.Itoa(n))
	}
	return link
}
