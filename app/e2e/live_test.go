//go:build linux

package e2e

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// evaluate runs a script on the page that a browser shows.
func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return v
}

func TestOpenPageShowsWhatChanges(t *testing.T) {
	t.Parallel()
	dir := folderWith(t, map[string]string{"b.txt": "x", "c.txt": "x", "below/x": "x"})
	port := freePort(t)
	serve(t, "-port", port, dir)
	ctx := browser(t)
	home := "http://127.0.0.1:" + port + "/?select"
	goTo(t, ctx, home)
	shows(t, ctx, home, "c.txt")
	evaluate[bool](t, ctx, `document.querySelector("input[value='c.txt']").click(); document.querySelector("input[value='c.txt']").focus(); window.stayed = true`)

	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	shows(t, ctx, home, "a.txt")
	if err := os.WriteFile(filepath.Join(dir, "c.txt"), []byte("12345"), 0o644); err != nil {
		t.Fatal(err)
	}
	shows(t, ctx, home, "5\u00a0B")
	if err := os.Remove(filepath.Join(dir, "b.txt")); err != nil {
		t.Fatal(err)
	}
	eventually(t, "what was deleted is gone", func() bool {
		return evaluate[string](t, ctx, `[...document.querySelectorAll("main li bdi")].map(b => b.textContent).join(" ")`) == "below a.txt c.txt"
	})
	for what, script := range map[string]string{
		"The page was loaded anew.":       `window.stayed === true`,
		"What was ticked is no longer.":   `document.querySelector("input[value='c.txt']").checked`,
		"The focus is lost.":              `document.activeElement === document.querySelector("input[value='c.txt']")`,
		"The page says what is the case.": `document.querySelector(".live").textContent === ""`,
	} {
		if !evaluate[bool](t, ctx, script) {
			t.Error(what)
		}
	}
}

func TestFirstFileComesToAnEmptyFolder(t *testing.T) {
	t.Parallel()
	dir, port := t.TempDir(), freePort(t)
	serve(t, "-port", port, dir)
	ctx := browser(t)
	home := "http://127.0.0.1:" + port + "/"
	goTo(t, ctx, home)
	shows(t, ctx, home, "This folder is empty")
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	shows(t, ctx, home, "a.txt")
}

func TestPageSaysStoppedAndComesBack(t *testing.T) {
	s := newScreen(t)
	dir, port := folderWith(t, map[string]string{"here.txt": "x"}), freePort(t)
	s.start(t, "-port", port, dir)
	s.scan(t)
	ctx, searcher := browser(t), browser(t)
	home := "http://127.0.0.1:" + port + "/"
	goTo(t, ctx, home)
	goTo(t, searcher, home+"?q=here")
	shows(t, ctx, home, "here.txt")

	s.click(t, s.find(t, "the button that stops", danger, isButton))
	shows(t, ctx, home, "The owner has stopped sharing this folder.")
	shows(t, searcher, home+"?q=here", "The owner has stopped sharing this folder.")
	if err := os.WriteFile(filepath.Join(dir, "meanwhile.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s.click(t, s.find(t, "the button that shares", accent, isButton))
	shows(t, ctx, home, "meanwhile.txt")
	for _, page := range []context.Context{ctx, searcher} {
		eventually(t, "the page says no more that sharing has stopped", func() bool {
			return evaluate[string](t, page, `document.querySelector(".live").textContent`) == ""
		})
	}
}

func TestPageSaysOutOfReach(t *testing.T) {
	t.Parallel()
	dir, port := folderWith(t, map[string]string{"here.txt": "x"}), freePort(t)
	p := serve(t, "-port", port, dir)
	ctx := browser(t)
	home := "http://127.0.0.1:" + port + "/"
	goTo(t, ctx, home)
	shows(t, ctx, home, "here.txt")
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	shows(t, ctx, home, "This folder cannot be reached just now.")
	tap(t, ctx, "a.open")
	shows(t, ctx, home, "This folder cannot be reached just now.") // and no page of the browser's own
	serve(t, "-port", port, dir)
	eventually(t, "the page is back", func() bool {
		return evaluate[string](t, ctx, `document.querySelector(".live").textContent`) == ""
	})
	tap(t, ctx, "a.open")
	shows(t, ctx, home+"here.txt?open", "x")
}
