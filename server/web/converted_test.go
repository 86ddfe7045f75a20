package web

import (
	"os"
	"strings"
	"testing"

	"windowsill/server/access"
)

func TestPictureOfAPhoneIsSentAsItIsAndAsJPEG(t *testing.T) {
	heic, err := os.ReadFile("../media/heic/testdata/p3.heic")
	must(t, err)
	dir := tree(t, map[string]string{"IMG 1.HEIC": string(heic), "a.jpg": pictureFile(t, 80, 60), "broken.heic": "ftypheic", "page.html": "<p>"})
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
	_, look := get(t, "GET", url+"/IMG%201.HEIC?open", "Accept-Language: en")
	for _, want := range []string{`srcset="IMG%201.HEIC"`, `src="IMG%201.HEIC?as=jpeg"`, `href="IMG%201.HEIC?as=jpeg&amp;download"`} {
		if !strings.Contains(look, want) {
			t.Errorf("the viewer has no %s", want)
		}
	}
}
