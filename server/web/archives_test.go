package web

import (
	"archive/tar"
	"archive/zip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"windowsill/server/access"
	"windowsill/server/archive"
	"windowsill/server/share"
	"windowsill/server/turns"
)

// namesIn returns the names in a ZIP, whose contents it checks.
func namesIn(t testing.TB, b string) []string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(b), int64(len(b)))
	must(t, err)
	var names []string
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		_, err = io.Copy(io.Discard, r)
		must(t, err)
		names = append(names, f.Name)
	}
	return names
}

// photos is a share of that name.
func photos(t testing.TB, files map[string]string) string {
	t.Helper()
	inside := map[string]string{"Photos/": ""}
	for name, content := range files {
		inside["Photos/"+name] = content
	}
	return filepath.Join(tree(t, inside), "Photos")
}

func TestArchiveRequests(t *testing.T) {
	dir := photos(t, map[string]string{
		"a.txt": "hello", "Größe/b.txt": "x", "Größe/c d/": "", ".hidden": "SECRET", "site/index.html": "the site", "site/x": "x",
	})
	_, base := start(t, dir, setup{})
	all, content := get(t, "GET", base+"/?zip")
	tag := all.Header.Get("Etag")
	length := strconv.Itoa(len(content))
	if want := []string{"Photos/", "Photos/a.txt", "Photos/Größe/", "Photos/Größe/b.txt", "Photos/Größe/c d/", "Photos/site/", "Photos/site/index.html", "Photos/site/x"}; !slices.Equal(namesIn(t, content), want) {
		t.Errorf("%q, want %q", namesIn(t, content), want)
	}
	for _, c := range []struct {
		name, method, target string
		headers              []string
		checks               []check
	}{
		{"headers", "GET", "/?zip", nil, checks(status(200), header("Content-Type", "application/zip"), header("Content-Length", length),
			header("Content-Disposition", "attachment; filename=Photos.zip"), header("Accept-Ranges", "bytes"), header("Etag", tag), header("Cache-Control", "private, no-cache"))},
		{"HEAD", "HEAD", "/?zip", nil, checks(status(200), header("Content-Length", length), body(""))},
		{"range", "GET", "/?zip", []string{"Range: bytes=10-19"}, checks(status(206), body(content[10:20]), header("Content-Range", "bytes 10-19/"+length))},
		{"end", "GET", "/?zip", []string{"Range: bytes=-22"}, checks(status(206), body(content[len(content)-22:]))},
		{"several ranges", "GET", "/?zip", []string{"Range: bytes=0-3,-22"}, checks(status(206), holds("\r\n\r\n"+content[:4]+"\r\n"), holds(content[len(content)-22:]))},
		{"beyond the end", "GET", "/?zip", []string{"Range: bytes=" + length + "-"}, checks(status(416), header("Content-Range", "bytes */"+length))},
		{"goes on", "GET", "/?zip", []string{"Range: bytes=10-", "If-Range: " + tag}, checks(status(206), body(content[10:]))},
		{"goes on with something else", "GET", "/?zip", []string{"Range: bytes=10-", `If-Range: "other"`}, checks(status(200), body(content))},
		{"is there already", "GET", "/?zip", []string{"If-None-Match: " + tag}, checks(status(304), body(""))},
		{"name in UTF-8", "HEAD", "/Gr%C3%B6%C3%9Fe/?zip", nil, checks(status(200), header("Content-Disposition", `attachment; filename="Gr__e.zip"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.zip`))},
		{"without a slash", "GET", "/Gr%C3%B6%C3%9Fe?zip", nil, checks(status(307), header("Location", "./Gr%C3%B6%C3%9Fe/?zip"))},
		{"tar", "HEAD", "/?tar", nil, checks(status(200), header("Content-Type", "application/x-tar"), header("Content-Disposition", "attachment; filename=Photos.tar"))},
		{"web site", "HEAD", "/site/?zip", nil, checks(status(200), header("Content-Type", "application/zip"))},
		{"the web site's own query", "GET", "/site/?zip=8001", nil, checks(status(200), body("the site"))},
		{"some of it", "HEAD", "/?zip&name=a.txt&name=gone", nil, checks(status(200), header("Content-Disposition", "attachment; filename=Photos.zip"))},
		{"one file", "HEAD", "/?zip&name=a.txt", nil, checks(status(200), header("Content-Disposition", "attachment; filename=a.txt.zip"))},
		{"nothing of it", "GET", "/?zip&name=gone&name=.hidden&name=..", nil, checks(status(404), lacks("SECRET"))},
		{"hidden folder", "GET", "/.hidden/?zip", nil, checks(status(404))},
		{"file", "GET", "/a.txt?zip", nil, checks(status(200), body("hello"))},
		{"count", "GET", "/?count", nil, checks(status(200), header("Content-Type", "application/json"), body(`{"files":4,"folders":3,"bytes":15,"complete":true}`+"\n"))},
		{"HEAD of count", "HEAD", "/?count", nil, checks(status(200), body(""))},
		{"the web site's own count", "GET", "/site/?count=1", nil, checks(status(200), body("the site"))},
		{"forgotten selection", "GET", "/.windowsill/select/x/Photos.zip", nil, checks(status(404), holds("select it again"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, content := get(t, c.method, base+c.target, c.headers...)
			for _, check := range c.checks {
				check(t, a, content)
			}
		})
	}
}

// A visitor on Windows gets names that can be unpacked there.
func TestArchiveForWindows(t *testing.T) {
	const windows = "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
	const android = "User-Agent: Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"
	_, base := start(t, photos(t, map[string]string{"a?b": "1", "sub/README": "2", "sub/readme": "3", "plain/a": "4"}), setup{})
	there, other := []string{"Photos/", "Photos/a_b", "Photos/plain/", "Photos/plain/a", "Photos/sub/", "Photos/sub/README", "Photos/sub/readme (2)", "RENAMED.txt"},
		[]string{"Photos/", "Photos/a?b", "Photos/plain/", "Photos/plain/a", "Photos/sub/", "Photos/sub/README", "Photos/sub/readme"}
	tags := map[string]string{}
	for _, c := range []struct {
		agent string
		names []string
	}{{windows, there}, {android, other}} {
		a, content := get(t, "GET", base+"/?zip", c.agent)
		if got := namesIn(t, content); !slices.Equal(got, c.names) {
			t.Errorf("%s gets %q, want %q", c.agent, got, c.names)
		}
		if a.ContentLength != int64(len(content)) || !slices.Contains(a.Header.Values("Vary"), "User-Agent") {
			t.Errorf("%s: length %d of %d, Vary %q", c.agent, a.ContentLength, len(content), a.Header.Values("Vary"))
		}
		tags[c.agent] = a.Header.Get("Etag")
		again, part := get(t, "GET", base+"/?zip", c.agent, "Range: bytes=100-", "If-Range: "+tags[c.agent])
		if again.StatusCode != 206 || part != content[100:] {
			t.Errorf("%s goes on with %s and %d bytes", c.agent, again.Status, len(part))
		}
		_, tar := get(t, "GET", base+"/?tar", c.agent)
		if !strings.Contains(tar, "Photos/a?b") || strings.Contains(tar, "a_b") {
			t.Errorf("%s: tar has other names", c.agent)
		}
	}
	if a, _ := get(t, "GET", base+"/?zip", windows, "If-None-Match: "+tags[android]); a.StatusCode != 200 {
		t.Errorf("Windows takes the archive for others: %s", a.Status)
	}
	if a, _ := get(t, "GET", base+"/?zip", windows, "If-None-Match: "+tags[windows]); a.StatusCode != 304 || a.Header.Get("Vary") == "" {
		t.Errorf("Windows has it already: %s, Vary %q", a.Status, a.Header.Get("Vary"))
	}
	if a, _ := get(t, "GET", base+"/?zip", windows, "Range: bytes=100-", "If-Range: "+tags[android]); a.StatusCode != 200 {
		t.Errorf("Windows goes on with the archive for others: %s", a.Status)
	}
}

func TestTarOverTheNetwork(t *testing.T) {
	_, base := start(t, photos(t, map[string]string{"a": "hello", "b/c": "x"}), setup{})
	_, content := get(t, "GET", base+"/?tar")
	r, names := tar.NewReader(strings.NewReader(content)), []string{}
	for {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		must(t, err)
		names = append(names, h.Name)
	}
	if want := []string{"Photos/", "Photos/a", "Photos/b/", "Photos/b/c"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
}

func TestAFileThatChangesCutsTheDownloadAndIsNoted(t *testing.T) {
	dir := photos(t, map[string]string{"sub/small": "x"})
	film := filepath.Join(dir, "sub/film")
	must(t, os.WriteFile(film, nil, 0o644))
	must(t, os.Truncate(film, 64<<20))
	s, base := start(t, dir, setup{})
	a, err := http.Get(base + "/?zip")
	must(t, err)
	defer a.Body.Close()
	_, err = io.CopyN(io.Discard, a.Body, 1<<20)
	must(t, err)
	must(t, os.Truncate(film, 1<<20))
	if _, err := io.Copy(io.Discard, a.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("the download ends with %v", err)
	}
	until(t, "the log names the file", func() bool {
		l := s.recorder.Snapshot().Log
		noted, cut := false, false
		for i := range l.Len() {
			noted = noted || strings.HasSuffix(l.At(i).Note, "changed meanwhile: sub/film")
			cut = cut || l.At(i).Cut
		}
		return noted && cut
	})
	next, content := get(t, "GET", base+"/?zip")
	if next.Header.Get("Etag") == a.Header.Get("Etag") || len(namesIn(t, content)) != 4 {
		t.Error("the next download is no new one")
	}
}

func TestSelectionIsAnArchiveWithAnAddress(t *testing.T) {
	dir := photos(t, map[string]string{"in/a b.txt": "hello", "in/c/d": "x", "in/e": "y"})
	_, base := start(t, dir, setup{})
	post := func(form url.Values, headers ...string) *http.Response {
		t.Helper()
		q, err := http.NewRequest("POST", base+"/.windowsill/select", strings.NewReader(form.Encode()))
		must(t, err)
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			q.Header.Set(name, value)
		}
		a, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(q)
		must(t, err)
		a.Body.Close()
		return a
	}
	for _, c := range []struct {
		name    string
		form    url.Values
		headers []string
		status  int
		names   []string
	}{
		{"some", url.Values{"in": {"in"}, "name": {"c", "a b.txt", "c"}, "as": {"zip"}}, nil, 303, []string{"in/", "in/a b.txt", "in/c/", "in/c/d"}},
		{"of the share", url.Values{"in": {""}, "name": {"in"}}, nil, 303, []string{"Photos/", "Photos/in/", "Photos/in/a b.txt", "Photos/in/e", "Photos/in/c/", "Photos/in/c/d"}},
		{"all", url.Values{"in": {"in"}, "all": {"1"}}, nil, 303, []string{"in/", "in/a b.txt", "in/e", "in/c/", "in/c/d"}},
		{"further down", url.Values{"in": {""}, "name": {"in/c/d", "in/e"}}, nil, 303, []string{"Photos/", "Photos/in/", "Photos/in/e", "Photos/in/c/", "Photos/in/c/d"}},
		{"out of the folder", url.Values{"in": {"in"}, "name": {"../in/e", "e", "c/../../in/e"}}, nil, 303, []string{"in/", "in/e", "in/c/", "NOT INCLUDED.txt"}},
		{"all but one", url.Values{"in": {"in"}, "all": {"1"}, "name": {"e"}, "except": {"e", "gone"}}, nil, 303, []string{"in/", "in/a b.txt", "in/c/", "in/c/d"}},
		{"all but everything", url.Values{"in": {"in"}, "all": {"1"}, "except": {"e", "c", "a b.txt"}}, nil, 400, nil},
		{"all of what is not there", url.Values{"in": {"out"}, "all": {"1"}, "except": {"e"}}, nil, 404, nil},
		{"nothing", url.Values{"in": {"in"}, "as": {"zip"}}, nil, 400, nil},
		{"odd kind", url.Values{"name": {"in"}, "as": {"exe"}}, nil, 400, nil},
		{"too much", url.Values{"name": {strings.Repeat("x", maxSelectForm)}}, nil, 413, nil},
		{"of another page", url.Values{"name": {"in"}}, []string{"Sec-Fetch-Site: cross-site"}, 403, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := post(c.form, c.headers...)
			if a.StatusCode != c.status {
				t.Fatal(a.Status)
			}
			if c.status != 303 {
				return
			}
			link := base + a.Header.Get("Location")
			if !strings.HasSuffix(link, ".zip") {
				t.Error(link)
			}
			all, content := get(t, "GET", link)
			if got := namesIn(t, content); !slices.Equal(got, c.names) {
				t.Errorf("%q, want %q", got, c.names)
			}
			part, rest := get(t, "GET", link, "Range: bytes=20-", "If-Range: "+all.Header.Get("Etag"))
			if part.StatusCode != 206 || rest != content[20:] {
				t.Errorf("it cannot be resumed: %s", part.Status)
			}
		})
	}
}

