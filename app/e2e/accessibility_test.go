//go:build unix

package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// pagesToRead are the addresses of all kinds of pages.
var pagesToRead = map[string]string{
	"a list":           "/",
	"a gallery":        "/Pictures/",
	"an empty folder":  "/Empty/",
	"what was found":   "/?q=a",
	"nothing found":    "/?q=there-is-no-such-thing",
	"not there":        "/not-there",
	"a long page":      "/Many/",
	"its end":          "/Many/?page=2",
	"a name too long":  "/Long/",
	"list of pictures": "/Pictures/?view=list",
	"ticking":          "/?sort=name#select",
	"ticking pictures": "/Pictures/?sort=name#select",
	"ticking results":  "/?q=file#select",

	"a picture":        "/Pictures/IMG_0003.png?open",
	"a first picture":  "/Pictures/drawing.svg?open",
	"a broken picture": "/Pictures/broken.jpg?open",
	"a preview":        "/Pictures/raw.dng?open",
	"a film":           "/Films/film.mp4?open",
	"an old film":      "/Films/old.avi?open",
	"music":            "/Music/a.wav?open",
	"old music":        "/Music/c.wma?open",
	"Markdown":         "/Notes.md?open",
	"a table":          "/table.csv?open",
	"a plain text":     "/plain.txt?open",
	"source code":      "/Many/code.go?open",
	"a long text":      "/long.log?open",
	"an empty text":    "/Many/file 1.txt?open",
	"what is unknown":  "/archive.zip?open",
	"a long name":      "/Long/" + strings.Repeat("unbroken", 25) + ".jpeg?open",
}

// pagesToWrite are the pages that look different where visitors may write.
var pagesToWrite = map[string]string{
	"a list to add to":          "/",
	"a gallery to add to":       "/Pictures/",
	"an empty folder to add to": "/Empty/",
	"texts":                     "/.windowsill/text",
	"results to change":         "/?q=file",
}

// sampleShare makes a folder with files of all kinds.
func sampleShare(t *testing.T) string {
	t.Helper()
	files := map[string]string{
		"Notes.md": "# Notes\n\n- one\n- two\n\n## More\n\n|a|b|\n|-|-|\n|1|2|\n\n[here](plain.txt) `code`\n", "table.csv": "a,b\n1,2\n", "plain.txt": "hello\n", "data.json": "{}\n", "archive.zip": "PK",
		"long.log":       strings.Repeat("a line of a record that goes on for longer than a phone is wide\n", 20_000),
		"Many/code.go":   "package main\n\nfunc main() {\n\tprintln(1)\n}\n",
		"Films/film.mp4": "", "Films/old.avi": "", "Music/a.wav": silentWAV(1), "Music/b with a name.wav": silentWAV(1), "Music/c.wma": "",
		"Pictures/broken.jpg": "no picture", "Pictures/raw.dng": "",
		"Pictures/drawing.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>`,
		"Long/" + strings.Repeat("a very long name that goes on and on ", 6) + ".txt": "x",
		"Long/" + strings.Repeat("unbroken", 25) + ".jpeg":                            "x",
	}
	for i := range 8 {
		files[fmt.Sprintf("Pictures/IMG_%04d.png", i)] = onePixelPNG
	}
	for i := range 1200 {
		files[fmt.Sprintf("Many/file %d.txt", i)] = ""
	}
	dir := folderWith(t, files)
	if err := os.Mkdir(filepath.Join(dir, "Empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestPagesAreAccessible(t *testing.T) {
	t.Parallel()
	axe, pages := axeScript(t), map[string]string{}
	add := func(kinds map[string]string, visitors string) {
		port := freePort(t)
		serve(t, "-port", port, "-visitors", visitors, sampleShare(t))
		for name, at := range kinds {
			pages[name] = "http://127.0.0.1:" + port + at
		}
	}
	add(pagesToRead, "read")
	add(pagesToWrite, "change")
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			ctx := browser(t)
			openPage(t, ctx, "data:text/html,<img src=x>")
			if len(accessibilityFaults(t, ctx, axe)) == 0 {
				t.Fatal("axe finds no fault in a page that has one.")
			}
			for name, at := range pages {
				openPage(t, ctx, at)
				checkPage(t, ctx, axe, name, theme)
			}
		})
	}
}

// checkPage checks that a page fits screens of all sizes, and that axe-core finds
// no fault in it.
func checkPage(t *testing.T, ctx context.Context, axe, what, theme string) {
	t.Helper()
	for _, size := range screenSizes {
		setScreen(t, ctx, size, theme)
		if width := evaluate[int64](t, ctx, `document.documentElement.scrollWidth`); width > size[0] {
			t.Errorf("%s, %s, on a screen %d wide: the page is %d wide", what, theme, size[0], width)
		}
	}
	setScreen(t, ctx, screenSizes[1], theme)
	for _, fault := range accessibilityFaults(t, ctx, axe) {
		t.Errorf("%s, %s: %s", what, theme, fault)
	}
}

