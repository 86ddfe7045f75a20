package web

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"

	"windowsill/server/access"
	"windowsill/server/receive"
)

func TestAdmission(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "SECRET", "sub/b.txt": "SECRET"})
	modes := map[string]access.Policy{
		"asking": {}, "asking, add": {Allow: access.Add}, "asking, change": {Allow: access.Change},
		"open": {Open: true}, "open, change": {Open: true, Allow: access.Change},
	}
	// in says whether a credential lets in where not everybody may come in.
	credentials := []struct {
		name string
		in   bool
		give func(*shared, *client) []string // headers, or cookies set at the client
	}{
		{"none", false, func(*shared, *client) []string { return nil }},
		{"cookie", true, func(s *shared, c *client) []string { enterByKey(s, c); return nil }},
		{"made-up cookie", false, func(s *shared, c *client) []string { c.cookies[cookie] = strings.Repeat("A", 43); return nil }},
		{"cookie of another port", false, func(s *shared, c *client) []string {
			enterByKey(s, c)
			c.cookies = map[string]string{"windowsill_8001": c.cookies[cookie]}
			return nil
		}},
		{"waiting", false, func(s *shared, c *client) []string {
			c.cookies[cookie], _ = s.guard.Ask("", access.DeviceInfo{Name: "x"})
			return nil
		}},
		{"sent away", false, func(s *shared, c *client) []string {
			enterByKey(s, c)
			s.guard.Decide(s.guard.Devices()[0].ID, access.SendAway)
			return nil
		}},
		{"PIN", true, func(s *shared, _ *client) []string { return []string{basic(s.guard.PIN().Digits)} }},
		{"wrong PIN", false, func(s *shared, _ *client) []string { return []string{basic(wrongPINOf(s))} }},
		{"key as password", false, func(s *shared, _ *client) []string { return []string{basic(s.guard.Key())} }},
		{"bearer", false, func(s *shared, _ *client) []string { return []string{"Authorization: Bearer " + s.guard.Key()} }},
	}
	requests := []struct {
		method, target string
		needs          access.Permission
		inside         int // the status for whoever may
	}{
		{"GET", "/a.txt", access.Read, 200}, {"HEAD", "/a.txt", access.Read, 200}, {"GET", "/sub/", access.Read, 200}, {"GET", "/?json", access.Read, 200},
		{"GET", "/sub", access.Read, 307}, {"GET", "/missing", access.Read, 404}, {"OPTIONS", "/a.txt", access.Read, 200}, {"PROPFIND", "/a.txt", access.Read, 207}, {"BREW", "/a.txt", access.Read, 405},
		{"POST", "/sub/", access.Add, 400}, {"PUT", "/missing/new.txt", access.Add, 409}, {"PATCH", "/a.txt", access.Add, 405},
		{"PUT", "/missing/new.txt?overwrite", access.Change, 409}, {"POST", "/sub/?overwrite", access.Change, 400},
		{"DELETE", "/missing", access.Change, 404}, {"MKCOL", "/sub/", access.Add, 405}, {"COPY", "/a.txt", access.Add, 400}, {"LOCK", "/a.txt", access.Add, 400}, {"UNLOCK", "/a.txt", access.Add, 400}, {"MOVE", "/a.txt", access.Change, 400},
		{"POST", "/.windowsill/undo", access.Change, 404}, {"POST", "/.windowsill/upload/", access.Add, 412}, {"PATCH", "/.windowsill/upload/x", access.Add, 412},
		{"DELETE", "/.windowsill/upload/x", access.Add, 412}, {"HEAD", "/.windowsill/upload/x", access.Add, 412},
		{"GET", "/.windowsill/text", access.Read, 200}, {"POST", "/.windowsill/text", access.Add, 400}, {"DELETE", "/.windowsill/text", access.Change, 405},
		{"HEAD", "/.windowsill/live", access.Read, 200},
	}
	for mode, policy := range modes {
		for _, cred := range credentials {
			for _, q := range requests {
				t.Run(fmt.Sprintf("%s/%s/%s %s", mode, cred.name, q.method, q.target), func(t *testing.T) {
					s := newShared(t, dir, setup{Policy: policy})
					c := clientOf(t, s, "192.168.1.23")
					headers := cred.give(s, c)
					w := c.send(q.method, q.target, headers...)
					in := cred.in || policy.Open
					want := q.inside
					switch {
					case !in && q.method == "OPTIONS" && len(headers) == 0:
						want = 200 // as drives want it, and says nothing of what is there
					case !in:
						want = 401
					case policy.Allow < q.needs:
						want = 403
					}
					if w.Code != want {
						t.Errorf("status %d, want %d: %.100s", w.Code, want, w.Body)
					}
					if !in && strings.Contains(w.Body.String(), "SECRET") {
						t.Error("content for somebody who is not in")
					}
				})
			}
		}
	}
}

