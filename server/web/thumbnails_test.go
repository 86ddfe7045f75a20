package web

import (
	"windowsill/server/access"

	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pictureFile returns a JPEG file.
func pictureFile(t testing.TB, w, h int) string {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = uint8(i % w * 255 / w)
	}
	img.SetGray(0, 0, color.Gray{255})
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, img, nil))
	return b.String()
}

// fits wants the body to be a picture that is so large.
func fits(w, h int) check {
	return func(t *testing.T, _ *http.Response, body string) {
		t.Helper()
		c, err := jpeg.DecodeConfig(strings.NewReader(body))
		if err != nil || c.Width != w || c.Height != h {
			t.Errorf("%d by %d, %v; want %d by %d", c.Width, c.Height, err, w, h)
		}
	}
}

func TestThumbnails(t *testing.T) {
	dir := tree(t, map[string]string{
		"a.jpg":          pictureFile(t, 800, 600),
		"text.txt":       "hello",
		"broken.jpg":     "\xff\xd8\xff broken",
		"broken.PNG":     "\x89PNG broken",
		"broken.ico":     "\x00\x00\x01\x00 broken",
		".hidden.jpg":    pictureFile(t, 800, 600),
		"folder/a.txt":   "",
		"named 100%.jpg": pictureFile(t, 100, 200),
	})
	outside := filepath.Join(t.TempDir(), "outside.jpg")
	must(t, os.WriteFile(outside, []byte(pictureFile(t, 800, 600)), 0o644))
	linked := os.Symlink(outside, filepath.Join(dir, "outward.jpg")) == nil
	s, url := start(t, dir, setup{})
	s.guard.SetPolicy(access.Policy{Open: true})

	first, whole := get(t, "GET", url+"/a.jpg?thumb=320")
	tag := first.Header.Get("ETag")
	file, _ := get(t, "GET", url+"/a.jpg")
	other, _ := get(t, "GET", url+"/a.jpg?thumb=160")
	if tag == "" || strings.HasPrefix(tag, "W/") || tag == file.Header.Get("ETag") || tag == other.Header.Get("ETag") {
		t.Errorf("tags: %s of 320, %s of 160, %s of the file", tag, other.Header.Get("ETag"), file.Header.Get("ETag"))
	}
	for _, c := range []struct {
		name, method, path string
		headers            []string
		want               []check
	}{
		{"thumbnail", "GET", "/a.jpg?thumb=320", nil, checks(status(200), fits(320, 240), header("Content-Type", "image/jpeg"),
			header("Cache-Control", "private, no-cache"), header("X-Content-Type-Options", "nosniff"), header("Content-Disposition", ""))},
		{"small", "GET", "/a.jpg?thumb=160", nil, checks(status(200), fits(160, 120))},
		{"large", "GET", "/a.jpg?thumb=640", nil, checks(status(200), fits(640, 480))},
		{"not enlarged", "GET", "/named%20100%25.jpg?thumb=320", nil, checks(status(200), fits(100, 200))},
		{"with a version", "GET", "/a.jpg?thumb=320&v=1", nil, checks(status(200), header("Cache-Control", "private, max-age=31536000, immutable"))},
		{"head", "HEAD", "/a.jpg?thumb=320", nil, checks(status(200), body(""), header("Content-Type", "image/jpeg"), header("ETag", tag))},
		{"known", "GET", "/a.jpg?thumb=320", []string{"If-None-Match: " + tag}, checks(status(304), body(""), header("ETag", tag))},
		{"known as another size", "GET", "/a.jpg?thumb=160", []string{"If-None-Match: " + tag}, checks(status(200))},
		{"range", "GET", "/a.jpg?thumb=320", []string{"Range: bytes=0-9", "If-Range: " + tag}, checks(status(206), body(whole[:10]))},

		{"another size", "GET", "/a.jpg?thumb=321", nil, checks(status(400))},
		{"size with a sign", "GET", "/a.jpg?thumb=%2B320", nil, checks(status(400))},
		{"no size", "GET", "/a.jpg?thumb", nil, checks(status(400))},
		{"another size for a browser", "GET", "/a.jpg?thumb=9", []string{"Accept: text/html"}, checks(status(400), holds("Not understood"))},

		{"of a text", "GET", "/text.txt?thumb=320", nil, checks(status(404), header("Cache-Control", "no-store"))},
		{"of a broken picture", "GET", "/broken.jpg?thumb=320", []string{"Accept: text/html"}, checks(status(404), holds("No thumbnail"), lacks("jpeg:"))},
		{"of a broken picture, in a page", "GET", "/broken.jpg?thumb=320&v=1", nil, checks(status(200), header("Content-Type", "image/gif"), header("Cache-Control", "private, max-age=86400"))},
		{"of a broken picture with a ground, on a wall", "GET", "/broken.PNG?thumb=320&v=1", nil, checks(status(200), header("Content-Type", "image/svg+xml"), holds(`width="1" height="1" viewBox="-37`))},
		{"of a broken icon, which is often transparent", "GET", "/broken.ico?thumb=320&v=1", nil, checks(status(200), header("Content-Type", "image/svg+xml"))},
		{"of a broken picture with a ground, in a row", "GET", "/broken.PNG?thumb=160&v=1", nil, checks(status(200), header("Content-Type", "image/svg+xml"), holds(`viewBox="-8`))},
		{"of a broken picture, as a poster", "GET", "/broken.jpg?thumb=640&v=1", nil, checks(status(204), header("Cache-Control", "private, max-age=86400"))},
		{"of what is missing", "GET", "/missing.jpg?thumb=320", nil, checks(status(404), holds("Nothing here"))},
		{"of what is hidden", "GET", "/.hidden.jpg?thumb=320", nil, checks(status(404))},
		{"of what lies outside", "GET", "/outward.jpg?thumb=320", nil, checks(status(404))},
		{"of a folder", "GET", "/folder/?thumb=320", nil, checks(status(200), header("Content-Type", "text/html; charset=utf-8"))},
		{"to be changed", "PUT", "/a.jpg?thumb=320", nil, checks(status(403))},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Contains(c.path, "outward") && !linked {
				t.Skip("no links here")
			}
			a, got := get(t, c.method, url+c.path, c.headers...)
			for _, check := range c.want {
				check(t, a, got)
			}
		})
	}
}

