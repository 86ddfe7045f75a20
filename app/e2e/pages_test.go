//go:build unix

package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// kindsOfPages are all that a visitor who is in can see, by address.
var kindsOfPages = map[string]string{
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
	"ticking":          "/?select",
	"ticking pictures": "/Pictures/?select",

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

// kindsThatWrite are those that look different where visitors may write.
var kindsThatWrite = map[string]string{
	"a list to add to":          "/",
	"a gallery to add to":       "/Pictures/",
	"an empty folder to add to": "/Empty/",
	"texts":                     "/.windowsill/text",
}

// screens are the sizes of screens that pages have to fit, width by height in
// CSS pixels.
var screens = [][2]int64{{320, 568}, {390, 844}, {768, 1024}, {1440, 900}}

// sampleShare is a folder with something of each kind in it.
func sampleShare(t *testing.T) string {
	t.Helper()
	files := map[string]string{
		"Notes.md": "# Notes\n\n- one\n- two\n\n## More\n\n|a|b|\n|-|-|\n|1|2|\n\n[here](plain.txt) `code`\n", "table.csv": "a,b\n1,2\n", "plain.txt": "hello\n", "data.json": "{}\n", "archive.zip": "PK",
		"long.log":       strings.Repeat("a line of a record that goes on for longer than a phone is wide\n", 20_000),
		"Many/code.go":   "package main\n\nfunc main() {\n\tprintln(1)\n}\n",
		"Films/film.mp4": "", "Films/old.avi": "", "Music/a.wav": silence(1), "Music/b with a name.wav": silence(1), "Music/c.wma": "",
		"Pictures/broken.jpg": "no picture", "Pictures/raw.dng": "",
		"Pictures/drawing.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>`,
		"Long/" + strings.Repeat("a very long name that goes on and on ", 6) + ".txt": "x",
		"Long/" + strings.Repeat("unbroken", 25) + ".jpeg":                            "x",
	}
	for i := range 8 {
		files[fmt.Sprintf("Pictures/IMG_%04d.png", i)] = onePixel
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

// onePixel is the smallest PNG there is.
const onePixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde" +
	"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"

func TestPagesSuitAll(t *testing.T) {
	t.Parallel()
	axe, pages := axeScript(t), map[string]string{}
	add := func(kinds map[string]string, visitors string) {
		port := freePort(t)
		serve(t, "-port", port, "-visitors", visitors, sampleShare(t))
		for name, at := range kinds {
			pages[name] = "http://127.0.0.1:" + port + at
		}
	}
	add(kindsOfPages, "read")
	add(kindsThatWrite, "change")
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			ctx := browser(t)
			goTo(t, ctx, "data:text/html,<img src=x>")
			if len(faults(t, ctx, axe)) == 0 {
				t.Fatal("axe finds no fault in a page that has some.")
			}
			for name, at := range pages {
				goTo(t, ctx, at)
				for _, size := range screens {
					show(t, ctx, size, theme)
					if wide, err := chromedp.Run(ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); err != nil || wide > size[0] {
						t.Errorf("%s, %d wide: the page is %d wide, %v", name, size[0], wide, err)
					}
				}
				show(t, ctx, screens[1], theme)
				for _, fault := range faults(t, ctx, axe) {
					t.Errorf("%s: %s", name, fault)
				}
			}
		})
	}
}

// Words are of different length in each language, phones are not.
func TestPagesFitThePhoneInEachLanguage(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-port", port, "-visitors", "change", sampleShare(t))
	ctx := browser(t)
	show(t, ctx, screens[0], "light")
	languages, err := filepath.Glob(filepath.Join(root, "assets/locales/*.json"))
	if err != nil || len(languages) < 10 {
		t.Fatalf("languages: %v, %v", languages, err)
	}
	for _, file := range languages {
		language := strings.TrimSuffix(filepath.Base(file), ".json")
		speak(t, ctx, language)
		for _, at := range []string{"/", "/Pictures/", "/Pictures/?select", "/?q=a", "/?q=there-is-no-such-thing", "/Many/", "/Films/old.avi?open", "/Notes.md?open", "/plain.txt?open", "/.windowsill/text", "/not-there"} {
			goTo(t, ctx, "http://127.0.0.1:"+port+at)
			if got := evaluate[string](t, ctx, `document.documentElement.lang + " " + document.documentElement.scrollWidth`); got != fmt.Sprint(language, " ", screens[0][0]) {
				t.Errorf("%s in %s: the page is %s wide", at, language, got)
			}
		}
	}
}

// speak makes a browser ask for a language.
func speak(t *testing.T, ctx context.Context, language string) {
	t.Helper()
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: "Android", AcceptLanguage: language})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
}

// show makes a browser's window a screen of that size, in a theme.
func show(t *testing.T, ctx context.Context, size [2]int64, theme string) {
	t.Helper()
	media := chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: theme},
			{Name: "prefers-reduced-motion", Value: "reduce"}, // colours half way through a transition have no contrast
		}})
		return err
	})
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(size[0], size[1]), media); err != nil {
		t.Fatal(err)
	}
}

// faults returns what axe-core finds on the page that a browser shows.
func faults(t *testing.T, ctx context.Context, axe string) []string {
	t.Helper()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](axe+`;
		axe.run({resultTypes: ["violations"]}).then(r => r.violations.flatMap(v =>
			v.nodes.map(n => v.id + ": " + v.help + ": " + n.html.slice(0, 200) + " " + (n.any[0] || n.all[0] || n.none[0] || {}).message)))`,
		chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("axe: %v", err)
	}
	return found
}

// axeScript returns the text of axe-core, which .ci/deps fetches.
func axeScript(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(filepath.Join(cache, "windowsill-test", "axe-4.14.1.js"))
	if err != nil {
		lacking(t, "axe-core")
	}
	return string(script)
}
