package server

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// drive is a drive that is attached in a share.
type drive struct {
	t  *testing.T
	at string
}

// attach attaches it, with something of each kind on it.
func (d drive) attach() {
	d.t.Helper()
	must(d.t, syscall.Mount("tmpfs", d.at, "tmpfs", 0, ""))
	var picture bytes.Buffer
	must(d.t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 300, 300))))
	must(d.t, os.Mkdir(filepath.Join(d.at, "in"), 0o755))
	for name, content := range map[string][]byte{
		"in/a.txt": []byte("text"), "readme.md": []byte("# Title"), "picture.png": picture.Bytes(), "film.bin": make([]byte, 30<<20),
	} {
		must(d.t, os.WriteFile(filepath.Join(d.at, name), content, 0o644))
	}
}

// detach wants to be rid of it at once, as somebody who ejects it. The end of an
// answer may be here a moment before the server has closed what it read.
func (d drive) detach(after string) {
	d.t.Helper()
	until(d.t, "unmounting after "+after, func() bool { return syscall.Unmount(d.at, 0) == nil })
}

func TestADriveInTheShareCanBeUnmountedAfterEachRequest(t *testing.T) {
	if !inNetwork(t) {
		return
	}
	dir := tree(t, map[string]string{"drive/": "", "x.txt": "x"})
	s, url := start(t, Options{Policy: Policy{Open: true, Allow: Change}, Room: Limits{Reserve: -1}}, Share{Folder: dir})
	d := drive{t, filepath.Join(dir, "drive")}
	send := func(method, target, body string, headers ...string) func() {
		return func() {
			q, err := http.NewRequest(method, url+target, strings.NewReader(body))
			must(t, err)
			for _, h := range headers {
				name, value, _ := strings.Cut(h, ": ")
				q.Header.Set(name, value)
			}
			a, err := http.DefaultClient.Do(q) // the connection stays open
			must(t, err)
			defer a.Body.Close()
			_, err = io.Copy(io.Discard, a.Body)
			must(t, err)
		}
	}
	leave := func(target string) func() {
		return func() {
			c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
			must(t, err)
			defer c.Close()
			_, err = io.WriteString(c, "GET "+target+" HTTP/1.1\r\nHost: localhost\r\n\r\n")
			must(t, err)
			_, err = io.ReadFull(c, make([]byte, 100))
			must(t, err)
		}
	}
	html := "Accept: text/html"
	for what, do := range map[string]func(){
		"a file":               send("GET", "/drive/film.bin", ""),
		"a page":               send("GET", "/drive/", "", html),
		"data":                 send("GET", "/drive/in/?json", ""),
		"a file that is shown": send("GET", "/drive/readme.md?open", "", html),
		"a thumbnail":          send("GET", "/drive/picture.png?thumb=160", ""),
		"a search":             send("GET", "/?q=a", "", html),
		"counting":             send("GET", "/?count", ""),
		"a ZIP":                send("GET", "/drive/?zip", ""),
		"asking about a ZIP":   send("HEAD", "/?zip", ""),
		"a download cut short": leave("/drive/film.bin"),
		"a ZIP cut short":      leave("/drive/?zip"),
		"a page that was left": leave("/.windowsill/live?in=/drive/"),
		"an upload":            send("PUT", "/drive/new.txt", "new"),
		"an upload half done":  send("POST", "/.windowsill/upload/", "1", "Tus-Resumable: 1.0.0", "Upload-Length: 5", "Upload-Metadata: filename YQ==,dir ZHJpdmU=", "Content-Type: application/offset+octet-stream"),
		"what cannot be moved": send("DELETE", "/drive/in/a.txt", ""),
		"deleting the drive":   send("DELETE", "/drive", ""),
	} {
		d.attach()
		do()
		d.detach(what)
	}
	if a, text := get(t, "DELETE", url+"/x.txt"); a.StatusCode != 200 {
		t.Errorf("%s %s", a.Status, text)
	}
	d.attach()
	for _, c := range [][2]string{{"DELETE", "/drive"}, {"MOVE", "/other"}} {
		a, text := get(t, c[0], url+"/drive", "Destination: "+c[1])
		if a.StatusCode != 409 || !strings.Contains(text, "Another drive is attached at this folder") {
			t.Errorf("%s: %s %s", c[0], a.Status, text)
		}
	}
	d.detach("these")

	must(t, s.Stop(done()))
	d.attach()
	must(t, s.Start(Share{Folder: d.at}))
	must(t, s.Stop(done()))
	d.detach("the share of a whole drive")
}
