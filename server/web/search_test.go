package web

import (
	"windowsill/server/access"

	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"windowsill/server/page"
	"windowsill/server/share"
	"windowsill/server/turns"
)

func TestSearchRequests(t *testing.T) {
	_, base := start(t, tree(t, map[string]string{
		"beach.jpg": "12345", "sub/Beach 2.txt": "1", "sub/deep/c/BEACH": "", "unrelated": "", "sub/.beach": "", ".dir/beach": "",
		"site/index.html": "<h1>site</h1>", "site/beach.css": "", "empty/": "",
	}), setup{})
	page := checks(status(200), header("Content-Type", "text/html; charset=utf-8"), header("Cache-Control", "private, no-store"))
	data := checks(status(200), header("Content-Type", "application/json"), header("Cache-Control", "private, no-store"), holds(`"complete":true`))
	for _, c := range []struct {
		name, method, path string
		headers            []string
		want               []check
	}{
		{"page", "GET", "/?q=beach", nil, append(page, holds(`"beach.jpg?open"`), holds(`"sub/deep/c/BEACH?download"`), holds("4 results"), lacks(".beach"), lacks(".dir"), lacks("unrelated"))},
		{"a form may be sent here, and nowhere else", "GET", "/?q=beach", nil, checks(withPolicy)},
		{"below a folder", "GET", "/sub/?q=beach", nil, append(page, holds(`"deep/c/BEACH?download"`), holds("2 results"), lacks("beach.jpg"))},
		{"several words", "GET", "/?q=txt+bEAch", nil, append(page, holds("Beach%202.txt"), holds("1 result"))},
		{"nothing", "GET", "/?q=nothing", nil, append(page, holds("No file or folder has that name"))},
		{"in an empty folder", "GET", "/empty/?q=x", nil, append(page, holds("No file or folder has that name"))},
		{"data", "GET", "/?q=beach&json", nil, append(data, holds(`"query":"beach"`), holds(`"size":5`), holds(`"sub/Beach%202.txt"`), lacks(".dir"))},
		{"data by Accept", "GET", "/?q=beach", []string{"Accept: application/json"}, append(data, header("Vary", "Accept"), holds(`"beach.jpg"`))},
		{"head", "HEAD", "/?q=beach", nil, append(page, body(""))},
		{"spaces around", "GET", "/?q=%20%09beach%0A", nil, append(page, holds(`value="beach"`))},
		{"markup", "GET", "/?q=%3Cscript%3Ealert(1)%3C/script%3E%22onx", nil, append(page, lacks("<script>"), lacks(`"onx`))},
		{"no UTF-8", "GET", "/?q=%ff%fe", nil, append(page, holds("No file"))},
		{"too long", "GET", "/?q=" + strings.Repeat("x", 10_000), nil, append(page, holds(`value="`+strings.Repeat("x", maxQuery)+`"`))},
		{"empty", "GET", "/?q=", nil, checks(status(200), holds(`"unrelated"`), header("Cache-Control", "private, no-cache"))},
		{"blank", "GET", "/?q=+%20", nil, checks(status(200), holds(`"unrelated"`))},
		{"empty, as data", "GET", "/?q=&json", nil, checks(status(200), holds(`"unrelated"`), lacks("complete"))},
		{"without slash", "GET", "/sub?q=beach", nil, checks(status(307), header("Location", "./sub/?q=beach"))},
		{"in a missing folder", "GET", "/missing/?q=beach", nil, checks(status(404))},
		{"in a hidden folder", "GET", "/.dir/?q=beach", nil, checks(status(404))},
		{"of a file", "GET", "/beach.jpg?q=beach", nil, checks(body("12345"))},
		{"of a web site", "GET", "/site/?q=beach", nil, checks(body("<h1>site</h1>"))},
		{"in a web site, as data", "GET", "/site/?q=beach&json", nil, append(data, holds("beach.css"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, got := get(t, c.method, base+c.path, c.headers...)
			for _, check := range c.want {
				check(t, a, got)
			}
		})
	}
}

func TestFolderPageMaySendItsForm(t *testing.T) {
	_, base := start(t, tree(t, map[string]string{"a": ""}), setup{})
	a, got := get(t, "GET", base, browser)
	if policy := a.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "form-action 'self'") || !strings.Contains(got, `role="search"`) {
		t.Errorf("policy %q", policy)
	}
}

