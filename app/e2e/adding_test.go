//go:build linux

package e2e

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// camera makes files as they are on a phone and returns their paths.
func camera(t *testing.T, count, size int) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for i := range count {
		path := filepath.Join(dir, fmt.Sprintf("IMG_%04d.bin", i))
		if err := os.WriteFile(path, sealed(uint64(i), size), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// choose chooses files in the page's field.
func choose(t *testing.T, ctx context.Context, paths []string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.SetUploadFiles(chromedp.CSS(".pick input"), paths)); err != nil {
		t.Fatal(err)
	}
}

// slow lets a browser send only so many bytes a second; -1 is no limit.
func slow(t *testing.T, ctx context.Context, bytes float64) {
	t.Helper()
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{DownloadThroughput: -1, UploadThroughput: bytes}},
		})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
}

// same compares what came into a folder with what was sent, and says what
// else is there.
func same(t *testing.T, dir string, sent []string) {
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
	if names := visibleIn(t, dir); len(names) != len(sent) {
		t.Errorf("%d files are there, want %d: %v", len(names), len(sent), names)
	}
}

// holding makes a folder in which there is something already.
func holding(t *testing.T) string { return folderWith(t, map[string]string{first: "x"}) }

const first = "a file.txt"

// visibleIn returns the names in a folder that have come into it.
func visibleIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasPrefix(f.Name(), ".") && f.Name() != first {
			names = append(names, f.Name())
		}
	}
	return names
}

// says waits until an element of the page has a text in it.
func says(t *testing.T, ctx context.Context, selector, text string) {
	t.Helper()
	eventually(t, selector+" says "+text, func() bool {
		is, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf(
			`[...document.querySelectorAll(%q)].some(e => e.checkVisibility() && e.textContent.includes(%q))`, selector, text)))
		return err == nil && is
	})
}

// hit presses the button that is called so, with the mouse.
func hit(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	button := chromedp.JSPath(fmt.Sprintf(
		`[...(document.querySelector("dialog[open]") || document).querySelectorAll("button, summary, a")].find(b => b.checkVisibility() && (b.getAttribute("aria-label") || b.innerText).trim() === %q)`, name))
	if err := chromedp.Do(ctx, chromedp.Click(button)); err != nil {
		t.Fatalf("press %s: %v", name, err)
	}
}

func TestFilesAreAddedAlthoughTheServerIsKilled(t *testing.T) {
	t.Parallel()
	port, dir, sent := freePort(t), holding(t), camera(t, 20, 2<<20)
	serving := []string{"-no-window", "-open", "-visitors", "add", "-port", port, dir}
	p := start(t, nil, append([]string{built}, serving...)...)
	p.untilSharing(t)
	ctx := browser(t)
	goTo(t, ctx, "http://127.0.0.1:"+port+"/")
	slow(t, ctx, 8<<20)
	choose(t, ctx, sent)
	says(t, ctx, ".queue h2", "Adding")
	eventually(t, "some have come", func() bool { return len(visibleIn(t, dir)) > 2 })
	if len(visibleIn(t, dir)) == len(sent) {
		t.Fatal("All have come before anything could go wrong.")
	}
	p.signal(t, syscall.SIGKILL)
	p.exit(t)
	says(t, ctx, ".queue li", "Trying again")

	p = start(t, nil, append([]string{built}, serving...)...)
	p.untilSharing(t)
	says(t, ctx, ".queue h2", "20 files added")
	same(t, dir, sent)
	says(t, ctx, "main li", "IMG_0019.bin")
}

func TestReloadedPageGoesOnWithTheSameFiles(t *testing.T) {
	t.Parallel()
	port, dir, sent := freePort(t), holding(t), camera(t, 6, 2<<20)
	p := serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	goTo(t, ctx, "http://127.0.0.1:"+port+"/")
	slow(t, ctx, 2<<20)
	choose(t, ctx, sent)
	eventually(t, "one has come", func() bool { return len(visibleIn(t, dir)) > 0 })
	goTo(t, ctx, "http://127.0.0.1:"+port+"/")
	says(t, ctx, ".unfinished", "Choose the same files again to go on.")
	slow(t, ctx, -1)
	choose(t, ctx, sent)
	says(t, ctx, ".queue h2", "6 files added")
	same(t, dir, sent)
	resumed := regexp.MustCompile(`"HEAD /\.windowsill/upload/\S+ HTTP/1\.1" 200`)
	eventually(t, "it went on where it was", func() bool { return resumed.MatchString(p.stdout.String()) })
}

