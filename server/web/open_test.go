package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestOpenedFileIsAPageOfOurs(t *testing.T) {
	dir := tree(t, map[string]string{"sub/a.txt": "<script>alert(1)</script>", "sub/b.txt": "b", "sub/a.jpg": "x", "sub/b.jpg": "y", "none": "\x00"})
	_, base := start(t, dir, setup{})
	for path, want := range map[string]string{
		"/sub/a.txt?open": "&lt;script&gt;", "/sub/a.jpg?open": "1 of 2", "/none?open": "This cannot be shown here",
	} {
		a, body := get(t, "GET", base+path)
		if a.StatusCode != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %s, want a page with %q", path, a.Status, want)
		}
		withPolicy(t, a, body)
		if strings.Contains(body, "<script>") {
			t.Errorf("%s holds a script", path)
		}
		if a := asksAgain(t, base+path, a.Header.Get("ETag")); a.StatusCode != http.StatusNotModified {
			t.Errorf("%s again: %s", path, a.Status)
		}
		if a, body := get(t, "HEAD", base+path); a.StatusCode != http.StatusOK || body != "" {
			t.Errorf("HEAD %s: %s", path, a.Status)
		}
	}
	for path, want := range map[string]int{"/not-there?open": 404, "/sub/?open": 200, "/sub/a.txt/?open": 404} {
		if a, _ := get(t, "GET", base+path); a.StatusCode != want {
			t.Errorf("%s: %s, want %d", path, a.Status, want)
		}
	}
}

func TestOpenedPicturesFollowTheOrderThatIsLiked(t *testing.T) {
	dir := tree(t, map[string]string{"a.jpg": "", "b.jpg": "", "c.jpg": ""})
	_, base := start(t, dir, setup{})
	a, body := get(t, "GET", base+"/b.jpg?open", "Cookie: windowsill_8000_view=sort=name&order=desc")
	if !strings.Contains(body, `rel="prev" href="./c.jpg?open"`) || !strings.Contains(strings.Join(a.Header.Values("Vary"), ","), "Cookie") {
		t.Errorf("%s, Vary %q: b is not after c", a.Status, a.Header.Values("Vary"))
	}
	if other, _ := get(t, "GET", base+"/b.jpg?open"); other.Header.Get("ETag") == a.Header.Get("ETag") {
		t.Error("the same tag in another order")
	}
}
