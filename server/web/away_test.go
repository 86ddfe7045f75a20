package web

import (
	"regexp"
	"strings"
	"testing"
)

// The worker is all that browsers keep of a share. It holds one page that is the same
// for everybody, and no way to keep more.
func TestAwayWorkerKeepsNothing(t *testing.T) {
	s := encrypted(t, setup{})
	c := secureClient(t, s, "192.168.1.7")
	enterByKey(s, c)
	w := c.want(c.send("GET", "/.windowsill/away.js", "Accept-Language: de"), 200)
	body := w.Body.String()
	if !strings.HasPrefix(body, `const gone = "\u003c!doctype html`) || !strings.Contains(body, "Erneut versuchen") {
		t.Errorf("it shows %.300s", body)
	}
	if kept := regexp.MustCompile(`\b(caches|indexedDB|localStorage|importScripts|clients|postMessage)\b`).FindString(body); kept != "" {
		t.Errorf("it uses %s", kept)
	}
	for _, secret := range []string{s.guard.Key(), s.guard.PIN().Digits, "secret", "a.txt", c.cookies["__Host-windowsill_8000"]} {
		if strings.Contains(body, secret) {
			t.Errorf("it holds %s", secret)
		}
	}
	h := w.Header()
	if h.Get("Service-Worker-Allowed") != "/" || h.Get("Cache-Control") != "no-cache" || h.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("%v", h)
	}
	other := secureClient(t, s, "192.168.1.8")
	if got := other.want(other.send("GET", "/.windowsill/away.js", "Accept-Language: de"), 200).Body.String(); got != body {
		t.Error("it differs from device to device")
	}
	plain := newShared(t, t.TempDir(), setup{})
	p := clientOf(t, plain, "192.168.1.7")
	p.want(p.send("GET", "/.windowsill/away.js"), 404)
}