func TestEachFileIsBegunOnce(t *testing.T) {
	t.Parallel()
	port, dir, sent := freePort(t), holding(t), camera(t, 6, 1000)
	p := serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	goTo(t, ctx, "http://127.0.0.1:"+port+"/")
	choose(t, ctx, sent)
	says(t, ctx, ".queue h2", "6 files added")
	same(t, dir, sent)
	eventually(t, "all is in the log", func() bool { return strings.Count(p.stdout.String(), `"PATCH `) >= len(sent) })
	if n := strings.Count(p.stdout.String(), `"POST `); n != len(sent) {
		t.Errorf("%d files were begun %d times.", len(sent), n)
	}
}

func TestUploadIsPausedCancelledAndGoneOnWith(t *testing.T) {
	t.Parallel()
	port, dir, sent := freePort(t), holding(t), camera(t, 2, 8<<20)
	serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	goTo(t, ctx, "http://127.0.0.1:"+port+"/")
	slow(t, ctx, 1<<20)
	choose(t, ctx, sent)
	hit(t, ctx, "Pause IMG_0000.bin")
	says(t, ctx, ".queue li", "Paused")
	hit(t, ctx, "Cancel IMG_0001.bin")
	slow(t, ctx, -1)
	says(t, ctx, ".queue h2", "Adding 1 file")
	if names := visibleIn(t, dir); len(names) > 0 {
		t.Errorf("%v came although one waits and one was cancelled.", names)
	}
	hit(t, ctx, "Go on with IMG_0000.bin")
	says(t, ctx, ".queue h2", "1 file added")
	same(t, dir, sent[:1])
}

func TestFormAddsFilesWithoutScript(t *testing.T) {
	t.Parallel()
	port, dir, sent := freePort(t), holding(t), camera(t, 3, 1000)
	serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	withoutScript(t, ctx)
	goTo(t, ctx, "http://127.0.0.1:"+port+"/")
	choose(t, ctx, sent)
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(".add .button"))); err != nil {
		t.Fatal(err)
	}
	same(t, dir, sent)
	if shown, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS("main"))); err != nil || !strings.Contains(shown, "IMG_0002.bin") {
		t.Errorf("The page shows %q, %v", shown, err)
	}
}

// withoutScript has a browser run no script of pages.
func withoutScript(t *testing.T, ctx context.Context) {
	t.Helper()
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
}

func TestFolderIsChangedByClicks(t *testing.T) {
	t.Parallel()
	port, dir := freePort(t), folderWith(t, map[string]string{"beach.jpg": "beach", "other.txt": "other"})
	serve(t, "-open", "-visitors", "change", "-port", port, dir)
	ctx := browser(t)
	goTo(t, ctx, "http://127.0.0.1:"+port+"/?view=list")
	has := func(name, content string) {
		t.Helper()
		eventually(t, name+" holds "+content, func() bool {
			b, err := os.ReadFile(filepath.Join(dir, name))
			return err == nil && string(b) == content
		})
	}
	enter := func(text string) {
		t.Helper()
		err := chromedp.Do(ctx, chromedp.Poll[chromedp.Void](`document.activeElement.id === "new-name"`),
			chromedp.Evaluate[chromedp.Void](`document.querySelector("#new-name").value = ""`),
			chromedp.SendKeys(chromedp.CSS("#new-name"), text+"\r"))
		if err != nil {
			t.Fatal(err)
		}
	}

	hit(t, ctx, "New folder")
	enter("other.txt")
	says(t, ctx, ".naming .trouble", "There is a file or folder of that name.")
	enter("Holiday")
	says(t, ctx, "main li.folder", "Holiday")

	hit(t, ctx, "Change beach.jpg")
	hit(t, ctx, "Rename")
	enter("other.txt")
	says(t, ctx, ".naming .trouble", "There is something of this name already.")
	enter("sea.jpg")
	says(t, ctx, "main li", "sea.jpg")
	has("sea.jpg", "beach")

	hit(t, ctx, "Change sea.jpg")
	hit(t, ctx, "Move…")
	says(t, ctx, ".moving h2", "Move sea.jpg to")
	hit(t, ctx, "Holiday")
	says(t, ctx, ".moving .here", "/ Holiday")
	hit(t, ctx, "Move here")
	has("Holiday/sea.jpg", "beach")

	hit(t, ctx, "Change other.txt")
	hit(t, ctx, "Delete")
	says(t, ctx, ".toast", "other.txt was deleted")
	if _, err := os.Stat(filepath.Join(dir, "other.txt")); err == nil {
		t.Error("other.txt is still there.")
	}
	hit(t, ctx, "Undo")
	says(t, ctx, ".toast", "other.txt is back")
	has("other.txt", "other")
}

