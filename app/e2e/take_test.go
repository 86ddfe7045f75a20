//go:build unix

package e2e

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"
)

// The whole folder, and what is ticked in it, with and without JavaScript.
func TestArchiveFromThePage(t *testing.T) {
	t.Parallel()
	files := map[string]string{"a.txt": "first", "b.txt": "second", "Größe 日本.txt": "third", "sub/c.txt": "fourth"}
	dir := folderWith(t, files)
	port := freePort(t)
	serve(t, "-port", port, dir)
	share := filepath.Base(dir)
	for name, scripts := range map[string]bool{"scripts": true, "plain": false} {
		t.Run(name, func(t *testing.T) {
			ctx, into := browserWithDownloads(t)
			if !scripts {
				withoutScript(t, ctx)
			}
			home := "http://127.0.0.1:" + port + "/"
			openPage(t, ctx, home)
			if scripts {
				waitForPage(t, ctx, home, "4 files · 22\u00a0B")
			}
			click(t, ctx, ".take")
			if got, want := downloaded(t, into), inFolder(share, files); !maps.Equal(got, want) {
				t.Errorf("Everything is %q, want %q", got, want)
			}

			openPage(t, ctx, home)
			press(t, ctx, "View and order")
			press(t, ctx, "Select")
			click(t, ctx, `input[value="b.txt"]`, `input[value="sub"]`, ".selection .button")
			want := inFolder(share, map[string]string{"b.txt": "second", "sub/c.txt": "fourth"})
			if got := downloaded(t, into); !maps.Equal(got, want) {
				t.Errorf("What was ticked is %q, want %q", got, want)
			}
		})
	}
}

func TestHoldingAnEntrySelectsIt(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-port", port, folderWith(t, map[string]string{"a.jpg": "", "b.jpg": "", "c.jpg": ""}))
	ctx := browser(t)
	setScreen(t, ctx, screenSizes[1], "light")
	home := "http://127.0.0.1:" + port + "/"
	openPage(t, ctx, home+"?view=gallery&sort=name")
	const x, y = 60, 160 // within the first picture
	command(t, ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: x, Y: y}}})
	waitForText(t, ctx, ".selection", "1 selected")
	command(t, ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}})
	touch(t, ctx, []float64{x + 130, y})
	waitForText(t, ctx, ".selection", "2 selected")
	setScreen(t, ctx, [2]int64{195, 422}, "light") // a phone at 200 %
	if tall := evaluate[float64](t, ctx, `document.querySelector(".selection").offsetHeight`); tall > 422/4 {
		t.Errorf("The bar of what is selected is %v pixels tall.", tall)
	}
	setScreen(t, ctx, screenSizes[1], "light")
	if got := evaluate[string](t, ctx, `[...document.querySelectorAll("main input:checked")].map(i => i.value).join(" ") + " " + location.pathname`); got != "a.jpg b.jpg /" {
		t.Errorf("What is selected is %s", got)
	}
	goBack(t, ctx)
	waitForScript(t, ctx, "nothing is selected any more", `document.querySelector(".selection") === null && document.querySelector("main input") === null`)
	touch(t, ctx, []float64{x, y})
	waitForFile(t, ctx, "a.jpg", "1 of 3")
}

