package web

import (
	"strings"
	"testing"

	"windowsill/server/access"
)

func TestDoorsFormHasItsOwnOrigin(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{})
	c := clientOf(t, s, "192.168.1.23")
	// Over plain HTTP browsers send no Sec-Fetch-Site, and an Origin only if
	// the page's policy lets them.
	if got := c.send("GET", "/", browser).Header().Get("Referrer-Policy"); got != "same-origin" {
		t.Errorf("Referrer-Policy %q", got)
	}
	form := "Content-Type: application/x-www-form-urlencoded"
	c.want(c.sendBody("POST", "/.windowsill/enter", "ask=1", form, "Origin: http://192.168.1.20:8000"), 303)
	c.want(c.sendBody("POST", "/.windowsill/enter", "ask=1", form, "Origin: null"), 403)
}

func TestOtherPagesCannotSendTheDoorsForm(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{Allow: access.Change}})
	c := clientOf(t, s, "192.168.1.23")
	enterByKey(s, c)
	for _, elsewhere := range []string{"Sec-Fetch-Site: cross-site", "Origin: http://evil.example"} {
		c.want(c.sendBody("POST", "/.windowsill/enter", "ask=1", "Content-Type: application/x-www-form-urlencoded", elsewhere), 403)
		c.want(c.send("DELETE", "/a", elsewhere), 403)
	}
}

// Browsers before 2020 send no Origin with a form, and none of them tells over
// plain HTTP where a request comes from but by its Referer.
func TestOtherPagesOfOldBrowsersCannotWrite(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{Policy: access.Policy{Open: true, Allow: access.Change}})
	c := clientOf(t, s, "192.168.1.23")
	for _, method := range []string{"POST", "PUT", "DELETE", "MKCOL", "MOVE", "PATCH", "COPY"} {
		for _, referer := range []string{"http://evil.example/", "http://evil.example/?key=x", "http://192.168.1.20:8001/", "http://192.168.1.20.evil.example:8000/"} {
			c.want(c.send(method, "/a.txt", "Referer: "+referer, "Destination: /b.txt"), 403)
		}
	}
	c.want(c.send("GET", "/a.txt", "Referer: http://evil.example/"), 200)
	c.want(c.sendBody("PUT", "/b.txt", "b", "Referer: http://192.168.1.20:8000/"), 201)
	c.want(c.sendBody("PUT", "/c.txt", "c"), 201) // a program
}

func TestOtherOriginsCannotRead(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{Policy: access.Policy{Open: true, Allow: access.Change}})
	c := clientOf(t, s, "192.168.1.23")
	for _, method := range []string{"OPTIONS", "GET", "HEAD", "PUT", "POST"} {
		for _, target := range []string{"/", "/a.txt", "/?json", "/?zip", "/.windowsill/upload/", "/.windowsill/style.css", "/.windowsill/wait", "/missing"} {
			w := c.send(method, target, "Origin: http://evil.example", "Access-Control-Request-Method: PUT", "Access-Control-Request-Private-Network: true")
			for name := range w.Header() {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("%s %s answers with %s", method, target, name)
				}
			}
			if w.Header().Get("Cross-Origin-Resource-Policy") != "same-origin" {
				t.Errorf("%s %s may be shown by other pages", method, target)
			}
		}
	}
}