func TestSearchNeverLeavesTheShare(t *testing.T) {
	dir := tree(t, map[string]string{"share/a/b": "", "outside/secret": ""})
	for link, to := range map[string]string{"out": "../outside", "a/round": "..", "absolute": filepath.Join(dir, "outside")} {
		if err := os.Symlink(to, filepath.Join(dir, "share", link)); err != nil {
			t.Skip("no links here: ", err)
		}
	}
	_, base := start(t, filepath.Join(dir, "share"), setup{})
	for _, q := range []string{"secret", "out", "absolute"} {
		if _, got := get(t, "GET", base+"/?json&q="+q); !strings.Contains(got, "\"entries\":[\n],\"complete\":true") {
			t.Errorf("%s: %s", q, got)
		}
	}
}

func TestQuery(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"", ""}, {" \t\n\u00a0", ""}, {" a  b ", "a  b"}, {"\xff", "\xff"},
		{strings.Repeat("x", maxQuery), strings.Repeat("x", maxQuery)},
		{strings.Repeat("x", maxQuery-1) + "é", strings.Repeat("x", maxQuery-1)},
		{strings.Repeat("x", maxQuery-2) + "é", strings.Repeat("x", maxQuery-2) + "é"},
		{strings.Repeat("x", maxQuery-1) + " y", strings.Repeat("x", maxQuery-1)},
		{strings.Repeat("日", 200), strings.Repeat("日", maxQuery/3)},
		{strings.Repeat("\x80", 300), strings.Repeat("\x80", maxQuery-utf8.UTFMax)},
	} {
		if got := searchText(url.Values{"q": {c.typed}}); got != c.want {
			t.Errorf("%.20q… is %d bytes, %q, want %q", c.typed, len(got), got, c.want)
		}
	}
}

// answerOf is the answer of a handler that is still running. The client does
// not wait for its end.
func answerOf(t *testing.T, h http.HandlerFunc, headers ...string) *http.Response {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	q, err := http.NewRequestWithContext(t.Context(), "GET", server.URL, nil)
	must(t, err)
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		q.Header.Set(name, value)
	}
	a, err := (&http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}}).Do(q)
	must(t, err)
	t.Cleanup(func() { a.Body.Close() })
	return a
}

func TestFirstResultComesWhileTheSearchGoesOn(t *testing.T) {
	s := newSearches(t, t.TempDir())
	for _, compressed := range []bool{false, true} {
		for _, asData := range []bool{false, true} {
			t.Run(fmt.Sprintf("compressed %v, as data %v", compressed, asData), func(t *testing.T) {
				seen := make(chan struct{})
				waiting := func(yield func(share.Found, error) bool) {
					if yield(share.Found{Entry: share.Entry{Name: "first"}}, nil) {
						<-seen
						yield(share.Found{Entry: share.Entry{Name: "second"}}, nil)
					}
				}
				header := "Accept-Encoding: identity"
				if compressed {
					header = "Accept-Encoding: gzip"
				}
				a := answerOf(t, func(w http.ResponseWriter, q *http.Request) {
					_ = s.send(w, q, asData, page.Search{Share: "S", Query: "q", Found: waiting})
				}, header)
				var from io.Reader = a.Body
				if is := a.Header.Get("Content-Encoding") == "gzip"; is != compressed {
					t.Fatalf("compressed: %v", is)
				}
				if compressed {
					z, err := gzip.NewReader(a.Body)
					must(t, err)
					from = z
				}
				readTo(t, from, "first") // hangs, if it is held back
				close(seen)
				readTo(t, from, "second")
			})
		}
	}
}

