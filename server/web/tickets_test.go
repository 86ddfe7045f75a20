package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"windowsill/server/access"
)

// downloads is a share, a phone that is in, and the download manager of that
// phone, which has no cookie.
type downloads struct {
	*shared
	browser, manager *client
}

func newDownloads(t *testing.T, p access.Policy) *downloads {
	return downloadsFrom(t, tree(t, map[string]string{"a b.txt": "0123456789", "other.txt": "SECRET", "Fotos/ü?#%41.jpg": "picture", "Fotos/2.jpg": "another picture"}), p)
}

func downloadsFrom(t *testing.T, dir string, p access.Policy) *downloads {
	s := newShared(t, dir, setup{Policy: p})
	d := &downloads{s, clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.23")}
	enterByKey(s, d.browser)
	return d
}

// tap follows a link in the browser, and returns where the browser was led.
func (d *downloads) tap(target string) string {
	d.browser.t.Helper()
	to := d.browser.want(d.browser.send("GET", target, browser), 307).Header().Get("Location")
	if !strings.HasPrefix(to, ticketPath) {
		d.browser.t.Fatalf("%s leads to %s", target, to)
	}
	return to
}

func (d *downloads) fetch(target string, headers ...string) *httptest.ResponseRecorder {
	return d.manager.send("GET", target, append(headers, "User-Agent: AndroidDownloadManager/14")...)
}

func TestDownloadManagerFetchesWithoutACookie(t *testing.T) {
	d := newDownloads(t, access.Policy{})
	form := url.Values{"name": {"2.jpg", "ü?#%41.jpg"}, "in": {"Fotos"}}
	selected := d.browser.want(d.browser.sendBody("POST", selectPath, form.Encode(), browser, "Content-Type: application/x-www-form-urlencoded"), 303).Header().Get("Location")
	for target, name := range map[string]string{
		"/a%20b.txt?download":                   "a b.txt",
		"/Fotos/%C3%BC%3F%23%2541.jpg?download": "ü?#%41.jpg",
		"/Fotos/2.jpg?x=1&download=yes":         "2.jpg",
		"/Fotos/?zip":                           "Fotos.zip",
		"/Fotos/?tar":                           "Fotos.tar",
		"/Fotos/?name=2.jpg&zip":                "2.jpg.zip",
		selected:                                "Fotos.zip",
	} {
		to := d.tap(target)
		w := d.manager.want(d.fetch(to), 200)
		disposition := w.Header().Get("Content-Disposition")
		if !strings.HasPrefix(disposition, "attachment") || !strings.Contains(disposition, name) && !strings.Contains(disposition, extValue(name)) {
			t.Errorf("%s is saved by %q", target, disposition)
		}
		path, _, _ := strings.Cut(to, "?")
		last, err := url.PathUnescape(path[strings.LastIndexByte(path, '/')+1:])
		if err != nil || last != name {
			t.Errorf("%s leads to %s, want the name %s at its end", target, to, name)
		}
		whole := w.Body.String()
		if w := d.manager.want(d.fetch(to, "Range: bytes=4-", "If-Match: "+w.Header().Get("ETag")), 206); w.Body.String() != whole[4:] {
			t.Errorf("%s does not go on where it was", target)
		}
		if w := d.manager.want(d.manager.send("HEAD", to), 200); w.Header().Get("Content-Length") != fmt.Sprint(len(whole)) {
			t.Errorf("%s: HEAD says %q bytes", target, w.Header().Get("Content-Length"))
		}
	}
	if devices := d.recorder.Snapshot().Devices; len(devices) != 1 {
		t.Errorf("one phone is %d devices", len(devices))
	}
}

// What download managers ask for, one after the other. Android's (its
// DownloadThread) follows 301, 302, 303 and 307, and gives a download up that had
// no length or no ETag, and one that is answered whole when it wants the rest.
func TestDownloadManagersGoOnWhereTheyWere(t *testing.T) {
	content := strings.Repeat("some text\n", 1000)
	managers := map[string]struct {
		first, rest []string // "ETAG" and "DATE" are those of the first answer
		changed     int      // the answer to the rest of a file that has changed
	}{
		"Android":            {[]string{"Accept-Encoding: identity", "Connection: close"}, []string{"Accept-Encoding: identity", "Connection: close", "If-Match: ETAG", "Range: bytes=10-"}, 412},
		"Chromium":           {[]string{"Accept-Encoding: gzip, deflate"}, []string{"Accept-Encoding: identity", "If-Range: ETAG", "Range: bytes=10-"}, 200},
		"with a date":        {nil, []string{"If-Range: DATE", "Range: bytes=10-"}, 200},
		"first a range":      {[]string{"Range: bytes=0-"}, []string{"If-Range: ETAG", "Range: bytes=10-"}, 200},
		"transparent OkHttp": {[]string{"Accept-Encoding: gzip"}, []string{"Accept-Encoding: identity", "If-Match: ETAG", "Range: bytes=10-"}, 412},
	}
	for name, m := range managers {
		t.Run(name, func(t *testing.T) {
			dir := tree(t, map[string]string{"a b.txt": content})
			change := func(content string, ago time.Duration) {
				file, at := filepath.Join(dir, "a b.txt"), time.Now().Add(-ago)
				must(t, os.WriteFile(file, []byte(content), 0o600))
				must(t, os.Chtimes(file, at, at))
			}
			change(content, time.Hour)
			d := downloadsFrom(t, dir, access.Policy{})
			to := d.tap("/a%20b.txt?download")

			head := d.manager.want(d.manager.send("HEAD", to, m.first...), 200).Header()
			first := d.fetch(to, m.first...)
			h := first.Header()
			if first.Body.String() != content || h.Get("Content-Length") != fmt.Sprint(len(content)) || h.Get("Content-Encoding") != "" {
				t.Fatalf("status %d, %d bytes, %v", first.Code, first.Body.Len(), h)
			}
			if tag := h.Get("ETag"); !strings.HasPrefix(tag, `"`) || tag != head.Get("ETag") || h.Get("Accept-Ranges") != "bytes" {
				t.Errorf("%v, and to HEAD %v", h, head)
			}
			known := strings.NewReplacer("ETAG", h.Get("ETag"), "DATE", h.Get("Last-Modified"))
			var rest []string
			for _, line := range m.rest {
				rest = append(rest, known.Replace(line))
			}
			if w := d.manager.want(d.fetch(to, rest...), 206); w.Body.String() != content[10:] || w.Header().Get("ETag") != h.Get("ETag") {
				t.Errorf("It goes on with %.20q, %v", w.Body, w.Header())
			}
			change(strings.ToUpper(content), time.Minute)
			if w := d.manager.want(d.fetch(to, rest...), m.changed); w.Code == 200 && w.Body.String() != strings.ToUpper(content) {
				t.Errorf("Of the new file it gets %.20q", w.Body)
			}
		})
	}
}

func TestTicketIsGoodForNothingElse(t *testing.T) {
	d := newDownloads(t, access.Policy{Allow: access.Change})
	file, zip := d.tap("/a%20b.txt?download"), d.tap("/Fotos/?zip")
	ticket, _, _ := strings.Cut(strings.TrimPrefix(file, ticketPath), "/")
	at := ticketPath + ticket
	for _, target := range []string{
		at + "/file/other.txt", at + "/file/a%20b.txt/../other.txt", at + "/file/", at + "/file/a%20b.txt?open", at + "/file/a%20b.txt?thumb=320",
		at + "/zip/Fotos.zip", at + "/zip/Fotos/Fotos.zip", at + "/tar/Fotos.tar", at + "/select/x/Fotos.zip", at + "/", at, at + "/x/a%20b.txt", at + "//other.txt",
		strings.Replace(zip, "/zip/Fotos/", "/tar/Fotos/", 1), strings.Replace(zip, "/Fotos/", "/", 1), zip + "?name=2.jpg",
		strings.Replace(file, ticket, ticket[:len(ticket)-1]+"_", 1), strings.Replace(file, ticket, "", 1), strings.Replace(file, ticket, "%21", 1),
		strings.Replace(file, ticket, strings.Repeat("A", len(ticket)), 1), at + "/file/.windowsill/live",
	} {
		if w := d.fetch(target); w.Code != 401 && w.Code != 307 || strings.Contains(w.Body.String(), "SECRET") {
			t.Errorf("%s: status %d", target, w.Code)
		}
	}
	for _, method := range []string{"PUT", "DELETE", "POST", "MOVE", "PATCH"} {
		d.manager.want(d.manager.sendBody(method, file, "x", "Destination: /gone"), 401)
	}
	d.manager.want(d.fetch(file), 200)
}

func TestTicketEnds(t *testing.T) {
	for name, end := range map[string]func(*downloads, uint64){
		"sent away":    func(d *downloads, id uint64) { d.guard.Decide(id, access.SendAway) },
		"and back":     func(d *downloads, id uint64) { d.guard.Decide(id, access.SendAway); enterByKey(d.shared, d.browser) },
		"blocked":      func(d *downloads, id uint64) { d.guard.Decide(id, access.Block) },
		"new code":     func(d *downloads, _ uint64) { d.guard.NewCode(false) },
		"other rights": func(d *downloads, _ uint64) { d.guard.SetPolicy(access.Policy{Allow: access.Add}) },
		"stopped": func(d *downloads, _ uint64) { // the guard outlives a stop
			again := newShared(d.browser.t, d.browser.t.TempDir(), setup{Guard: d.guard})
			d.manager.handler = again
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDownloads(t, access.Policy{})
			to := d.tap("/a%20b.txt?download")
			d.manager.want(d.fetch(to), 200)
			end(d, d.guard.Devices()[0].ID)
			if w := d.fetch(to); w.Code != 401 && w.Code != 403 {
				t.Errorf("status %d", w.Code)
			}
		})
	}
}

func TestTicketExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		guard := access.New(access.Policy{}, nil, nil)
		cookie, err := guard.EnterByKey(guard.Key(), "", access.DeviceInfo{})
		must(t, err)
		id, _ := guard.Find(cookie)
		tickets := newTickets(devices{guard: guard})
		address := ticketPath + tickets.issue(id, targetOf("file/a", ""), ticketLife) + "/file/a"
		good := func() bool {
			q := httptest.NewRequest("GET", address, nil)
			var ok bool
			takeTicket(http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) { _, ok = tickets.holder(q) })).ServeHTTP(nil, q)
			return ok
		}
		time.Sleep(ticketLife - time.Second)
		if !good() {
			t.Error("It ends too early.")
		}
		time.Sleep(time.Second)
		if good() {
			t.Error("It does not end.")
		}
	})
}

func TestTicketIsSeenNowhere(t *testing.T) {
	d := newDownloads(t, access.Policy{})
	to := d.tap("/a%20b.txt?download")
	ticket, _, _ := strings.Cut(strings.TrimPrefix(to, ticketPath), "/")
	answers := []*httptest.ResponseRecorder{
		d.fetch(to), d.fetch(to, "Referer: http://192.168.1.20:8000"+to), d.fetch(ticketPath + ticket + "/file/missing"),
		d.browser.send("GET", "/", browser), d.browser.send("GET", "/a%20b.txt?open", browser), d.browser.send("GET", "/a%20b.txt", "Referer: http://192.168.1.20:8000"+to),
		d.manager.send("GET", ticketPath+ticket+"/file/other.txt", browser),
	}
	for i, w := range answers {
		if strings.Contains(w.Body.String()+fmt.Sprint(w.Header()), ticket) {
			t.Errorf("It is in answer %d.", i)
		}
	}
	log := d.recorder.Snapshot().Log
	for i := range log.Len() {
		if row := fmt.Sprintf("%+v", *log.At(i)); strings.Contains(row, ticket) {
			t.Errorf("It is in the log: %s", row)
		}
	}
}