// To select needs no more than the right to read, although it is a POST.
func TestSelectingNeedsTheRightToReadAlone(t *testing.T) {
	s := newShared(t, photos(t, map[string]string{"a": "1"}), setup{Policy: access.Policy{Open: true, Allow: access.Read}})
	form := url.Values{"in": {""}, "name": {"a"}}.Encode()
	c := clientOf(t, s, "192.0.2.1:1")
	c.want(c.sendBody("POST", "/.windowsill/select", form, "Content-Type: application/x-www-form-urlencoded"), 303)
	c.want(c.sendBody("POST", "/", form), 403)

	closed := newShared(t, photos(t, map[string]string{"a": "1"}), setup{})
	device, stranger := clientOf(t, closed, "192.0.2.2"), clientOf(t, closed, "192.0.2.1:1")
	enterByKey(closed, device)
	at := device.want(device.sendBody("POST", "/.windowsill/select", form, "Content-Type: application/x-www-form-urlencoded"), 303).Header().Get("Location")
	device.want(device.send("HEAD", at), 200)
	stranger.want(stranger.sendBody("POST", "/.windowsill/select", form, "Content-Type: application/x-www-form-urlencoded"), 401)
	stranger.want(stranger.send("GET", at), 401)
}

func TestSelectionsAreBounded(t *testing.T) {
	in, err := share.Open(t.TempDir(), share.Options{})
	must(t, err)
	defer in.Close()
	synctest.Test(t, func(t *testing.T) {
		s := newSelections()
		kept := func(id string) bool { _, ok := s.get(id); return ok }
		first, second := s.add(archive.Selection{}, in), s.add(archive.Selection{}, in)
		large := archive.Selection{Names: []string{strings.Repeat("x", maxSelections/3)}}
		for range 10 {
			if !kept(first) {
				t.Fatal("what is used is dropped")
			}
			s.add(large, in)
		}
		if kept(second) || s.size > maxSelections || len(s.byID) != s.used.Len() {
			t.Errorf("%d bytes, %d selections", s.size, len(s.byID))
		}
		time.Sleep(maxSelectionAge)
		if !kept(first) {
			t.Error("it is dropped too soon")
		}
		time.Sleep(maxSelectionAge + time.Second)
		if kept(first) {
			t.Error("it is kept for ever")
		}
		s.add(archive.Selection{}, in)
		if len(s.byID) != 1 {
			t.Errorf("%d old ones are kept", len(s.byID)-1)
		}
	})
}

