package web

import (
	"fmt"
	"strings"
	"testing"

	"windowsill/server/access"
)

func TestKeyIsSeenNowhere(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a", "sub/b.txt": "b"}), setup{})
	key := s.guard.Key()
	c := clientOf(t, s, "192.168.1.23")
	c.send("GET", "/?%6bey="+key, browser)
	for _, target := range []string{"/?a=1%26key=" + key, "/?a;key=" + key, "/?KEY=" + key, "/key=" + key, "/%3Fkey=" + key + "/x"} {
		w := c.send("GET", target, browser, "Referer: http://192.168.1.20:8000/?a;key="+key)
		if strings.Contains(w.Body.String(), key) || strings.Contains(fmt.Sprint(w.Header()), key) {
			t.Errorf("%s: the key is in the answer", target)
		}
	}
	for _, target := range []string{"/", "/a.txt", "/sub/?page=2", "/sub", "//evil.example/", "/missing", "/.windowsill/style.css", "/a%20b?x=1&", "/?json"} {
		withKey := target + "?key=" + key
		if strings.Contains(target, "?") {
			withKey = target + "&key=" + key
		}
		w := c.send("GET", withKey, browser, "Referer: http://192.168.1.20:8000/?key="+key)
		if strings.Contains(w.Body.String(), key) || strings.Contains(fmt.Sprint(w.Header()), key) {
			t.Errorf("%s: the key is in the answer", target)
		}
		if to := w.Header().Get("Location"); strings.HasPrefix(to, "//") {
			t.Errorf("%s: redirected off the host, to %s", target, to)
		}
	}
	if w := c.send("GET", "/sub/?page=2&key="+key, browser); w.Header().Get("Location") != "/sub/?page=2" {
		t.Errorf("redirected to %s", w.Header().Get("Location"))
	}
	log := s.recorder.Snapshot().Log
	for i := range log.Len() {
		if row := fmt.Sprintf("%+v", *log.At(i)); strings.Contains(row, key) {
			t.Errorf("the key is in the log: %s", row)
		}
	}
	stranger := clientOf(t, s, "192.168.1.99")
	if w := stranger.send("GET", "/", browser); strings.Contains(w.Body.String(), key) || strings.Contains(w.Body.String(), s.guard.PIN().Digits) {
		t.Error("a secret is in the door")
	}
}

func TestMangledLinkLetsIn(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{})
	key := s.guard.Key()
	for _, target := range []string{"/a.txt?key%3D" + key, "/a.txt?%6bey=" + key, "//a.txt?key=" + key, "/./a.txt?key=" + key} {
		w := clientOf(t, s, "192.168.1.23").send("GET", target, browser)
		if w.Code != 303 || w.Header().Get("Location") != "/a.txt" {
			t.Errorf("%s: status %d, leads to %q", target, w.Code, w.Header().Get("Location"))
		}
	}
}

// A redirect would be taken for success, and the file be lost.
func TestWriteWithAKeyIsNotRedirected(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{Policy: access.Policy{Allow: access.Add}})
	c := clientOf(t, s, "192.168.1.23")
	c.want(c.sendBody("PUT", "/a.txt?key="+s.guard.Key(), "a"), 401)
	enterByKey(s, c)
	c.want(c.sendBody("PUT", "/a.txt?key="+s.guard.Key(), "a"), 201)
	if w := c.want(c.send("GET", "/a.txt"), 200); w.Body.String() != "a" {
		t.Errorf("there is %q", w.Body)
	}
}

func TestAnOldKeyShowsTheDoor(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{})
	c := clientOf(t, s, "192.168.1.23")
	w := c.want(c.send("GET", "/?key=old", browser), 403)
	if !strings.Contains(w.Body.String(), "This code is no longer valid.") {
		t.Errorf("%s", w.Body)
	}
	enterByKey(s, c)
	s.guard.NewCode(false)
	if w := c.send("GET", "/?key=old", browser); w.Code != 303 {
		t.Errorf("a device that is in is kept out by an old link: %d", w.Code)
	}
}

func TestCutKey(t *testing.T) {
	for _, c := range []struct {
		query, rest, key string
		ok               bool
	}{
		{"", "", "", false}, {"json", "json", "", false}, {"key=abc", "", "abc", true}, {"json&key=abc", "json", "abc", true},
		{"key=a%2Bb&x=1", "x=1", "a+b", true}, {"monkey=1", "monkey=1", "", false}, {"key=", "", "", true}, {"key=%zz", "", "", true},
		{"key=a&key=b", "", "b", true}, {"key%3Dabc", "", "abc", true}, {"x=%20&%6beY=1&%6bey=abc", "x=%20&%6beY=1", "abc", true}, {"a%26key=b", "a%26key=b", "", false},
	} {
		if rest, key, ok := cutKey(c.query); rest != c.rest || key != c.key || ok != c.ok {
			t.Errorf("%q: %q, %q, %v", c.query, rest, key, ok)
		}
	}
}

func FuzzCutKey(f *testing.F) {
	f.Add("json&key=abc&x=%20")
	f.Fuzz(func(t *testing.T, query string) {
		rest, _, _ := cutKey(query)
		for pair := range strings.SplitSeq(rest, "&") {
			if strings.HasPrefix(pair, "key=") {
				t.Errorf("%q: a key is left in %q", query, rest)
			}
		}
	})
}