// A browser with a ticket that is no longer good is better off with the plain
// address, at which it is let in or asked for the PIN.
func TestUselessTicketLeadsABrowserToThePlainAddress(t *testing.T) {
	d := newDownloads(t, access.Policy{})
	to := d.tap("/a%20b.txt?download")
	d.guard.NewCode(false)
	if w := d.manager.want(d.manager.send("GET", to, browser), 303); w.Header().Get("Location") != "/a%20b.txt?download" {
		t.Errorf("to %s", w.Header().Get("Location"))
	}
	d.browser.want(d.browser.send("GET", to, browser), 200) // its cookie lets it in
}

func TestOnlyBrowsersWithACookieGetATicket(t *testing.T) {
	d := newDownloads(t, access.Policy{})
	const file = "/a%20b.txt?download"
	d.browser.want(d.browser.send("GET", file), 307) // as Chromium asks for a link with the attribute "download"
	d.browser.want(d.browser.send("HEAD", file, browser), 200)
	d.browser.want(d.browser.send("GET", file, browser, "Range: bytes=4-"), 206)
	d.browser.want(d.browser.send("GET", file, "Accept: */*"), 200)
	d.browser.want(d.browser.send("GET", "/a%20b.txt", browser), 200)
	d.browser.want(d.browser.send("GET", "/missing?download", browser), 404)
	d.manager.want(d.manager.send("GET", file, browser, basic(d.guard.PIN().Digits)), 200)
	d.manager.want(clientOf(t, d.shared, "127.0.0.1").send("GET", file, browser, "Host: localhost"), 200)
	d.guard.SetPolicy(access.Policy{Open: true})
	d.browser.want(d.browser.send("GET", file, browser), 200)
}

func FuzzTicketAddress(f *testing.F) {
	for _, target := range []string{"/a.txt?download", "/a/?zip", "/?tar&name=x", selectPath + "/1/a.zip", "/a/?zip&tar", "//a?download&download=2", "/%2F%3f?%zz&download;"} {
		f.Add(target, "a b.zip")
	}
	f.Fuzz(func(t *testing.T, target, name string) {
		u, err := url.ParseRequestURI(target)
		if err != nil || u.Host != "" || !strings.HasPrefix(u.Path, "/") || name == "" {
			return
		}
		rest, query := addressOf(u, name)
		back := targetOf(rest, query)
		if back.Path != u.Path {
			t.Errorf("%q becomes %q and then %q", target, rest, back)
		}
		again, _ := addressOf(back, name)
		if rest != again {
			t.Errorf("%q, then %q", rest, again)
		}
	})
}
