//go:build unix

package e2e

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestOpenPageShowsChanges(t *testing.T) {
	t.Parallel()
	dir := folderWith(t, map[string]string{"b.txt": "x", "c d.txt": "x", "below/x": "x"})
	port := freePort(t)
	serve(t, "-port", port, dir)
	ctx := browser(t)
	home := "http://127.0.0.1:" + port + "/"
	openPage(t, ctx, home+"#select")
	waitForPage(t, ctx, home, "c d.txt")
	waitForScript(t, ctx, "there is a box to tick", `document.querySelector("input[value='c d.txt']") !== null`)
	evaluate[bool](t, ctx, `document.querySelector("input[value='c d.txt']").click(); document.querySelector("input[value='c d.txt']").focus(); window.stayed = true`)

	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	waitForPage(t, ctx, home, "a.txt")
	if err := os.WriteFile(filepath.Join(dir, "c d.txt"), []byte("12345"), 0o644); err != nil {
		t.Fatal(err)
	}
	waitForPage(t, ctx, home, "5\u00a0B")
	if err := os.Remove(filepath.Join(dir, "b.txt")); err != nil {
		t.Fatal(err)
	}
	waitForScript(t, ctx, "what was deleted is gone", `[...document.querySelectorAll("main li bdi")].map(b => b.textContent).join(" ") === "below a.txt c d.txt"`)
	for what, script := range map[string]string{
		"The page was reloaded.":          `window.stayed === true`,
		"What was ticked no longer is.":   `document.querySelector("input[value='c d.txt']").checked`,
		"The focus is lost.":              `document.activeElement === document.querySelector("input[value='c d.txt']")`,
		"The page says what has changed.": `document.querySelector(".live").textContent === ""`,
	} {
		if !evaluate[bool](t, ctx, script) {
			t.Error(what)
		}
	}
}

func TestEmptyPageShowsTheFirstFile(t *testing.T) {
	t.Parallel()
	dir, port := t.TempDir(), freePort(t)
	serve(t, "-port", port, dir)
	ctx := browser(t)
	home := "http://127.0.0.1:" + port + "/"
	openPage(t, ctx, home)
	waitForPage(t, ctx, home, "This folder is empty")
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	waitForPage(t, ctx, home, "a.txt")
}

func TestPageSaysStoppedAndRecovers(t *testing.T) {
	s := newScreen(t)
	dir, port := folderWith(t, map[string]string{"here.txt": "x"}), freePort(t)
	s.start(t, "-port", port, dir)
	s.scan(t)
	ctx, search := browser(t), browser(t)
	home := "http://127.0.0.1:" + port + "/"
	openPage(t, ctx, home)
	openPage(t, search, home+"?q=here")
	waitForPage(t, ctx, home, "here.txt")

	s.click(t, s.find(t, "the button that stops", danger, isButton))
	waitForPage(t, ctx, home, "The owner has stopped sharing this folder.")
	waitForPage(t, search, home+"?q=here", "The owner has stopped sharing this folder.")
	if err := os.WriteFile(filepath.Join(dir, "meanwhile.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s.click(t, s.find(t, "the button that shares", accent, isButton))
	waitForPage(t, ctx, home, "meanwhile.txt")
	for _, page := range []context.Context{ctx, search} {
		waitForScript(t, page, "the page no longer says that sharing has stopped", `document.querySelector(".live").textContent === ""`)
	}
}

func TestPageSaysUnreachableAndRecovers(t *testing.T) {
	t.Parallel()
	dir, port := folderWith(t, map[string]string{"here.txt": "x"}), freePort(t)
	p := serve(t, "-port", port, dir)
	ctx := browser(t)
	home := "http://127.0.0.1:" + port + "/"
	openPage(t, ctx, home)
	waitForPage(t, ctx, home, "here.txt")
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	waitForPage(t, ctx, home, "This folder cannot be reached just now.")
	click(t, ctx, "a.open")
	waitForPage(t, ctx, home, "This folder cannot be reached just now.") // instead of the browser's own error page
	serve(t, "-port", port, dir)
	waitForScript(t, ctx, "the page is as before", `document.querySelector(".live").textContent === ""`)
	click(t, ctx, "a.open")
	waitForPage(t, ctx, home+"here.txt?open", "x")
}
