package web

import (
	"encoding/binary"
	"hash/crc32"
	"net"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"windowsill/server/access"
)

func TestPictureOfAPhoneIsSentAsItIsAndAsJPEG(t *testing.T) {
	heic, err := os.ReadFile("../media/heif/testdata/p3.heic")
	must(t, err)
	avif, err := os.ReadFile("../media/heif/testdata/grid.avif")
	must(t, err)
	dir := tree(t, map[string]string{"IMG 1.HEIC": string(heic), "a.avif": string(avif), "a.jpg": pictureFile(t, 80, 60), "broken.heic": "ftypheic", "page.html": "<p>"})
	s, url := start(t, dir, setup{})
	s.guard.SetPolicy(access.Policy{Open: true})
	for _, c := range []struct {
		address string
		checks  []check
	}{
		{"/IMG%201.HEIC", checks(status(200), header("Content-Type", "image/heic"), body(string(heic)))},
		{"/IMG%201.HEIC?as=jpeg", checks(status(200), header("Content-Type", "image/jpeg"), header("Content-Disposition", ""), fits(320, 240))},
		{"/IMG%201.HEIC?as=jpeg&download", checks(status(200), header("Content-Disposition", `attachment; filename="IMG 1.jpg"`), fits(320, 240))},
		{"/IMG%201.HEIC?thumb=160", checks(status(200), header("Content-Type", "image/jpeg"), fits(160, 120))},
		{"/a.avif", checks(status(200), header("Content-Type", "image/avif"), body(string(avif)))},
		{"/a.avif?as=jpeg", checks(status(200), header("Content-Type", "image/jpeg"), fits(640, 480))},
		{"/a.avif?thumb=160", checks(status(200), header("Content-Type", "image/jpeg"), fits(160, 120))},
		{"/a.jpg?as=jpeg", checks(status(404))},
		{"/broken.heic?as=jpeg", checks(status(404))},
		{"/page.html?as=other", checks(status(200), body("<p>"))}, // a web site's own query
	} {
		t.Run(c.address, func(t *testing.T) {
			a, content := get(t, "GET", url+c.address)
			for _, check := range c.checks {
				check(t, a, content)
			}
		})
	}
	a, _ := get(t, "GET", url+"/IMG%201.HEIC?as=jpeg")
	asksAgain(t, url+"/IMG%201.HEIC?as=jpeg", a.Header.Get("ETag"))
	part, content := get(t, "GET", url+"/IMG%201.HEIC?as=jpeg", "Range: bytes=0-1")
	if part.StatusCode != 206 || content != "\xff\xd8" {
		t.Errorf("a range: %d, %q", part.StatusCode, content)
	}
	for _, name := range []string{"IMG%201.HEIC", "a.avif"} {
		_, look := get(t, "GET", url+"/"+name+"?open", "Accept-Language: en")
		for _, want := range []string{`srcset="` + name + `"`, `src="` + name + `?as=jpeg"`, `href="` + name + `?as=jpeg&amp;download"`, `data-spare="` + name + `?as=jpeg ` + name + `?thumb=640&amp;`} {
			if !strings.Contains(look, want) {
				t.Errorf("the viewer has no %s", want)
			}
		}
	}
}

// stander is a connection that only counts.
type stander struct {
	net.Conn
	stood int
}

func (s *stander) Stand() { s.stood++ }

// Nothing is written while a picture is made, so only the end of what the client sends
// tells that it has left.
func TestPicturesAreMadeNoLongerThanTheClientStays(t *testing.T) {
	s, url := start(t, tree(t, map[string]string{"a.jpg": pictureFile(t, 80, 60)}), setup{})
	s.guard.SetPolicy(access.Policy{Open: true})
	for target, want := range map[string]int{"/a.jpg?thumb=160": 1, "/a.jpg?as=jpeg": 1, "/a.jpg": 0} {
		var c stander
		q := httptest.NewRequestWithContext(s.recorder.ConnContext(t.Context(), &c), "GET", url+target, nil)
		q.RequestURI = target
		s.ServeHTTP(httptest.NewRecorder(), q)
		if c.stood != want {
			t.Errorf("%s: %d, want %d", target, c.stood, want)
		}
	}
}