func TestThumbnailsNeedAdmission(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.jpg": pictureFile(t, 800, 600)}), setup{})
	c := clientOf(t, s, "192.168.1.23")
	for _, target := range []string{"/a.jpg?thumb=320", "/a.jpg?thumb=320&v=1", "/missing.jpg?thumb=320", "/a.jpg?thumb=1"} {
		c.want(c.send("GET", target), 401)
	}
	enterByKey(s, c)
	c.want(c.send("GET", "/a.jpg?thumb=320"), 200)
}

// What nobody waits for any more is not answered, so that the log does not
// tell of failures.
func TestThumbnailIsNotSentToADeviceThatLeft(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.jpg": pictureFile(t, 800, 600)}), setup{Policy: access.Policy{Open: true}})
	q := httptest.NewRequestWithContext(done(), "GET", "http://laptop/a.jpg?thumb=320", nil)
	w := httptest.NewRecorder()
	defer func() {
		if recover() != http.ErrAbortHandler || w.Body.Len() != 0 {
			t.Errorf("status %d: %.100s", w.Code, w.Body)
		}
	}()
	s.ServeHTTP(w, q)
}

func TestThumbnailsAreKeptInTheFolderForThem(t *testing.T) {
	cache := t.TempDir()
	_, url := start(t, tree(t, map[string]string{"a.jpg": pictureFile(t, 800, 600)}), setup{CacheDir: cache})
	get(t, "GET", url+"/a.jpg?thumb=320")
	until(t, "kept", func() bool {
		kept, err := filepath.Glob(filepath.Join(cache, "*.thumb"))
		return err == nil && len(kept) == 1
	})
}