func TestDialogsAreAccessible(t *testing.T) {
	t.Parallel()
	axe := axeScript(t)
	for _, theme := range []string{"light", "dark"} {
		port := freePort(t)
		serve(t, "-open", "-visitors", "change", "-port", port, folderWith(t, map[string]string{"beach.jpg": "x", "in/a": "x"}))
		ctx := browser(t)
		openPage(t, ctx, "http://127.0.0.1:"+port+"/?view=list")
		check := func(what string) {
			t.Helper()
			checkPage(t, ctx, axe, what, theme)
		}
		press(t, ctx, "View and order")
		check("the menu of the bar")
		press(t, ctx, "Add")
		check("the menu that adds")
		press(t, ctx, "Add")
		limitUpload(t, ctx, 8<<10) // for the queue to stay, however long this takes
		chooseFiles(t, ctx, photos(t, 5, 1<<20))
		press(t, ctx, "Pause IMG_0001.bin")
		check("the queue")
		press(t, ctx, "Change beach.jpg")
		check("the menu of a file")
		press(t, ctx, "Rename")
		waitForText(t, ctx, ".naming label", "Rename")
		check("the dialog to rename")
		press(t, ctx, "Cancel")
		press(t, ctx, "Change beach.jpg")
		press(t, ctx, "Move…")
		waitForText(t, ctx, ".moving h2", "Move beach.jpg to")
		check("the dialog to move")
		press(t, ctx, "Cancel")
	}
}

// languages returns the tags of those that the page speaks.
func languages(t *testing.T) (tags []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "assets/locales/*.json"))
	if err != nil || len(files) < 10 {
		t.Fatalf("languages: %v, %v", files, err)
	}
	for _, file := range files {
		tags = append(tags, strings.TrimSuffix(filepath.Base(file), ".json"))
	}
	return tags
}

// Texts are longer in some languages, and phones no wider.
func TestPagesFitAPhoneInEachLanguage(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-port", port, "-visitors", "change", sampleShare(t))
	ctx := browser(t)
	setScreen(t, ctx, screenSizes[0], "light")
	for _, language := range languages(t) {
		setLanguage(t, ctx, language)
		for _, at := range []string{"/", "/Pictures/", "/Pictures/?sort=name#select", "/?q=a", "/?q=there-is-no-such-thing", "/Many/", "/Films/old.avi?open", "/Notes.md?open", "/plain.txt?open", "/.windowsill/text", "/not-there"} {
			openPage(t, ctx, "http://127.0.0.1:"+port+at)
			if got := evaluate[string](t, ctx, `document.documentElement.lang + " " + document.documentElement.scrollWidth`); got != fmt.Sprint(language, " ", screenSizes[0][0]) {
				t.Errorf("%s in %s: the page is %s wide", at, language, got)
			}
		}
	}
}

// The bar below what is selected takes two lines at most, whatever the language.
func TestTheBarOfThoseWhoSelectLeavesRoom(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-open", "-port", port, "-visitors", "change", folderWith(t, map[string]string{"a.txt": "", "b.txt": ""}))
	ctx := browser(t)
	for _, language := range languages(t) {
		setLanguage(t, ctx, language)
		for _, size := range screenSizes[:2] {
			setScreen(t, ctx, size, "light")
			openPage(t, ctx, "http://127.0.0.1:"+port+"/")
			click(t, ctx, ".menu summary", ".menu .select")
			waitForScript(t, ctx, "boxes are shown", `document.querySelectorAll("main input").length === 2`)
			click(t, ctx, "main input")
			if tall := evaluate[float64](t, ctx, `document.querySelector(".selection").offsetHeight`); tall > 90 {
				t.Errorf("%s, %d pixels wide: the bar is %v pixels tall", language, size[0], tall)
			}
		}
	}
}

// accessibilityFaults returns what axe-core finds in the page.
func accessibilityFaults(t *testing.T, ctx context.Context, axe string) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 4*timeout) // it takes seconds on a long page
	defer cancel()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](axe+`;
		axe.run({resultTypes: ["violations"]}).then(r => r.violations.flatMap(v =>
			v.nodes.map(n => v.id + ": " + v.help + ": " + n.html.slice(0, 200) + " " + (n.any[0] || n.all[0] || n.none[0] || {}).message)))`,
		chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("axe: %v", err)
	}
	return found
}

// axeScript returns the script of axe-core, which .ci/deps downloads.
func axeScript(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(filepath.Join(cache, "windowsill-test", "axe-4.14.1.js"))
	if err != nil {
		missing(t, "axe-core")
	}
	return string(script)
}
