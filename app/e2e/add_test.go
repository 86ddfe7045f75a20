//go:build unix

package e2e

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/chromedp/chromedp"
)

// folderInUse makes a folder that is not empty.
func folderInUse(t *testing.T) string { return folderWith(t, map[string]string{existing: "x"}) }

const existing = "a file.txt"

// received returns the names of the files that have come into a folder of
// folderInUse.
func received(t *testing.T, dir string) (names []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasPrefix(f.Name(), ".") && f.Name() != existing {
			names = append(names, f.Name())
		}
	}
	return names
}

// checkReceived checks that exactly the files that were sent have come into a
// folder.
func checkReceived(t *testing.T, dir string, sent []string) {
	t.Helper()
	for _, path := range sent {
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, filepath.Base(path)))
		if err != nil || sha256.Sum256(got) != sha256.Sum256(want) {
			t.Errorf("%s is not the file that was sent: %d of %d bytes, %v", filepath.Base(path), len(got), len(want), err)
		}
	}
	if names := received(t, dir); len(names) != len(sent) {
		t.Errorf("%d files are there, want %d: %v", len(names), len(sent), names)
	}
}

func TestFormAddsFilesWithoutScript(t *testing.T) {
	t.Parallel()
	port, dir, sent := freePort(t), folderInUse(t), photos(t, 3, 1000)
	serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	withoutScript(t, ctx)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	chooseFiles(t, ctx, sent)
	press(t, ctx, "Add")
	follow(t, ctx, element(t, ".add .button"))
	checkReceived(t, dir, sent)
	waitForText(t, ctx, "main", "IMG_0002.bin")
}

func TestDroppedAndPastedFilesAreAdded(t *testing.T) {
	t.Parallel()
	port, dir := freePort(t), folderInUse(t)
	serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	evaluate[chromedp.Void](t, ctx, `(function () {
		function carry(name, kind) {
			const data = new DataTransfer();
			data.items.add(new File(["content"], name, { type: kind }));
			return data;
		}
		document.dispatchEvent(new DragEvent("drop", { dataTransfer: carry("dropped.txt", "text/plain"), bubbles: true, cancelable: true }));
		document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carry("image.png", "image/png"), bubbles: true, cancelable: true }));
	})()`)
	waitForText(t, ctx, ".queue h2", "2 files added")
	names := received(t, dir)
	if len(names) != 2 || !strings.HasPrefix(names[0], "Pasted ") || !strings.HasSuffix(names[0], ".png") || names[1] != "dropped.txt" {
		t.Errorf("%q came", names)
	}
}

func TestEachUploadStartsOnce(t *testing.T) {
	t.Parallel()
	port, dir, sent := freePort(t), folderInUse(t), photos(t, 6, 1000)
	p := serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	chooseFiles(t, ctx, sent)
	waitForText(t, ctx, ".queue h2", "6 files added")
	checkReceived(t, dir, sent)
	eventually(t, "all is in the log", func() bool { return strings.Count(p.stdout.String(), `"PATCH `) >= len(sent) })
	if n := strings.Count(p.stdout.String(), `"POST `); n != len(sent) {
		t.Errorf("%d uploads started %d times.", len(sent), n)
	}
}

// What moves is told in parts with dots between. One that begins a line has its dot
// outside, where it is hidden.
func TestProgressWrapsBetweenItsParts(t *testing.T) {
	t.Parallel()
	port, dir := freePort(t), folderInUse(t)
	serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	limitUpload(t, ctx, 300<<10)
	chooseFiles(t, ctx, photos(t, 2, 64<<20))
	waitForText(t, ctx, ".queue .sum p", " left")
	for _, width := range []int{150, 200, 230, 260, 900} {
		waitForScript(t, ctx, "lines of "+strconv.Itoa(width)+" begin with words", fmt.Sprintf(`(line => {
			line.style.width = "%dpx";
			const parts = [...line.querySelectorAll("span")], edge = line.getBoundingClientRect();
			return parts.length === 3 && !line.textContent.includes("·") && parts.every((part, i) => {
				const box = part.getBoundingClientRect(), begins = !i || box.top > parts[i-1].getBoundingClientRect().top;
				return begins === box.left < edge.left && box.right < edge.right + 1;
			});
		})(document.querySelector(".queue .sum p"))`, width))
	}
}

func TestUploadIsPausedCancelledAndResumed(t *testing.T) {
	t.Parallel()
	port, dir, sent := freePort(t), folderInUse(t), photos(t, 2, 8<<20)
	serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	limitUpload(t, ctx, 128<<10)
	chooseFiles(t, ctx, sent)
	press(t, ctx, "Pause IMG_0000.bin")
	waitForText(t, ctx, ".queue li", "Paused")
	press(t, ctx, "Cancel IMG_0001.bin")
	limitUpload(t, ctx, -1)
	waitForText(t, ctx, ".queue h2", "Adding 1 file")
	if names := received(t, dir); len(names) > 0 {
		t.Errorf("%v came although one is paused and one is cancelled.", names)
	}
	press(t, ctx, "Go on with IMG_0000.bin")
	waitForText(t, ctx, ".queue h2", "1 file added")
	checkReceived(t, dir, sent[:1])
}