// exifPhoto is the beginning of a JPEG file that says when it was taken.
func exifPhoto(when string) string {
	tiff := "MM\x00*\x00\x00\x00\x08" +
		"\x00\x01\x87\x69\x00\x04\x00\x00\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00" + // leads to Exif's own directory
		"\x00\x01\x90\x03\x00\x02\x00\x00\x00\x14\x00\x00\x00\x2c\x00\x00\x00\x00" + // DateTimeOriginal
		when + "\x00"
	return "\xff\xd8\xff\xe1\x00" + string(rune(len(tiff)+8)) + "Exif\x00\x00" + tiff + "\xff\xd9"
}

func TestWallIsDividedByTheDaysOfItsPhotos(t *testing.T) {
	_, url := start(t, tree(t, map[string]string{
		"a.jpg": exifPhoto("2019:07:14 12:00:00"), "b.jpg": exifPhoto("2021:01:05 12:00:00"), "c.jpg": exifPhoto("2021:01:05 12:00:01"),
	}), setup{Policy: access.Policy{Open: true}})
	// Reading goes on if it takes longer than a moment, so that may be the second
	// answer.
	var got []string
	for range 1000 {
		_, body := get(t, "GET", url+"/", browser)
		got = regexp.MustCompile(`<time datetime="[^"]*">|<a href="\w\.`).FindAllString(body, -1)
		if strings.Contains(strings.Join(got, ""), "2019-07-14") {
			break
		}
	}
	want := []string{`<time datetime="2021-01-05">`, `<a href="c.`, `<a href="b.`, `<time datetime="2019-07-14">`, `<a href="a.`}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestSmallDrawingIsItsOwnThumbnail(t *testing.T) {
	drawing := `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>`
	avif, err := os.ReadFile("../media/heif/testdata/plain.avif")
	must(t, err)
	grid, err := os.ReadFile("../media/heif/testdata/grid.avif")
	must(t, err)
	large := strings.Replace(drawing, "<script>", "<script>"+strings.Repeat(" ", maxItself), 1)
	s, url := start(t, tree(t, map[string]string{"a.svg": drawing, "large.svg": large, "a.avif": string(avif), "grid.avif": string(grid)}), setup{})
	s.guard.SetPolicy(access.Policy{Open: true})
	confined := func(t *testing.T, a *http.Response, _ string) {
		t.Helper()
		if p := a.Header.Get("Content-Security-Policy"); !strings.Contains(p, "sandbox") || !strings.Contains(p, "default-src 'none'") {
			t.Errorf("policy %q", p)
		}
	}
	for _, c := range []struct {
		path, accept string
		want         []check
	}{
		{"/a.svg?thumb=160", "*/*", checks(status(200), header("Content-Type", "image/svg+xml; charset=utf-8"), body(drawing), confined)},
		{"/large.svg?thumb=160", "*/*", checks(status(404))},
		{"/large.svg?thumb=160&v=1", "*/*", checks(status(200), header("Content-Type", "image/svg+xml"), holds(`viewBox="-8`))},
		{"/a.avif?thumb=160", "image/avif,image/webp,*/*", checks(status(200), header("Content-Type", "image/avif"), body(string(avif)), confined)},
		{"/grid.avif?thumb=160", "image/avif", checks(status(200), header("Content-Type", "image/jpeg"), fits(160, 120))}, // Firefox shows no grid
		{"/a.avif?thumb=160", "*/*", checks(status(200), header("Content-Type", "image/jpeg"), fits(160, 120))},
	} {
		a, content := get(t, "GET", url+c.path, "Accept: "+c.accept)
		for _, check := range c.want {
			check(t, a, content)
		}
	}
}
