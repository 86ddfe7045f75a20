package web

import (
	"archive/zip"
	"bytes"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windowsill/server/access"
	"windowsill/server/share"
)

// severalDownloads is downloads of several things, beside which lies canary.txt.
func severalDownloads(t *testing.T) (*downloads, string) {
	t.Helper()
	dir := tree(t, map[string]string{"a.txt": "content of a", "b.txt": "content of b", "in/c.txt": "content of c", "in/sub/d.txt": "content of d", "two/c.txt": "another c", "canary.txt": "CANARY", "two/canary": "CANARY"})
	s := newShared(t, dir, setup{Roots: []string{"a.txt", "b.txt", "in"}})
	d := &downloads{s, clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.23")}
	enterByKey(s, d.browser)
	return d, dir
}

func (d *downloads) share(dir string, names ...string) {
	d.browser.t.Helper()
	var roots []share.Root
	for _, name := range names {
		roots = append(roots, share.Root{Path: filepath.Join(dir, filepath.FromSlash(name))})
	}
	must(d.browser.t, d.folder.SetRoots(roots))
}

// unzipped returns what is in an archive: "name content" in lines.
func unzipped(t *testing.T, w *httptest.ResponseRecorder) (all string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(w.Body.Bytes()), int64(w.Body.Len()))
	must(t, err)
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		r, err := f.Open()
		must(t, err)
		var b bytes.Buffer
		_, err = b.ReadFrom(r)
		must(t, err)
		all += f.Name + " " + b.String() + "\n"
	}
	return all
}

// selectSome selects in a folder, and returns where the archive is.
func (d *downloads) selectSome(in string, names ...string) string {
	form := url.Values{"name": names, "in": {in}}
	w := d.browser.want(d.browser.sendBody("POST", selectPath, form.Encode(), browser, "Content-Type: application/x-www-form-urlencoded"), 303)
	return d.tap(w.Header().Get("Location"))
}

// With a ticket for one of several things, nothing else can be had.
func TestTicketForOneOfSeveralThings(t *testing.T) {
	d, _ := severalDownloads(t)
	file, folder, all, some := d.tap("/a.txt?download"), d.tap("/in/?zip"), d.tap("/?zip"), d.selectSome("", "a.txt", "in")
	replace := func(address string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(address) }
	for _, target := range []string{
		replace(file, "a.txt", "b.txt"), replace(file, "a.txt", "canary.txt"), replace(file, "a.txt", "in/c.txt"), replace(file, "a.txt", "in"), replace(file, "a.txt", "in/"),
		replace(file, "a.txt", "a.txt/../b.txt"), replace(file, "a.txt", "in/../b.txt"), replace(file, "a.txt", "in%2f..%2fb.txt"), replace(file, "a.txt", "a.txt%2f..%2fcanary.txt"),
		replace(file, "a.txt", "A.TXT"), replace(file, "a.txt", "a.txt/"), replace(file, "a.txt", "a.txt%00"), replace(file, "a.txt", "./b.txt"), replace(file, "/file/", "/zip/"), replace(file, "/file/a.txt", "/zip/in/in.zip"),
		file + "?zip", file + "?open", file + "?thumb=160", file + "?q=c", file + "?json", file + "?name=b.txt",
		replace(folder, "/in/", "/"), replace(folder, "/in/", "/two/"), replace(folder, "/in/", "/in/sub/"), replace(folder, "/in/", "/in/../"), replace(folder, "/zip/", "/tar/"), folder + "?name=c.txt", replace(folder, "/zip/in/in.zip", "/file/in/c.txt"),
		replace(all, "/zip/", "/zip/in/"), replace(all, "/zip/", "/tar/"), all + "?name=a.txt", all + "?name=../canary.txt", replace(all, "/zip/", "/file/b.txt"),
		replace(some, "/select/", "/select/x"), replace(some, ".zip", ".tar"), replace(some, "/select/", "/file/"),
	} {
		w := d.fetch(target)
		if w.Code != 401 && w.Code != 303 && w.Code != 307 || strings.Contains(w.Body.String(), "CANARY") || strings.Contains(w.Body.String(), "content of") {
			t.Errorf("%s: status %d", target, w.Code)
		}
	}
	for _, address := range []string{file, folder, all, some} {
		for _, method := range []string{"PUT", "POST", "DELETE", "MKCOL", "MOVE", "COPY", "PATCH", "LOCK", "UNLOCK", "PROPFIND", "PROPPATCH"} {
			if w := d.manager.sendBody(method, address, "x", "Destination: /in/x", "Tus-Resumable: 1.0.0"); w.Code != 401 && w.Code != 405 {
				t.Errorf("%s %s: status %d", method, address, w.Code)
			}
		}
		d.manager.want(d.manager.send("HEAD", address), 200)
		d.manager.want(d.fetch(address), 200)
		if other := clientOf(t, d.shared, "192.168.1.66"); other.send("GET", address).Code != 200 {
			t.Error("A phone that has changed its address cannot go on.")
		}
	}
	if w := d.manager.want(d.fetch(file, "Range: bytes=8-"), 206); w.Body.String() != "of a" {
		t.Errorf("%q", w.Body)
	}
	for _, bytes := range []string{"0-0,4-", "100-", "-0"} {
		if w := d.fetch(file, "Range: bytes="+bytes); strings.Contains(w.Body.String(), "CANARY") {
			t.Errorf("%s: %q", bytes, w.Body)
		}
	}
	if got := unzipped(t, d.fetch(some)); got != "a.txt content of a\nin/c.txt content of c\nin/sub/d.txt content of d\n" {
		t.Errorf("selected: %q", got)
	}
}