func TestClashIsAsked(t *testing.T) {
	t.Parallel()
	sent := camera(t, 4, 1000)
	port, dir := freePort(t), t.TempDir()
	for _, path := range sent {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(path)), []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	serve(t, "-open", "-visitors", "change", "-port", port, dir)
	ctx := browser(t)
	goTo(t, ctx, "http://127.0.0.1:"+port+"/")
	choose(t, ctx, sent)
	for i, answer := range []string{"Keep both", "Skip"} {
		says(t, ctx, ".clash h2", fmt.Sprintf("IMG_%04d.bin is here already", i))
		hit(t, ctx, answer)
	}
	says(t, ctx, ".clash h2", "IMG_0002.bin")
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(".clash input"))); err != nil {
		t.Fatal(err)
	}
	hit(t, ctx, "Replace")
	says(t, ctx, ".queue h2", "3 files added")
	for name, from := range map[string]string{
		"IMG_0000.bin": "", "IMG_0000 (2).bin": sent[0], "IMG_0001.bin": "", "IMG_0002.bin": sent[2], "IMG_0003.bin": sent[3],
	} {
		want := []byte("old")
		if from != "" {
			want, _ = os.ReadFile(from)
		}
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != string(want) {
			t.Errorf("%s holds %d bytes, want %d; %v", name, len(got), len(want), err)
		}
	}
	if len(visibleIn(t, dir)) != 5 {
		t.Errorf("%v are there.", visibleIn(t, dir))
	}
}

// Safari stops between two pieces at times; then the rest goes in one.
func TestStalledUploadSendsTheRestInOne(t *testing.T) {
	t.Parallel()
	const size = 56<<20 - sha256.Size // of which 16 MB go first, and 32 MB then
	port, dir, sent := freePort(t), holding(t), camera(t, 1, size)
	p := serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	goTo(t, ctx, "http://127.0.0.1:"+port+"/")
	err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](`(function () {
		const send = XMLHttpRequest.prototype.send;
		let pieces = 0;
		XMLHttpRequest.prototype.send = function (body) {
			if (body && ++pieces === 2) {
				this.abort = this.onloadend; // nothing moves until it is given up
				return;
			}
			send.call(this, body);
		};
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	choose(t, ctx, sent)
	says(t, ctx, ".queue h2", "1 file added")
	same(t, dir, sent)
	if pieces := strings.Count(p.stdout.String(), `"PATCH /.windowsill/upload/`); pieces != 2 {
		t.Errorf("It came in %d pieces, want 2.", pieces)
	}
}