// readTo reads until a text has come.
func readTo(t *testing.T, from io.Reader, text string) {
	t.Helper()
	var got strings.Builder
	r := bufio.NewReader(from)
	for !strings.Contains(got.String(), text) {
		c, err := r.ReadByte()
		if err != nil {
			t.Fatalf("%v before %q in %q", err, text, got.String())
		}
		got.WriteByte(c)
	}
}

// opened opens a folder until the test ends.
func opened(t testing.TB, dir string) *share.Folder {
	t.Helper()
	folder, err := share.Open(dir, share.Options{})
	must(t, err)
	t.Cleanup(func() { folder.Close() })
	return folder
}

// reading are the rights of devices that can do nothing else.
var reading = rights{guard: access.New(access.Policy{}, nil, nil), allow: func(string, bool, access.Permission) access.Permission { return access.Read }}

// newSearches makes the handler of searches in a folder.
func newSearches(t testing.TB, dir string) *searches {
	t.Helper()
	folder := opened(t, dir)
	pages, err := ourPages()
	must(t, err)
	move := newFailover(func() []string { return nil }, devices{})
	return &searches{
		folder: folder, renderer: renderer{pages: pages, compress: newCompressor(), share: func() string { return "S" }, failover: move},
		devices: ungrouped, turns: turns.New(maxSearches, maxOfOne), rights: reading, closing: t.Context(),
	}
}