// What becomes of tickets when the owner changes what is shared.
func TestTicketWhenTheThingsChange(t *testing.T) {
	for _, c := range []struct {
		name, target string
		then         func(t *testing.T, d *downloads, dir string)
		status       int
		want         string // in the file, or the archive
	}{
		{"taken out", "/a.txt?download", func(_ *testing.T, d *downloads, dir string) { d.share(dir, "b.txt", "in") }, 404, ""},
		{"another one taken out", "/a.txt?download", func(_ *testing.T, d *downloads, dir string) { d.share(dir, "a.txt", "in") }, 200, "content of a"},
		{"added to", "/a.txt?download", func(_ *testing.T, d *downloads, dir string) { d.share(dir, "b.txt", "two", "a.txt") }, 200, "content of a"},
		{"folder taken out", "/in/?zip", func(_ *testing.T, d *downloads, dir string) { d.share(dir, "a.txt") }, 404, ""},
		{"file in a folder that was taken out", "/in/c.txt?download", func(_ *testing.T, d *downloads, dir string) { d.share(dir, "a.txt", "two") }, 404, ""},
		{"deleted", "/a.txt?download", func(t *testing.T, _ *downloads, dir string) { must(t, os.Remove(filepath.Join(dir, "a.txt"))) }, 410, ""},
		{"saved anew", "/a.txt?download", func(t *testing.T, _ *downloads, dir string) {
			must(t, os.WriteFile(filepath.Join(dir, "new"), []byte("new content"), 0o600))
			must(t, os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, "a.txt")))
		}, 200, "new content"},
		{"a link in its place", "/a.txt?download", func(t *testing.T, _ *downloads, dir string) {
			must(t, os.Remove(filepath.Join(dir, "a.txt")))
			must(t, os.Symlink("canary.txt", filepath.Join(dir, "a.txt")))
		}, 410, ""},
		{"a folder in its place", "/a.txt?download", func(t *testing.T, _ *downloads, dir string) {
			must(t, os.Remove(filepath.Join(dir, "a.txt")))
			must(t, os.Rename(filepath.Join(dir, "two"), filepath.Join(dir, "a.txt")))
		}, 410, ""},
		{"a link in the folder", "/in/c.txt?download", func(t *testing.T, _ *downloads, dir string) {
			must(t, os.Remove(filepath.Join(dir, "in/c.txt")))
			must(t, os.Symlink("../canary.txt", filepath.Join(dir, "in/c.txt")))
		}, 404, ""},
		{"all, with one taken out", "/?zip", func(_ *testing.T, d *downloads, dir string) { d.share(dir, "a.txt") }, 200, "a.txt content of a\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, dir := severalDownloads(t)
			to := d.tap(c.target)
			d.manager.want(d.fetch(to), 200)
			c.then(t, d, dir)
			w := d.fetch(to)
			got := w.Body.String()
			if w.Code == 200 && strings.HasSuffix(c.target, "zip") {
				got = unzipped(t, w)
			}
			if w.Code != c.status || w.Code == 200 && got != c.want || strings.Contains(got, "CANARY") {
				t.Errorf("status %d, %q", w.Code, got)
			}
		})
	}
}

// A download manager goes on where the folder is now that others were added to it.
func TestTicketGoesOnWhenAnItemIsAdded(t *testing.T) {
	d := newDownloads(t, access.Policy{})
	dir := d.folder.Path()
	beside := tree(t, map[string]string{"beside.txt": "BESIDE"})
	file, folder, some := d.tap("/Fotos/2.jpg?download"), d.tap("/Fotos/?zip"), d.selectSome("", "Fotos")
	wanted := map[string]string{folder: unzipped(t, d.fetch(folder)), some: unzipped(t, d.fetch(some))}
	must(t, d.folder.SetRoots([]share.Root{{Path: dir}, {Path: filepath.Join(beside, "beside.txt")}}))
	if w := d.manager.want(d.fetch(file, "Range: bytes=8-"), 206); w.Body.String() != "picture" {
		t.Errorf("%q", w.Body)
	}
	for address, want := range wanted {
		if got := unzipped(t, d.manager.want(d.fetch(address), 200)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, target := range []string{strings.Replace(file, "2.jpg", "1.jpg", 1), strings.Replace(file, "Fotos/2.jpg", "beside.txt", 1)} {
		if w := d.fetch(target); w.Code != 401 && w.Code != 307 {
			t.Errorf("%s: status %d", target, w.Code)
		}
	}
	must(t, d.folder.SetRoots([]share.Root{{Path: filepath.Join(beside, "beside.txt")}}))
	for _, address := range []string{file, folder, some} {
		d.manager.want(d.fetch(address), 404)
	}
}