func TestScanIsShownPageByPage(t *testing.T) {
	pages, err := os.ReadFile("../media/tiff/testdata/pages.tif")
	must(t, err)
	s, url := start(t, tree(t, map[string]string{"scan.tif": string(pages), "b.jpg": pictureFile(t, 80, 60)}), setup{})
	s.guard.SetPolicy(access.Policy{Open: true})
	for address, checks := range map[string][]check{
		"/scan.tif":                          checks(status(200), header("Content-Type", "image/tiff"), body(string(pages))),
		"/scan.tif?as=jpeg":                  checks(status(200), header("Content-Type", "image/jpeg"), fits(20, 10)),
		"/scan.tif?as=jpeg&page=3":           checks(status(200), fits(20, 10)),
		"/scan.tif?as=jpeg&page=2&download":  checks(status(200), header("Content-Disposition", `attachment; filename=scan-2.jpg`)),
		"/scan.tif?as=jpeg&page=4":           checks(status(404)),
		"/scan.tif?as=jpeg&page=99999999999": checks(status(200)), // the first one
		"/scan.tif?thumb=160":                checks(status(200), fits(20, 10)),
	} {
		a, content := get(t, "GET", url+address)
		for _, check := range checks {
			check(t, a, content)
		}
	}
	first, _ := get(t, "GET", url+"/scan.tif?as=jpeg")
	second, _ := get(t, "GET", url+"/scan.tif?as=jpeg&page=2")
	if a, b := first.Header.Get("ETag"), second.Header.Get("ETag"); a == b {
		t.Errorf("two pages have the tag %s", a)
	}
	for page, wanted := range map[string][]string{
		"":        {`<source type="image/tiff"`, `src="scan.tif?as=jpeg"`, "Page 1 of 3", `href="scan.tif?open&amp;page=2">Next page`},
		"&page=2": {`src="scan.tif?as=jpeg&amp;page=2"`, `href="scan.tif?open">Previous page`, "Page 2 of 3", `href="scan.tif?open&amp;page=3">Next page`, `href="scan.tif?as=jpeg&amp;page=2&amp;download"`},
		"&page=9": {"Page 3 of 3"},
	} {
		_, look := get(t, "GET", url+"/scan.tif?open"+page, "Accept-Language: en")
		for _, want := range wanted {
			if !strings.Contains(look, want) {
				t.Errorf("page %q has no %s", page, want)
			}
		}
	}
	if _, look := get(t, "GET", url+"/b.jpg?open", "Accept-Language: en"); strings.Contains(look, "Page 1") {
		t.Error("a picture of one page has pages")
	}
}