func TestUploadWaitsUntilOneHasComeInAgain(t *testing.T) {
	o := newOtherComputer(t)
	dir, sent := holding(t), camera(t, 3, 4<<20)
	run := func(args ...string) *program {
		t.Helper()
		p := start(t, nil, o.command(append(append([]string{built, "-no-window", "-visitors", "add", "-port", "8000"}, args...), dir)...)...)
		p.untilSharing(t)
		return p
	}
	p := run("-open")
	ctx := browser(t)
	goTo(t, ctx, "http://"+o.addr+":8000/")
	slow(t, ctx, 2<<20)
	choose(t, ctx, sent)
	says(t, ctx, ".queue h2", "Adding 3 files")
	p.end()
	p = run()
	says(t, ctx, ".queue li", "Come in again to go on")
	p.end()
	run("-open")
	slow(t, ctx, -1)
	says(t, ctx, ".queue h2", "3 files added")
	same(t, dir, sent)
}

func TestWhatOpensOnThePageSuitsAll(t *testing.T) {
	t.Parallel()
	axe, port := axeScript(t), freePort(t)
	serve(t, "-open", "-visitors", "change", "-port", port, folderWith(t, map[string]string{"beach.jpg": "x", "in/a": "x"}))
	for _, theme := range []string{"light", "dark"} {
		ctx := browser(t)
		goTo(t, ctx, "http://127.0.0.1:"+port+"/?view=list")
		fits := func(what string) {
			t.Helper()
			for _, size := range screens {
				show(t, ctx, size, theme)
				if wide, err := chromedp.Run(ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); err != nil || wide > size[0] {
					t.Errorf("%s, %d wide: the page is %d wide, %v", what, size[0], wide, err)
				}
			}
			show(t, ctx, screens[1], theme)
			for _, fault := range faults(t, ctx, axe) {
				t.Errorf("%s, %s: %s", what, theme, fault)
			}
		}
		slow(t, ctx, 64<<10)
		choose(t, ctx, camera(t, 5, 1<<20))
		hit(t, ctx, "Pause IMG_0001.bin")
		fits("the queue")
		hit(t, ctx, "Change beach.jpg")
		fits("what can be done")
		hit(t, ctx, "Rename")
		says(t, ctx, ".naming label", "Rename")
		fits("a name")
		hit(t, ctx, "Cancel")
		hit(t, ctx, "Change beach.jpg")
		hit(t, ctx, "Move…")
		says(t, ctx, ".moving h2", "Move beach.jpg to")
		fits("a move")
		hit(t, ctx, "Cancel")
	}
}

func TestDroppedAndPastedFilesAreAdded(t *testing.T) {
	t.Parallel()
	port, dir := freePort(t), holding(t)
	serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	goTo(t, ctx, "http://127.0.0.1:"+port+"/")
	err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](`(function () {
		function carry(name, kind) {
			const data = new DataTransfer();
			data.items.add(new File(["content"], name, { type: kind }));
			return data;
		}
		document.dispatchEvent(new DragEvent("drop", { dataTransfer: carry("dropped.txt", "text/plain"), bubbles: true, cancelable: true }));
		document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carry("image.png", "image/png"), bubbles: true, cancelable: true }));
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	says(t, ctx, ".queue h2", "2 files added")
	names := visibleIn(t, dir)
	if len(names) != 2 || !strings.HasPrefix(names[0], "Pasted ") || !strings.HasSuffix(names[0], ".png") || names[1] != "dropped.txt" {
		t.Errorf("%q came", names)
	}
}

func TestWhatCannotBeAddedSaysWhy(t *testing.T) {
	t.Parallel()
	port, dir := freePort(t), folderWith(t, map[string]string{"in/a.txt": "x"})
	serve(t, "-open", "-visitors", "add", "-port", port, dir)
	ctx := browser(t)
	goTo(t, ctx, "http://127.0.0.1:"+port+"/in/")
	if err := os.Rename(filepath.Join(dir, "in"), filepath.Join(dir, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	choose(t, ctx, camera(t, 1, 1000))
	says(t, ctx, ".queue li.failed", "The folder that this should go into is not there.")
	says(t, ctx, ".queue h2", "1 file was not added")
	if err := os.Rename(filepath.Join(dir, "elsewhere"), filepath.Join(dir, "in")); err != nil {
		t.Fatal(err)
	}
	hit(t, ctx, "Go on with IMG_0000.bin")
	says(t, ctx, ".queue h2", "1 file added")
}
