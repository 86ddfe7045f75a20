package web

import (
	"bufio"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"windowsill/server/access"
	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/worker"
)

// waitsAt is what is in a text that takes long to be laid out: until
// whoever listens at the address after it hangs up.
const waitsAt = "wait at "

// slowJobs are those of pages, and do not end for such a text.
func slowJobs() map[string]worker.Job {
	jobs := page.Jobs()
	for name, job := range jobs {
		jobs[name] = func(in []byte, out io.Writer) error {
			_, address, slow := strings.Cut(string(in), waitsAt)
			if !slow {
				return job(in, out)
			}
			c, err := net.Dial("tcp", strings.TrimSpace(address))
			if err != nil {
				return err
			}
			_, _ = c.Read(make([]byte, 1))
			return job(in, out)
		}
	}
	maps.Copy(jobs, media.Jobs())
	return jobs
}

// slowly returns a text that takes long to be laid out, and where that is heard of.
func slowly(t *testing.T) (text string, l net.Listener) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	return waitsAt + l.Addr().String(), l
}

// begun returns when the next text is being laid out. The connection lasts as
// long as that does.
func begun(t *testing.T, l net.Listener) net.Conn {
	t.Helper()
	c, err := l.Accept()
	must(t, err)
	t.Cleanup(func() { c.Close() })
	return c
}

func TestLayingOutEndsWhenTheDeviceLeaves(t *testing.T) {
	for _, name := range []string{"a.md", "a.csv"} {
		text, l := slowly(t)
		_, base := start(t, tree(t, map[string]string{name: text}), setup{})
		device := dial(t, base, "GET /"+name+"?open HTTP/1.1\r\nHost: localhost\r\n\r\n")
		work := begun(t, l)
		device.Close()
		must(t, work.SetReadDeadline(time.Now().Add(10*time.Second)))
		if _, err := work.Read(make([]byte, 1)); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: the work goes on though nobody waits for it", name)
		}
	}
}

func TestFileThatTakesTooLongIsShownAsItIs(t *testing.T) {
	text, _ := slowly(t)
	_, base := start(t, tree(t, map[string]string{"a.md": text}), setup{Workers: worker.Options{Time: time.Second}})
	a, body := get(t, "GET", base+"/a.md?open")
	if a.StatusCode != http.StatusOK || !strings.Contains(body, "<span>"+text) || !strings.Contains(body, "too complex") {
		t.Errorf("%s, not the text as it is", a.Status)
	}
	if a.Header.Get("ETag") == "" {
		t.Error("no tag, so the work is done again for each who looks")
	}
}

// One device that asks for much at once has others wait no longer.
func TestOthersAreServedWhileOneDeviceAsksForMuch(t *testing.T) {
	text, l := slowly(t)
	_, base := start(t, tree(t, map[string]string{"slow.md": text, "a.md": "# Quick"}), setup{Workers: worker.Options{Most: 2, Share: 1, Patience: time.Minute}})
	const greedy = 20
	for range greedy {
		dial(t, base, "GET /slow.md?open HTTP/1.1\r\nHost: localhost\r\n\r\n")
	}
	work := begun(t, l)
	other := dialFrom(t, base, "127.0.0.2", "GET /a.md?open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	a, err := http.ReadResponse(bufio.NewReader(other), nil)
	must(t, err)
	body, err := io.ReadAll(a.Body)
	if err != nil || !strings.Contains(string(body), `<h2 id="text-quick">Quick</h2>`) {
		t.Errorf("%s, %v, not laid out", a.Status, err)
	}
	must(t, work.SetReadDeadline(time.Now().Add(time.Millisecond)))
	if _, err := work.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the first was to be at work meanwhile: %v", err)
	}
}

// dialFrom opens a connection from another address of this computer.
func dialFrom(t *testing.T, url, from, text string) net.Conn {
	t.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	c, err := d.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Skip("this computer has one loopback address: ", err)
	}
	t.Cleanup(func() { c.Close() })
	must(t, c.SetDeadline(time.Now().Add(10*time.Second)))
	_, err = io.WriteString(c, text)
	must(t, err)
	return c
}

func TestPageThatCouldNotBeLaidOutIsNotKept(t *testing.T) {
	_, base := start(t, tree(t, map[string]string{"a.md": "# A", "a.txt": "A"}), setup{Workers: worker.Options{Program: "/not/there"}})
	a, body := get(t, "GET", base+"/a.md?open")
	if a.StatusCode != http.StatusOK || !strings.Contains(body, "<span># A") || !strings.Contains(body, "could not be formatted just now") || a.Header.Get("ETag") != "" {
		t.Errorf("%s, tag %q: not the text as it is, without a tag", a.Status, a.Header.Get("ETag"))
	}
	if a, _ := get(t, "GET", base+"/a.txt?open"); a.Header.Get("ETag") == "" {
		t.Error("a text that is shown as it was meant has no tag")
	}
}

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
	later := time.Now().Add(time.Minute)
	must(t, os.Chtimes(filepath.Join(dir, "a.jpg"), later, later))
	_, base := start(t, dir, setup{})
	a, body := get(t, "GET", base+"/b.jpg?open", "Cookie: windowsill_8000_view=sort=name&order=desc")
	if !strings.Contains(body, `rel="prev" href="c.jpg?open"`) || !strings.Contains(strings.Join(a.Header.Values("Vary"), ","), "Cookie") {
		t.Errorf("%s, Vary %q: b is not after c", a.Status, a.Header.Values("Vary"))
	}
	if other, _ := get(t, "GET", base+"/b.jpg?open", "Cookie: windowsill_8000_view=sort=name"); other.Header.Get("ETag") == a.Header.Get("ETag") {
		t.Error("the same tag in another order")
	}
}

func TestTextIsShownInTheEncodingThatWasChosen(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "\xcf\xf0\xe8\xe2\xe5\xf2", "b.txt": "\xe5\xe4"}), setup{Policy: access.Policy{Open: true}})
	c := clientOf(t, s, "192.168.1.23")
	tags := map[string]string{}
	for _, q := range []struct{ target, languages, want string }{
		{"/a.txt?open", "ru", "Привет"}, {"/b.txt?open", "ru", "ед"}, {"/b.txt?open", "he", "וה"}, {"/a.txt?open=&encoding=koi8-r", "ru", "оПХБЕР"},
	} {
		w := c.want(c.send("GET", q.target, browser, "Accept-Language: "+q.languages), 200)
		if !strings.Contains(w.Body.String(), q.want) {
			t.Errorf("%s for %s: no %s", q.target, q.languages, q.want)
		}
		tag := w.Header().Get("ETag")
		if other, ok := tags[tag]; ok || tag == "" {
			t.Errorf("%s has the tag of %s", q.target, other)
		}
		tags[tag] = q.target
	}
}