// Where no script runs, the viewer has nothing but a picture to say that there is none.
func TestPictureThatCannotBeShownSaysSoWithoutAScript(t *testing.T) {
	files := map[string]string{"broken.heic": "ftypheic", "jpeg.tif": pictureFile(t, 80, 60), "a.txt": "x"}
	for name, from := range map[string]string{"lzma.tif": "tiff/testdata/lzma.tif", "webp.tif": "tiff/testdata/webp.tif", "narrow.heic": "heif/testdata/narrow.heic", "other.tif": "testdata/plain.jp2", "good.tif": "tiff/testdata/g4.tif"} {
		content, err := os.ReadFile("../media/" + from)
		must(t, err)
		files[name] = string(content)
	}
	s, url := start(t, tree(t, files), setup{})
	s.guard.SetPolicy(access.Policy{Open: true})
	for name, kind := range map[string]string{
		"lzma.tif": svg, "webp.tif": svg, "narrow.heic": svg, "other.tif": svg, "broken.heic": svg,
		"jpeg.tif": "image/jpeg", "good.tif": "image/jpeg",
	} {
		a, content := get(t, "GET", url+"/"+name+"?as=jpeg&fallback", "Accept: image/*", "Accept-Language: de")
		if a.StatusCode != 200 || a.Header.Get("Content-Type") != kind || strings.Contains(content, "Das Bild lässt sich hier nicht anzeigen.</text>") != (kind == svg) {
			t.Errorf("%s: %s, %s, %.300q", name, a.Status, a.Header.Get("Content-Type"), content)
		}
		a, content = get(t, "GET", url+"/"+name+"?as=jpeg&download", "Accept: text/html", "Accept-Language: en")
		if kind == svg && (a.StatusCode != 404 || !strings.Contains(content, "This picture cannot be shown here.")) {
			t.Errorf("%s to download as JPEG: %s", name, a.Status)
		}
		_, look := get(t, "GET", url+"/"+name+"?open", "Accept-Language: en")
		for _, want := range []string{`<noscript><picture>`, `src="` + name + `?as=jpeg&amp;fallback"`, `<span class="sign picture"></span>`, `<a class="button" href="` + name + `?download">Download</a>`} {
			if !strings.Contains(look, want) {
				t.Errorf("the page of %s has no %s", name, want)
			}
		}
	}
}

// So it is with a picture that browsers know, and that is broken.
func TestBrokenPictureSaysSoWithoutAScript(t *testing.T) {
	s, url := start(t, tree(t, map[string]string{
		"in/broken #1.jpg": "\xff\xd8\xff\xe0", "in/a: good.jpg": pictureFile(t, 80, 60), "in/none.png": "", "in/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>", "in/a.txt": "x",
		"in/large.png": largePNG(),
	}), setup{})
	s.guard.SetPolicy(access.Policy{Open: true})
	for name, broken := range map[string]bool{"broken%20%231.jpg": true, "none.png": true, "a:%20good.jpg": false} {
		a, content := get(t, "GET", url+"/in/"+name+"?fallback", "Accept: image/*", "Accept-Language: de")
		if broken && (a.StatusCode != 200 || a.Header.Get("Content-Type") != svg || !strings.Contains(content, "Das Bild lässt sich hier nicht anzeigen.</text>")) {
			t.Errorf("%s: %s, %s, %.300q", name, a.Status, a.Header.Get("Content-Type"), content)
		}
		if !broken && (a.StatusCode != 303 || a.Header.Get("Location") != "./"+name) {
			t.Errorf("%s: %s to %s", name, a.Status, a.Header.Get("Location"))
		}
		_, look := get(t, "GET", url+"/in/"+name+"?open")
		if !strings.Contains(look, `<noscript><picture><img src="`+strings.ReplaceAll(name, ":", "%3A")+`?fallback"`) {
			t.Errorf("the page of %s does not ask for it: %s", name, look[strings.Index(look, "<figure"):][:300])
		}
	}
	if a, _ := get(t, "GET", url+"/in/large.png?fallback", "Accept: image/*"); a.StatusCode != 303 || a.Header.Get("Location") != "./large.png" {
		t.Errorf("a picture that is too large to be decoded here: %s to %s", a.Status, a.Header.Get("Location"))
	}
	if a, content := get(t, "GET", url+"/in/a.txt?fallback"); a.StatusCode != 200 || content != "x" {
		t.Errorf("a text: %s", a.Status)
	}
	if _, look := get(t, "GET", url+"/in/a.svg?open"); strings.Contains(look, "fallback") {
		t.Error("a drawing has a spare")
	}
}

// largePNG is a picture of 1.6 gigapixels, of which only the header is there.
func largePNG() string {
	const header = "IHDR\x00\x00\x9c\x40\x00\x00\x9c\x40\x08\x02\x00\x00\x00"
	sum := binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(header)))
	return "\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" + header + string(sum)
}