func TestSelectAllMeansWhatIsNotLoadedToo(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for i := range 1200 {
		files[fmt.Sprintf("file %04d.txt", i)] = "x"
	}
	port, dir := freePort(t), folderWith(t, files)
	serve(t, "-port", port, dir)
	ctx, into := browserWithDownloads(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	press(t, ctx, "View and order")
	press(t, ctx, "Select")
	press(t, ctx, "Select all")
	waitForText(t, ctx, ".selection", "1,200 selected")
	click(t, ctx, `input[value="file 0001.txt"]`)
	waitForText(t, ctx, ".selection", "1,199 selected")
	press(t, ctx, "View and order")
	press(t, ctx, "Largest first")
	waitForScript(t, ctx, "the folder is in another order", `location.search.startsWith("?sort=size")`)
	waitForText(t, ctx, ".selection", "1,199 selected")
	click(t, ctx, ".selection .button")
	delete(files, "file 0001.txt")
	if got, want := downloaded(t, into), inFolder(filepath.Base(dir), files); !maps.Equal(got, want) {
		t.Errorf("%d files came, want %d", len(got), len(want))
	}
}

// The boxes of the server are for browsers without scripts. With them, its page for
// those offers all that can be done, whatever order and view one goes on to. What is
// selected stays so while one searches, until one leaves Select.
func TestSelectingGoesOn(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-port", port, "-visitors", "change", folderWith(t, map[string]string{"a.jpg": "", "b.jpg": "", "c.txt": ""}))
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/?select")
	waitForScript(t, ctx, "there is more that can be done", `!location.search.includes("select") && document.querySelector(".selection .act") !== null`)
	click(t, ctx, `input[value="b.jpg"]`)
	press(t, ctx, "View and order")
	press(t, ctx, "Newest first")
	waitForScript(t, ctx, "the folder is in another order", `location.search.includes("sort=date")`)
	waitForText(t, ctx, ".selection", "1 selected")
	press(t, ctx, "View and order")
	press(t, ctx, "List")
	waitForScript(t, ctx, "the folder is a list", `location.search.includes("view=list")`)
	waitForText(t, ctx, ".selection", "1 selected")
	press(t, ctx, "More")
	waitForScript(t, ctx, "it can be deleted", `document.querySelector(".acts").open && document.querySelector(".acts [name=delete]").offsetHeight > 0`)
	evaluate[bool](t, ctx, `!document.querySelector(".acts").close()`)
	search := func(what string) {
		t.Helper()
		evaluate[bool](t, ctx, `!document.querySelector("#q").focus()`)
		fill(t, ctx, "#q", what+kb.Enter)
	}
	search("jpg")
	waitForScript(t, ctx, "what was selected is so among what was found", `location.search === "?q=jpg" && document.querySelector("main input[value='b.jpg']").checked`)
	waitForText(t, ctx, ".selection", "1 selected")
	click(t, ctx, `input[value="a.jpg"]`)
	waitForText(t, ctx, ".selection", "2 selected")
	click(t, ctx, ".up")
	waitForScript(t, ctx, "the folder is there again", `location.search === ""`)
	waitForText(t, ctx, ".selection", "2 selected")
	search("no such thing")
	waitForText(t, ctx, "main", "No file or folder has that name")
	click(t, ctx, ".up")
	waitForText(t, ctx, ".selection", "2 selected")
	search("jpg")
	waitForScript(t, ctx, "one can select what was found", `location.search === "?q=jpg" && document.querySelector("main input[value='a.jpg']") !== null`)
	press(t, ctx, "Cancel")
	waitForScript(t, ctx, "nothing is selected any more", `document.querySelector(".selection") === null`)
	goBack(t, ctx)
	waitForScript(t, ctx, "nothing is selected in the folder either", `document.querySelector("main input") === null && location.search + location.hash === ""`)
	evaluate[bool](t, ctx, `!document.querySelector("a.select").click()`) // chromedp cannot click on a page from the back/forward cache
	waitForText(t, ctx, ".selection", "Tick what you want.")
	evaluate[bool](t, ctx, `!document.querySelector("main input[value='b.jpg']").click()`)
	evaluate[bool](t, ctx, `!((field) => { field.value = "jpg"; field.form.requestSubmit(); })(document.querySelector("#q"))`)
	waitForScript(t, ctx, "what was selected is so among what was found again", `location.search === "?q=jpg" && document.querySelector("main input[value='b.jpg']").checked`)
	goBack(t, ctx)
	waitForScript(t, ctx, "one goes on selecting in the folder", `location.search === "" && document.querySelector(".selection [role=status]").textContent === "1 selected"`)
	openPage(t, ctx, "about:blank") // and Back loads the page again, as a phone short of memory does
	goBack(t, ctx)
	waitForText(t, ctx, ".selection", "1 selected")
}

func TestSearchResultsCanBeSelected(t *testing.T) {
	t.Parallel()
	port, dir := freePort(t), folderWith(t, map[string]string{"beach.txt": "1", "a/beach.txt": "2", "a/b/beach 2.txt": "3", "a/b/hill.txt": "4", "to/x": "5"})
	serve(t, "-port", port, "-visitors", "change", dir)
	ctx, into := browserWithDownloads(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/?q=beach")
	press(t, ctx, "Select")
	click(t, ctx, `input[value="a/beach.txt"]`, `input[value="a/b/beach 2.txt"]`)
	waitForText(t, ctx, ".selection", "2 selected")
	click(t, ctx, ".selection .button")
	if got, want := downloaded(t, into), inFolder(filepath.Base(dir), map[string]string{"a/beach.txt": "2", "a/b/beach 2.txt": "3"}); !maps.Equal(got, want) {
		t.Errorf("%q came, want %q", got, want)
	}
	press(t, ctx, "More")
	press(t, ctx, "Delete")
	waitForText(t, ctx, ".total", "1 result")
	for name, there := range map[string]bool{"beach.txt": true, "a/beach.txt": false, "a/b/beach 2.txt": false, "a/b/hill.txt": true} {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != there {
			t.Errorf("%s: %v", name, err)
		}
	}
	waitForText(t, ctx, ".toast", "What you selected was deleted")
	press(t, ctx, "Undo")
	waitForText(t, ctx, ".toast", "What you selected is back")
	waitForText(t, ctx, ".total", "3 results")

	openPage(t, ctx, "http://127.0.0.1:"+port+"/#select")
	click(t, ctx, `input[value="a"]`)
	evaluate[bool](t, ctx, `!document.querySelector("#q").focus()`)
	fill(t, ctx, "#q", "beach"+kb.Enter)
	waitForScript(t, ctx, "what was found can be selected too", `location.search === "?q=beach" && document.querySelector("input[value='a/beach.txt']") !== null`)
	press(t, ctx, "Select all")
	waitForText(t, ctx, ".selection", "4 selected")
	click(t, ctx, ".selection .button")
	if got, want := downloaded(t, into), inFolder(filepath.Base(dir), map[string]string{"beach.txt": "1", "a/beach.txt": "2", "a/b/beach 2.txt": "3", "a/b/hill.txt": "4"}); !maps.Equal(got, want) {
		t.Errorf("%q came, want %q", got, want)
	}
	press(t, ctx, "Cancel")

	press(t, ctx, "Select")
	click(t, ctx, `input[value="beach.txt"]`, `input[value="a/b/beach 2.txt"]`)
	waitForText(t, ctx, ".selection", "2 selected")
	press(t, ctx, "More")
	press(t, ctx, "Move…")
	press(t, ctx, "to")
	waitForText(t, ctx, ".moving .here", "/ to")
	press(t, ctx, "Move here")
	for name, content := range map[string]string{"to/beach.txt": "1", "a/beach.txt": "2", "to/beach 2.txt": "3"} {
		eventually(t, name+" holds "+content, func() bool {
			b, err := os.ReadFile(filepath.Join(dir, name))
			return err == nil && string(b) == content
		})
	}
}

// browserWithDownloads starts a browser that saves what it downloads in a folder.
func browserWithDownloads(t *testing.T) (ctx context.Context, into string) {
	t.Helper()
	ctx, into = browser(t), t.TempDir()
	command(t, ctx, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
		Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, DownloadPath: into,
	})
	return ctx, into
}

// downloaded waits for an archive in a folder, removes it and returns the files
// that were in it.
func downloaded(t *testing.T, folder string) map[string]string {
	t.Helper()
	var path string
	var r *zip.ReadCloser
	eventually(t, "an archive was downloaded", func() bool {
		found, _ := filepath.Glob(filepath.Join(folder, "*.zip"))
		if len(found) != 1 {
			return false
		}
		path = found[0]
		var err error // the browser first makes an empty file of that name
		r, err = zip.OpenReader(path)
		return err == nil
	})
	defer os.Remove(path)
	defer r.Close()
	files := map[string]string{}
	for _, f := range r.File {
		if f.FileInfo().IsDir() {
			continue
		}
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(content) // fails if the checksum is wrong
		if err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		files[f.Name] = string(b)
	}
	return files
}

// inFolder returns files with the name of a folder before their own.
func inFolder(folder string, files map[string]string) map[string]string {
	in := map[string]string{}
	for name, content := range files {
		in[folder+"/"+name] = content
	}
	return in
}

// The programs that people download with, each used in the way that is hardest
// for a server.
func TestDownloadClientsGetTheSameBytes(t *testing.T) {
	t.Parallel()
	port, content := freePort(t), noise(20<<20)
	serve(t, "-port", port, folderWith(t, map[string]string{"film.bin": content}))
	link := "http://127.0.0.1:" + port + "/film.bin"

	cases := []struct {
		name    string
		command []string
		begun   int // bytes that the file has already
		want    string
	}{
		{"part of a file", []string{"curl", "-fsS", "-r", "5-", "-o", "got", link}, 0, content[5:]},
		{"end of a file", []string{"curl", "-fsS", "-r", "-7", "-o", "got", link}, 0, content[len(content)-7:]},
		{"download that resumes", []string{"wget", "-q", "-c", "-O", "got", link}, 12_345_678, content},
		{"download in eight parts", []string{"aria2c", "-q", "--no-conf", "-x8", "-s8", "-k1M", "-o", "got", link}, 0, content},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			got := filepath.Join(dir, "got")
			if c.begun > 0 {
				if err := os.WriteFile(got, []byte(content[:c.begun]), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			runClient(t, dir, c.command...)
			b, err := os.ReadFile(got)
			if err != nil {
				t.Fatal(err)
			}
			if string(b) != c.want {
				t.Errorf("%d bytes came, which are not the %d that were wanted.", len(b), len(c.want))
			}
		})
	}
}

// awkwardFolder makes a folder with all that is hard for an archive.
func awkwardFolder(t *testing.T) string {
	t.Helper()
	dir := folderWith(t, map[string]string{
		"film.bin": noise(24 << 20), "second.bin": noise(8 << 20), "a.txt": "hello", "zero": "", "Größe 日本.txt": "x", "new\nline": "x", `back\slash`: "x",
		"quote\"'.txt": "x", "-rf": "x", "trailing. ": "x", "colon:": "x", "not UTF-8 \xff": "x", "sub/deep/b.txt": "y", strings.Repeat("long", 60): "x",
	})
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range 500 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("sub/%d.txt", i)), []byte(strings.Repeat("z", i)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Some programs read an archive by the directory at its end, others from its
// first byte.
func TestUnpackersReadTheArchive(t *testing.T) {
	t.Parallel()
	port, dir := freePort(t), t.TempDir()
	serve(t, "-port", port, awkwardFolder(t))
	for _, kind := range []string{"zip", "tar"} {
		runClient(t, dir, "curl", "-fsS", "-o", "all."+kind, "http://127.0.0.1:"+port+"/?"+kind)
	}
	for _, command := range []string{
		"unzip -tq all.zip", "zipinfo -v all.zip", "7z t all.zip", "bsdtar -xOf all.zip",
		"python3 -c 'import zipfile; assert zipfile.ZipFile(\"all.zip\").testzip() is None'",
		"cat all.zip | bsdtar -xOf - >all.content",
		"tar tvf all.tar", "bsdtar -xOf all.tar", "7z t all.tar", "python3 -c 'import tarfile; tarfile.open(\"all.tar\").getmembers()'",
	} {
		t.Run(command, func(t *testing.T) {
			_, after, piped := strings.Cut(command, "| ")
			if !piped {
				after = command
			}
			need(t, strings.Fields(after)[0])
			runClient(t, dir, "sh", "-c", command)
		})
	}
}

func TestArchiveDownloadResumesAfterEachCut(t *testing.T) {
	t.Parallel()
	port, dir, folder := freePort(t), t.TempDir(), awkwardFolder(t)
	link, got := "http://127.0.0.1:"+port+"/?zip", filepath.Join(dir, "got.zip")
	p := serve(t, "-port", port, folder)
	length := regexp.MustCompile(`Content-Length: (\d+)`).FindStringSubmatch(runClient(t, dir, "curl", "-fsSI", link))
	if length == nil {
		t.Fatal("The answer has no Content-Length.")
	}
	size, _ := strconv.ParseInt(length[1], 10, 64)
	cuts := 0
	for have := int64(0); have < size; cuts++ {
		have = downloadPart(t, link, got, 1+rand.Int64N(size/20))
		if cuts == 10 {
			p.signal(t, syscall.SIGTERM)
			p.exit(t)
			p = serve(t, "-port", port, folder)
		}
	}
	runClient(t, dir, "curl", "-fsS", "-o", "whole.zip", link)
	runClient(t, dir, "aria2c", "-q", "--no-conf", "-x8", "-s8", "-k1M", "-o", "parts.zip", link)
	for _, name := range []string{"got.zip", "parts.zip"} {
		runClient(t, dir, "cmp", name, "whole.zip")
	}
	runClient(t, dir, "unzip", "-tq", "whole.zip")
}

// downloadPart resumes a download into a file, cuts it after n more bytes, and
// returns how many bytes the file has then.
func downloadPart(t *testing.T, link, file string, n int64) int64 {
	t.Helper()
	size := func() int64 {
		info, err := os.Stat(file)
		if err != nil {
			return 0
		}
		return info.Size()
	}
	before := size()
	// curl ends when nobody reads what it writes.
	runClient(t, filepath.Dir(file), "sh", "-c", `curl -fsS -C "$1" "$2" 2>/dev/null | head -c "$3" >>"$4"`,
		"sh", strconv.FormatInt(before, 10), link, strconv.FormatInt(n, 10), file)
	if size() == before {
		t.Fatalf("The download stops at %d bytes.", before)
	}
	return size()
}

// The kernel sends a file, although the program counts the bytes.
func TestLargeDownloadUsesSendfile(t *testing.T) {
	t.Parallel()
	strace := need(t, "strace")
	const size = 64 << 20
	port, calls := freePort(t), filepath.Join(t.TempDir(), "calls")
	p := start(t, nil, strace, "-f", "-o", calls, "-e", "trace=sendfile",
		programPath, "-no-window", "-port", port, folderWith(t, map[string]string{"film.bin": noise(size)}))
	p.waitForLink(t)

	if _, body, err := get(t, "http://127.0.0.1:"+port+"/film.bin"); len(body) != size || err != nil {
		t.Fatalf("%d bytes came, %v", len(body), err)
	}
	row := regexp.MustCompile(`"GET /film\.bin HTTP/1\.1" 200 ` + strconv.Itoa(size) + " ")
	eventually(t, "the log has the download's whole size", func() bool { return row.MatchString(p.stdout.String()) })
	const sniffed = 512 // net/http reads and writes the beginning of every body itself
	if sent := sentByKernel(t, calls); sent < size-sniffed || sent > size {
		t.Errorf("sendfile carried %d of %d bytes", sent, size)
	}
}

// The kernel sends the files in an archive, once their checksums are known.
func TestArchiveUsesSendfile(t *testing.T) {
	t.Parallel()
	strace := need(t, "strace")
	const size = 32 << 20
	port, calls := freePort(t), filepath.Join(t.TempDir(), "calls")
	p := start(t, nil, strace, "-f", "-o", calls, "-e", "trace=sendfile",
		programPath, "-no-window", "-port", port, folderWith(t, map[string]string{"film.bin": noise(size), "small.txt": "x"}))
	p.waitForLink(t)
	// net/http reads and writes the beginning of every body itself, and the last
	// block of a large file in a ZIP may be too small to be worth the call.
	const copied = 512 + 32<<10
	for i, kind := range []string{"zip", "zip", "tar"} {
		_, body, err := get(t, "http://127.0.0.1:"+port+"/?"+kind)
		if len(body) < size || err != nil {
			t.Fatalf("%d bytes came, %v", len(body), err)
		}
		row := regexp.MustCompile(`"GET /\?` + kind + ` HTTP/1\.1" 200 ` + strconv.Itoa(len(body)) + " ")
		eventually(t, "the log has the archive's whole size", func() bool { return row.MatchString(p.stdout.String()) })
		if sent := sentByKernel(t, calls); sent < i*(size-copied) || sent > i*size {
			t.Errorf("sendfile has carried %d bytes after download %d, want %d", sent, i, i*size)
		}
	}
}

// sentByKernel returns how many bytes the calls of sendfile in a log of strace
// have sent. A call that another thread interrupts is on two lines, of which the
// second has the result.
func sentByKernel(t *testing.T, calls string) (sum int) {
	t.Helper()
	b, err := os.ReadFile(calls)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)sendfile.*\) += (\d+)$`).FindAllStringSubmatch(string(b), -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	return sum
}