func TestCountEndsInTime(t *testing.T) {
	folder, err := share.Open(photos(t, map[string]string{"a": "1"}), share.Options{})
	must(t, err)
	defer folder.Close()
	synctest.Test(t, func(t *testing.T) {
		s := &searches{folder: folder, devices: ungrouped, turns: turns.New(1, 1), closing: t.Context()}
		must(t, s.turns.Take(t.Context(), "another"))
		begun := time.Now()
		q := httptest.NewRequest("GET", "/?count", nil)
		if err := s.count(httptest.NewRecorder(), q, ""); err != errSearches || time.Since(begun) != maxCountTime {
			t.Errorf("no slot is free: %v after %v", err, time.Since(begun))
		}
		s.turns.Give("another")
		w := httptest.NewRecorder()
		must(t, s.count(w, q, ""))
		if want := `{"files":1,"folders":0,"bytes":1,"complete":true}`; strings.TrimSpace(w.Body.String()) != want {
			t.Errorf("%s, want %s", w.Body, want)
		}
	})
}

func TestArchiveTitle(t *testing.T) {
	for folder, want := range map[string]string{"a/b": "b", "": "Photos", "..": "Files", `\`: "Files"} {
		if got := (&archives{share: func() string { return "Photos" }}).titleOf(folder); got != want {
			t.Errorf("%q is called %q, want %q", folder, got, want)
		}
	}
}