func TestThisComputerNeedsNoPermission(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{})
	for _, addr := range []string{"127.0.0.1", "[::1]"} {
		c := clientOf(t, s, addr)
		c.want(c.send("GET", "/a.txt", "Host: localhost:8000"), 200)
		c.want(c.send("GET", "/a.txt", "Host: evil.example"), 421)
		c.want(c.send("GET", "/a.txt?key="+s.guard.Key()), 303)
	}
	if n := len(s.guard.Devices()); n != 0 {
		t.Errorf("this computer is %d devices", n)
	}
}

func TestBlockedEverywhere(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{})
	c := clientOf(t, s, "192.168.1.23")
	enterByKey(s, c)
	s.guard.Decide(s.guard.Devices()[0].ID, access.Block)
	s.guard.SetPolicy(access.Policy{Open: true})
	c.want(c.send("GET", "/", browser), 403)
	c.want(c.send("GET", "/?key="+s.guard.Key(), browser), 403)
	c.want(clientOf(t, s, "192.168.1.23").send("GET", "/"), 403)
	c.want(clientOf(t, s, "192.168.1.24").send("GET", "/"), 200)
}

func TestNobodyNewEverywhere(t *testing.T) {
	s := newShared(t, t.TempDir(), setup{})
	in, out := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
	enterByKey(s, in)
	s.guard.SetPolicy(access.Policy{NobodyNew: true})
	in.want(in.send("GET", "/", browser), 200)
	for _, target := range []string{"/", "/?key=" + s.guard.Key()} {
		door := out.want(out.send("GET", target, browser), 403).Body.String()
		if !strings.Contains(door, "Nobody else is let in right now") || strings.Contains(door, "<form") {
			t.Errorf("%s: the door is %s", target, door)
		}
	}
	out.want(out.post(url.Values{"ask": {"1"}, "name": {"Grandma"}}), 403)
	out.want(out.post(url.Values{"pin": {s.guard.PIN().Digits}}), 403)
	out.want(out.send("GET", "/"), 401) // a program that is in asks so before it sends its PIN
	refused := out.want(out.send("GET", "/", "Authorization: Basic "+base64.StdEncoding.EncodeToString([]byte("me:"+s.guard.PIN().Digits))), 403)
	if got := refused.Body.String(); got != "403 The owner is not letting anyone else in right now.\n" {
		t.Errorf("a program hears %q", got)
	}
	if n := len(s.guard.Devices()); n != 1 {
		t.Errorf("there are %d devices", n)
	}
}

func TestDevicesWriteOnlyWhatTheyMay(t *testing.T) {
	tusHeader := "Tus-Resumable: 1.0.0"
	for _, c := range []struct {
		method, target string
		header         string
		from           access.Permission
	}{
		{"PUT", "/x", "X: y", access.Add}, {"POST", "/", "X: y", access.Add}, {"PUT", "/x?overwrite", "X: y", access.Change}, {"PUT", "/x", "If-Match: *", access.Change},
		{"POST", "/?overwrite", "X: y", access.Change}, {"PATCH", "/x", "X: y", access.Add}, {"DELETE", "/a", "X: y", access.Change}, {"MKCOL", "/x", "X: y", access.Add},
		{"MOVE", "/a", "Destination: /b", access.Change}, {"COPY", "/a", "Destination: /b", access.Add}, {"COPY", "/a", "Destination: /c", access.Change}, {"PROPPATCH", "/a", "X: y", access.Change}, {"POST", ours + "undo", "X: y", access.Change},
		{"GET", ours + "undo", "X: y", access.Change},
		{"POST", uploadPath, tusHeader, access.Add}, {"HEAD", uploadPath + "x", tusHeader, access.Add}, {"PATCH", uploadPath + "x", tusHeader, access.Add},
		{"DELETE", uploadPath + "x", tusHeader, access.Add},
	} {
		for p := access.Read; p <= access.Change; p++ {
			_, url, _ := writable(t, p, map[string]string{"a": "old", "c": "old"})
			a, text := send(t, c.method, url+c.target, nil, c.header)
			if refused := a.StatusCode == 403; refused != (p < c.from) {
				t.Errorf("%s %s with %v: %s %s", c.method, c.target, p, a.Status, text)
			}
		}
	}
}

func TestARightLostInTheMiddleCutsTheUpload(t *testing.T) {
	s, url, dir := writable(t, access.Add, nil)
	body, in := io.Pipe()
	answered := make(chan string, 1)
	go func() {
		a, text, err := trySend("PUT", url+"/a", body)
		if err == nil {
			text = a.Status + text
		}
		answered <- text
	}()
	in.Write([]byte("half"))
	until(t, "half of it is here", func() bool { u := s.receiver.Uploads(); return len(u) == 1 && u[0].Bytes == 4 })
	s.guard.SetPolicy(access.Policy{Allow: access.Read})
	in.Write([]byte("more"))
	in.Close()
	<-answered
	until(t, "it failed", func() bool { return s.receiver.Uploads()[0].State == receive.Failed })
	wantOnDisk(t, dir, nil)
}