func TestReloadedPageResumesTheUpload(t *testing.T) {
	t.Parallel()
	port, dir, sent := freePort(t), folderInUse(t), photos(t, 6, 2<<20)
	if err := os.Truncate(sent[1], 24<<20); err != nil { // on its way still when the first one has come
		t.Fatal(err)
	}
	p := serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	limitUpload(t, ctx, 2<<20)
	chooseFiles(t, ctx, sent)
	eventually(t, "one file has come", func() bool { return len(received(t, dir)) > 0 })
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	waitForText(t, ctx, ".unfinished", "Choose the same files again to go on.")
	limitUpload(t, ctx, -1)
	chooseFiles(t, ctx, sent)
	waitForText(t, ctx, ".queue h2", "6 files added")
	checkReceived(t, dir, sent)
	resumed := regexp.MustCompile(`"HEAD /\.windowsill/upload/\S+ HTTP/1\.1" 200`)
	eventually(t, "an upload was resumed", func() bool { return resumed.MatchString(p.stdout.String()) })
}

func TestUploadResumesAfterTheProgramIsKilled(t *testing.T) {
	t.Parallel()
	port, dir, sent := freePort(t), folderInUse(t), photos(t, 20, 2<<20)
	serving := []string{"-no-window", "-open", "-visitors", "add", "-port", port, dir}
	p := start(t, nil, append([]string{programPath}, serving...)...)
	p.waitForLink(t)
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	limitUpload(t, ctx, 2<<20)
	chooseFiles(t, ctx, sent)
	waitForText(t, ctx, ".queue h2", "Adding")
	eventually(t, "some files have come", func() bool { return len(received(t, dir)) > 2 })
	if len(received(t, dir)) == len(sent) {
		t.Fatal("All files have come before anything could go wrong.")
	}
	p.signal(t, syscall.SIGKILL)
	p.exit(t)
	waitForText(t, ctx, ".queue li", "Trying again")

	p = start(t, nil, append([]string{programPath}, serving...)...)
	p.waitForLink(t)
	limitUpload(t, ctx, -1)
	waitForText(t, ctx, ".queue h2", "20 files added")
	checkReceived(t, dir, sent)
	waitForText(t, ctx, "main li", "IMG_0019.bin")
}

// Safari sometimes stops between two pieces. The page then sends the rest in one.
func TestStalledUploadSendsTheRestAtOnce(t *testing.T) {
	t.Parallel()
	const size = 56<<20 - sha256.Size // the first piece has 16 MB, the second 32 MB
	port, dir, sent := freePort(t), folderInUse(t), photos(t, 1, size)
	p := serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	evaluate[chromedp.Void](t, ctx, `(function () {
		const send = XMLHttpRequest.prototype.send;
		let pieces = 0;
		XMLHttpRequest.prototype.send = function (body) {
			if (body && ++pieces === 2) {
				this.abort = this.onloadend; // nothing moves until it is given up
				return;
			}
			send.call(this, body);
		};
	})()`)
	chooseFiles(t, ctx, sent)
	waitForText(t, ctx, ".queue h2", "1 file added")
	checkReceived(t, dir, sent)
	if pieces := strings.Count(p.stdout.String(), `"PATCH /.windowsill/upload/`); pieces != 2 {
		t.Errorf("It came in %d pieces, want 2.", pieces)
	}
}

func TestUploadWaitsUntilTheDeviceIsInAgain(t *testing.T) {
	o := newOtherComputer(t)
	dir, sent := folderInUse(t), photos(t, 3, 4<<20)
	run := func(args ...string) *program {
		t.Helper()
		p := start(t, nil, o.command(append(append([]string{programPath, "-no-window", "-visitors", "add", "-port", "8000"}, args...), dir)...)...)
		p.waitForLink(t)
		return p
	}
	p := run("-open")
	ctx := browser(t)
	openPage(t, ctx, "http://"+o.addr+":8000/")
	limitUpload(t, ctx, 256<<10)
	chooseFiles(t, ctx, sent)
	waitForText(t, ctx, ".queue h2", "Adding 3 files")
	p.end()
	p = run()
	waitForText(t, ctx, ".queue li", "Come in again to go on")
	p.end()
	run("-open")
	limitUpload(t, ctx, -1)
	waitForText(t, ctx, ".queue h2", "3 files added")
	checkReceived(t, dir, sent)
}

func TestFailedUploadSaysWhy(t *testing.T) {
	t.Parallel()
	port, dir := freePort(t), folderWith(t, map[string]string{"in/a.txt": "x"})
	serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/in/")
	if err := os.Rename(filepath.Join(dir, "in"), filepath.Join(dir, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	chooseFiles(t, ctx, photos(t, 1, 1000))
	waitForText(t, ctx, ".queue li.failed", "The folder that this should go into is not there.")
	waitForText(t, ctx, ".queue h2", "1 file was not added")
	if err := os.Rename(filepath.Join(dir, "elsewhere"), filepath.Join(dir, "in")); err != nil {
		t.Fatal(err)
	}
	press(t, ctx, "Go on with IMG_0000.bin")
	waitForText(t, ctx, ".queue h2", "1 file added")
}