// ended searches with a context and returns the answer as data.
func ended(t *testing.T, s *searches, ctx context.Context) (complete bool, entries int) {
	t.Helper()
	w := httptest.NewRecorder()
	must(t, s.serve(w, httptest.NewRequestWithContext(ctx, "GET", "/", nil), "", "x", true))
	var got struct {
		Complete bool
		Entries  []struct{ Name string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return got.Complete, len(got.Entries)
}

func TestSearchEndsWithDeviceShareAndTime(t *testing.T) {
	dir := tree(t, map[string]string{"x": "", "a/x": ""})
	s := newSearches(t, dir)
	if complete, n := ended(t, s, t.Context()); !complete || n != 2 {
		t.Errorf("to the end: complete %v, %d entries", complete, n)
	}
	if complete, n := ended(t, s, done()); complete || n != 0 {
		t.Errorf("the device has left: complete %v, %d entries", complete, n)
	}
	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	if complete, n := ended(t, s, late); complete || n != 0 {
		t.Errorf("out of time: complete %v, %d entries", complete, n)
	}
	w := httptest.NewRecorder()
	must(t, s.serve(w, httptest.NewRequestWithContext(late, "GET", "/", nil), "", "x", false))
	if !strings.Contains(w.Body.String(), "Searched for 10 seconds; there may be more.") || !strings.HasSuffix(w.Body.String(), "</html>\n") {
		t.Errorf("out of time, the page says %s", w.Body)
	}
	closing, end := context.WithCancel(t.Context())
	s.closing = closing
	end()
	until(t, "the search ends with the share", func() bool { complete, _ := ended(t, s, t.Context()); return !complete })
}

func TestSearchOfManyFilesIsBounded(t *testing.T) {
	files := map[string]string{}
	for i := range 10_000 {
		files[fmt.Sprintf("%d/IMG_%d.jpg", i%100, i)] = ""
	}
	_, base := start(t, tree(t, files), setup{})
	_, got := get(t, "GET", base+"/?q=img&json")
	if n := strings.Count(got, `"name"`); n != 1000 || !strings.HasSuffix(got, "\"complete\":false}\n") {
		t.Errorf("%d entries, ending with %q", n, got[len(got)-30:])
	}
	if _, got := get(t, "GET", base+"/?q=img"); !strings.Contains(got, "The first 1,000 results") {
		t.Error("the page does not say that there are more")
	}
}

func TestDeviceThatLeavesBreaksTheSearchOff(t *testing.T) {
	s := newSearches(t, t.TempDir())
	var endless iter.Seq2[share.Found, error] = func(yield func(share.Found, error) bool) {
		for yield(share.Found{Entry: share.Entry{Name: "a"}}, nil) {
		}
	}
	w := &slowWriter{ResponseRecorder: httptest.NewRecorder(), err: errors.New("gone")}
	if err := s.send(w, httptest.NewRequest("GET", "/", nil), true, page.Search{Found: endless}); !errors.As(err, new(aborted)) {
		t.Errorf("%v", err)
	}
}

func BenchmarkSearch(b *testing.B) {
	dir := b.TempDir()
	for i := range 10_000 {
		must(b, os.MkdirAll(filepath.Join(dir, fmt.Sprint(i%100)), 0o755))
		must(b, os.WriteFile(filepath.Join(dir, fmt.Sprint(i%100), fmt.Sprintf("IMG_%d.jpg", i)), nil, 0o644))
	}
	h := newShared(b, dir, setup{Policy: access.Policy{Open: true}})
	b.Run("1,000 results", func(b *testing.B) { bench(b, h, "/?q=img") })
	b.Run("none", func(b *testing.B) { bench(b, h, "/?q=nothing") })
}

// ungrouped are devices of which each address counts by itself.
var ungrouped = devices{group: func(a netip.Addr) netip.Addr { return a }}

// A search has its place until all is read, which may take long.
func TestSlowSearchesOfOneAddressLeaveRoomForOthers(t *testing.T) {
	dir := tree(t, map[string]string{"here.txt": "x"})
	synctest.Test(t, func(t *testing.T) {
		s := newSearches(t, dir)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		from := func(addr string) *http.Request {
			q := httptest.NewRequest("GET", "/", nil).WithContext(ctx)
			q.RemoteAddr = addr + ":1"
			return q
		}
		for range 2 * maxSearches {
			go func() {
				_ = s.walk(from("192.0.2.1"), time.Hour, func(ctx context.Context) error { <-ctx.Done(); return nil })
			}()
		}
		synctest.Wait()
		begun := time.Now()
		if err := s.serve(httptest.NewRecorder(), from("192.0.2.2"), "", "here", true); err != nil || time.Since(begun) > 0 {
			t.Errorf("another address: %v after %v", err, time.Since(begun))
		}
	})
}

func TestSearchesAreBounded(t *testing.T) {
	dir := tree(t, map[string]string{"here.txt": "x"})
	synctest.Test(t, func(t *testing.T) {
		s := newSearches(t, dir)
		for n := range maxSearches {
			must(t, s.turns.Take(t.Context(), fmt.Sprint(n)))
		}
		begun := time.Now()
		search := func() error {
			return s.serve(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), "", "here", true)
		}
		if err := search(); err != errSearches || time.Since(begun) != maxSearchTime {
			t.Errorf("no slot is free: %v after %v", err, time.Since(begun))
		}
		s.turns.Give("0")
		must(t, search())
	})
}

// A film that was found has the poster that it has in its folder.
func TestFilmsThatWereFoundHaveTheirPosters(t *testing.T) {
	_, base := start(t, tree(t, map[string]string{
		"films/one.mp4": "", "films/One.JPG": "", "films/two.mkv": "", "films/cover.jpg": "",
		"only/a b/one.mp4": "", "only/a b/folder.png": "", "one.mp4": "", "none/one.mp4": "",
	}), setup{})
	for at, wanted := range map[string][]string{
		"/":       {`<img src="films/One.JPG?thumb=160"`, `<img src="only/a%20b/folder.png?thumb=160"`, `<img src="one.mp4?thumb=160&amp;v=`, `<img src="none/one.mp4?thumb=160&amp;v=`},
		"/only/":  {`<img src="a%20b/folder.png?thumb=160"`},
		"/films/": {`<img src="One.JPG?thumb=160"`},
	} {
		_, content := get(t, "GET", base+at+"?q=one.mp4", "Accept: text/html")
		for _, want := range wanted {
			if !strings.Contains(content, want) {
				t.Errorf("the results in %s have no %s", at, want)
			}
		}
	}
	_, content := get(t, "GET", base+"/?q=two", "Accept: text/html")
	if !strings.Contains(content, `<img src="films/two.mkv?thumb=160&amp;v=`) {
		t.Error("a film beside another one has the cover of the folder")
	}
}
