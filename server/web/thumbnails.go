package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/share"
)

// thumbnails sends small pictures of files.
type thumbnails struct {
	maker   *media.Maker
	devices devices
}

func (t thumbnails) serve(w http.ResponseWriter, q *http.Request, f *share.File) error {
	query := q.URL.Query()
	size, ok := thumbnailSize(query.Get("thumb"))
	if !ok {
		return errBadSize
	}
	if t.isThumbnail(q, f) {
		return sendItself(w, q, f)
	}
	small, err := t.maker.Thumbnail(q.Context(), t.devices.groupOf(q).String(), f, size)
	if gone := q.Context().Err(); gone != nil {
		return abort(gone)
	}
	h := w.Header()
	if errors.Is(err, media.ErrNoThumbnail) && query.Has("v") {
		return noThumbnail(w, q, f.Name(), size)
	}
	if err != nil {
		return err
	}
	h.Set("Content-Type", small.Type)
	h.Set("ETag", strings.TrimSuffix(f.ETag(), `"`)+"-"+strconv.Itoa(size)+`"`)
	setThumbnailCaching(w, q)
	return serveContent(w, q, lastModified(f), bytes.NewReader(small.Content))
}

func setThumbnailCaching(w http.ResponseWriter, q *http.Request) {
	if q.URL.Query().Has("v") {
		w.Header().Set("Cache-Control", "private, max-age=31536000, immutable") // the address names the version
	} else {
		w.Header()["Cache-Control"] = revalidate
	}
}

// maxItself is how many bytes a file may have that is its own thumbnail.
const maxItself = 128 << 10

// isThumbnail reports whether a file is small enough to be sent as its own thumbnail:
// SVG, which this program cannot draw, and AVIF to browsers that know it, as it takes
// long to decode here.
func (t thumbnails) isThumbnail(q *http.Request, f *share.File) bool {
	if f.Size() > maxItself {
		return false
	}
	ctype, _, _ := strings.Cut(share.ContentType(f.Name(), nil), ";")
	switch ctype {
	case svg:
		return true
	case avif:
		return strings.Contains(q.Header.Get("Accept"), avif) && media.IsPlainAVIF(f)
	}
	return false
}

const (
	svg  = "image/svg+xml"
	avif = "image/avif"
)

// sendItself sends a file as its own thumbnail, confined wherever it is opened.
func sendItself(w http.ResponseWriter, q *http.Request, f *share.File) error {
	h := w.Header()
	h.Set("Content-Type", share.ContentType(f.Name(), nil))
	h.Set("ETag", f.ETag())
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	h.Add("Vary", "Accept")
	setThumbnailCaching(w, q)
	return serveContent(w, q, lastModified(f), f.Content())
}

const (
	// clearPixel is a picture of one transparent pixel.
	clearPixel = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
	// signPixel is a picture of one pixel that shows the sign of pictures when it is
	// enlarged, as large as the style of the page has it: in a row, or on a wall.
	signPixel = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="%s"><path fill="#7c8498" fill-rule="evenodd" d="` + page.PictureSign + `"/></svg>`
	inRow     = "-8 -8 40 40"
	onWall    = "-37 -37 98 98"
)

// noThumbnail answers a page, which asked by the name alone and shows an icon. A
// refusal would stand in the browser's console as a fault of the page. In a list,
// Firefox and WebKit draw a frame around nothing, so there they get a clear pixel;
// a film without a poster shows its first frame.
func noThumbnail(w http.ResponseWriter, q *http.Request, name string, size int) error {
	h := w.Header()
	h.Set("Cache-Control", "private, max-age=86400")
	if size > 320 {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	content := clearPixel
	h.Set("Content-Type", "image/gif")
	if hasGround(name) {
		h.Set("Content-Type", svg)
		content = fmt.Sprintf(signPixel, onWall)
		if size < 320 {
			content = fmt.Sprintf(signPixel, inRow)
		}
	}
	return serveContent(w, q, time.Time{}, strings.NewReader(content))
}

// hasGround reports whether the style gives a ground to the thumbnail of a file, since it
// may be transparent. The ground covers the icon.
func hasGround(name string) bool {
	return strings.HasPrefix(share.ContentType(name, nil), "image/") && !strings.Contains(strings.ToLower(name), ".jp")
}

// dates knows when pictures were taken.
type dates struct {
	folder *share.Folder
	maker  *media.Maker
}

// of returns what tells that of the pictures in a folder.
func (d dates) of(path string) page.Taken {
	return func(ctx context.Context, pictures []share.Entry) []int64 {
		return d.maker.Taken(ctx, d.folder, path, pictures)
	}
}

// songs returns what tells what the music of a folder says about itself.
func (d dates) songs(ctx context.Context, path string) page.Songs {
	return func(music []share.Entry, have func(int, page.Song)) {
		d.maker.Songs(ctx, d.folder, path, music, func(i int, s media.Song) { have(i, page.Song(s)) })
	}
}

// maxThumbnail is the largest size of a thumbnail, in pixels.
const maxThumbnail = 640

// thumbnailSize understands the size of a thumbnail, in pixels. There are few
// sizes, so that few thumbnails are made of a picture.
func thumbnailSize(text string) (size int, ok bool) {
	switch text {
	case "160", "320", "640":
		size, _ = strconv.Atoi(text)
		return size, true
	}
	return 0, false
}
