//go:build unix

package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestLinksLeadToTheFiles(t *testing.T) {
	t.Parallel()
	names := []string{
		"plain.txt", "two words.txt", "100% #1?&+;:.txt", `"quoted" 'name' <b>.txt`, "naïve 日本 🏖.txt",
		"sub folder/inner.txt", "javascript:alert(1).txt",
	}
	files := map[string]string{}
	for _, name := range names {
		files[name] = "the content of " + name
	}
	port := freePort(t)
	serve(t, "-port", port, folderWith(t, files))
	ctx := browser(t)

	for _, name := range names {
		openPage(t, ctx, "http://127.0.0.1:"+port+"/")
		for step := range strings.SplitSeq(name, "/") {
			follow(t, ctx, linkWith(t, step))
		}
		if shown := do(t, ctx, "read", chromedp.Text(chromedp.CSS("main pre"))); shown != files[name] {
			t.Errorf("The link to %q shows %q", name, shown)
		}
	}
}

// pictures are more than a screen shows, and a text.
func pictures() map[string]string {
	files := map[string]string{"Notes.md": "# Notes"}
	for i := range 60 {
		files[fmt.Sprintf("IMG_%d.png", i+1)] = onePixelPNG
	}
	return files
}

// waitForFile waits until a browser shows a file, with its place among the others
// such as "1 of 2".
func waitForFile(t *testing.T, ctx context.Context, name, place string) {
	t.Helper()
	waitForScript(t, ctx, "the browser shows "+name+", "+place, fmt.Sprintf(`document.querySelector("h1").textContent === %[1]s &&
		document.querySelector(".at").textContent === %[2]s &&
		location.href.includes(encodeURIComponent(%[1]s) + "?open") &&
		document.readyState === "complete"`, quote(t, name), quote(t, place)))
}

func TestPicturesAreBrowsed(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-port", port, folderWith(t, pictures()))
	home := "http://127.0.0.1:" + port + "/"
	for i, size := range screenSizes {
		theme := []string{"light", "dark"}[i%2]
		t.Run(fmt.Sprint(size[0], " wide, ", theme), func(t *testing.T) {
			ctx := browser(t) // in one that was used before, some pages get no touches
			setScreen(t, ctx, size, theme)
			openPage(t, ctx, home+"?view=gallery&sort=name&order=desc")
			lookThrough(t, ctx, float64(size[0]), float64(size[1]))
		})
	}
}

// lookThrough opens a picture in the middle of a gallery, goes on and back with
// keys, fingers and buttons, and closes it.
func lookThrough(t *testing.T, ctx context.Context, wide, high float64) {
	evaluate[bool](t, ctx, `!document.querySelector("a[href*='IMG_9.png']").scrollIntoView()`)
	click(t, ctx, `a[href*="IMG_9.png?open"]`)
	waitForFile(t, ctx, "IMG_9.png", "52 of 60")

	pressKey(t, ctx, kb.ArrowRight)
	waitForFile(t, ctx, "IMG_8.png", "53 of 60")
	const twice = `["%[1]s", "%[1]s"].every(key => document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true})))`
	evaluate[bool](t, ctx, fmt.Sprintf(twice, "ArrowRight"))
	waitForFile(t, ctx, "IMG_6.png", "55 of 60")
	evaluate[bool](t, ctx, fmt.Sprintf(twice, "ArrowLeft"))
	waitForFile(t, ctx, "IMG_8.png", "53 of 60")
	pressKey(t, ctx, kb.ArrowLeft)
	waitForFile(t, ctx, "IMG_9.png", "52 of 60")
	touch(t, ctx, []float64{wide * .8, high / 2}, []float64{wide * .6, high / 2}, []float64{wide * .2, high / 2})
	waitForFile(t, ctx, "IMG_8.png", "53 of 60")
	touch(t, ctx, []float64{wide * .2, high / 2}, []float64{wide * .5, high / 2}, []float64{wide * .8, high / 2})
	waitForFile(t, ctx, "IMG_9.png", "52 of 60")
	click(t, ctx, `[rel=next]`)
	waitForFile(t, ctx, "IMG_8.png", "53 of 60")

	touch(t, ctx, []float64{wide * .4, high / 2, wide * .6, high / 2}, []float64{wide * .3, high / 2, wide * .7, high / 2}, []float64{wide * .2, high / 2, wide * .8, high / 2})
	waitForScript(t, ctx, "two fingers zoom in", `document.querySelector(".slide img[style*=scale]") !== null`)
	pressKey(t, ctx, "0")
	waitForScript(t, ctx, "the picture is as large as before", `document.querySelector(".slide img[style*=scale]") === null`)

	pressKey(t, ctx, kb.Escape)
	waitForScript(t, ctx, "the folder is scrolled to where it was", `(a => a !== null && a.getBoundingClientRect().top > -200 && a.getBoundingClientRect().top < innerHeight)(document.querySelector("a[href*='IMG_9.png']"))`)
	waitForScript(t, ctx, "the focus is on the last picture", `(document.activeElement.pathname || "") === "/IMG_8.png"`)
}

// No browser on Linux shows TIFF, so the server makes a picture of each page.
func TestScanIsReadPageByPage(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	scan, err := os.ReadFile("../../server/media/tiff/testdata/pages.tif")
	if err != nil {
		t.Fatal(err)
	}
	serve(t, "-port", port, folderWith(t, map[string]string{"Scan.tif": string(scan), "a.txt": ""}))
	home := "http://127.0.0.1:" + port + "/"
	ctx := browser(t)
	shown := func(page string) {
		t.Helper()
		waitForScript(t, ctx, "page "+page+" is shown", fmt.Sprintf(`document.querySelector(".leaves span").textContent === "Page %s of 3" && document.querySelector(".slide img").naturalWidth === 20 && !document.querySelector(".slide img").hidden`, page))
	}
	openPage(t, ctx, home+"?view=list")
	click(t, ctx, `a[href="Scan.tif?open"]`)
	shown("1")
	click(t, ctx, ".leaves a")
	shown("2")
	click(t, ctx, ".leaves a:last-child")
	shown("3")
	goBack(t, ctx)
	waitForPage(t, ctx, home+"?view=list", "Scan.tif")
}

func TestPicturesAreBrowsedWithoutScript(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	files := pictures()
	files["Clip.mp4"] = ""
	serve(t, "-port", port, folderWith(t, files))
	home := "http://127.0.0.1:" + port + "/"
	ctx := browser(t)
	withoutScript(t, ctx)
	for _, size := range screenSizes {
		setScreen(t, ctx, size, "light")
		openPage(t, ctx, home+"?view=list&sort=name")
		click(t, ctx, `a[href*="IMG_1.png?open"]`)
		waitForFile(t, ctx, "IMG_1.png", "2 of 61")
		click(t, ctx, `[rel=next]`)
		waitForFile(t, ctx, "IMG_2.png", "3 of 61")
		if !evaluate[bool](t, ctx, `document.querySelector(".slide img").naturalWidth === 1`) {
			t.Error("The picture is not there.")
		}
		click(t, ctx, `[rel=prev]`)
		waitForFile(t, ctx, "IMG_1.png", "2 of 61")
		click(t, ctx, `[rel=prev]`)
		waitForFile(t, ctx, "Clip.mp4", "1 of 61")
		click(t, ctx, `.up`)
		waitForPage(t, ctx, home, "IMG_1.png")
		openPage(t, ctx, home+"Notes.md?open")
		waitForPage(t, ctx, home+"Notes.md?open", "Notes")
		openPage(t, ctx, home+"?q=img_60")
		click(t, ctx, `a[href*="IMG_60.png?open"]`)
		waitForFile(t, ctx, "IMG_60.png", "61 of 61")
	}
}

func TestBackFromAFileLeadsToTheSearch(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-port", port, folderWith(t, map[string]string{"below/a beach.txt": "sand", "b.txt": "x"}))
	home := "http://127.0.0.1:" + port + "/"
	ctx := browser(t)
	setScreen(t, ctx, screenSizes[1], "light")
	openPage(t, ctx, home)
	fill(t, ctx, "#q", "beach"+kb.Enter)
	waitForPage(t, ctx, home+"?q=beach", "a beach.txt")
	click(t, ctx, `a.open`)
	waitForPage(t, ctx, home+"below/a%20beach.txt?open", "sand")
	click(t, ctx, `.up`)
	waitForPage(t, ctx, home+"?q=beach", "a beach.txt")
	openPage(t, ctx, home+"below/a%20beach.txt?open")
	goBack(t, ctx)
	waitForPage(t, ctx, home+"?q=beach", "a beach.txt")
}

func TestFilmPlaysInThePage(t *testing.T) {
	t.Parallel()
	dir := folderWith(t, map[string]string{"second.mp4": ""})
	makeFilm(t, filepath.Join(dir, "a film.mp4"))
	port := freePort(t)
	p := serve(t, "-port", port, dir)
	ctx := browser(t)
	setScreen(t, ctx, screenSizes[1], "dark")
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	click(t, ctx, `a.open`)
	waitForFile(t, ctx, "a film.mp4", "1 of 2")

	pressKey(t, ctx, " ")
	waitForScript(t, ctx, "the film plays", `(v => !v.paused && !v.seeking && v.currentTime > 0.1)(document.querySelector("video"))`)
	evaluate[float64](t, ctx, `document.querySelector("video").currentTime = 50`)
	waitForScript(t, ctx, "the film plays on from there", `(v => !v.paused && !v.seeking && v.currentTime > 50.1)(document.querySelector("video"))`)
	pressKey(t, ctx, " ")
	waitForScript(t, ctx, "the film pauses", `document.querySelector("video").paused`)
	at := evaluate[float64](t, ctx, `document.querySelector("video").currentTime`)
	pressKey(t, ctx, kb.ArrowLeft)
	waitForScript(t, ctx, "the film goes back by five seconds", fmt.Sprintf(`Math.abs(document.querySelector("video").currentTime - (%v - 5)) < 0.1`, at))
	part := regexp.MustCompile(`"GET /a%20film\.mp4 HTTP/1\.1" 206 \d+ `)
	eventually(t, "the browser asked for a part", func() bool { return part.MatchString(p.stdout.String()) })
	waitForScript(t, ctx, "what lies over the film is in sight again", `getComputedStyle(document.querySelector(".turns")).opacity === "1"`)
	click(t, ctx, `[rel=next]`)
	waitForFile(t, ctx, "second.mp4", "2 of 2")
	waitForText(t, ctx, ".failing", "This browser cannot play this film.")
	pressKey(t, ctx, kb.Escape)
	waitForPage(t, ctx, "http://127.0.0.1:"+port+"/", "a film.mp4")
}

func TestPlayerSeeks(t *testing.T) {
	t.Parallel()
	const seconds = 1200
	port := freePort(t)
	p := serve(t, "-port", port, folderWith(t, map[string]string{
		"film.wav":    silentWAV(seconds),
		"player.html": `<!doctype html><title>player</title><audio src="film.wav" preload="metadata"></audio>`,
	}))
	ctx := browser(t)

	openPage(t, ctx, "http://127.0.0.1:"+port+"/player.html")
	waitForScript(t, ctx, "the length of the film is known", `document.querySelector("audio").readyState >= 1`)
	evaluate[float64](t, ctx, `document.querySelector("audio").currentTime = 1100`)
	waitForScript(t, ctx, "the film is at 1100 s", `(a => !a.seeking && a.readyState >= 2 && a.currentTime === 1100)(document.querySelector("audio"))`)
	part := regexp.MustCompile(`"GET /film\.wav HTTP/1\.1" 206 \d+ `)
	eventually(t, "the browser asked for a part", func() bool { return part.MatchString(p.stdout.String()) })
}

func TestMusicPlaysOn(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-port", port, folderWith(t, map[string]string{"Album/1 one.wav": silentWAV(1), "Album/2 two.wav": silentWAV(1), "Album/3 three.wav": silentWAV(60)}))
	ctx := browser(t)
	setScreen(t, ctx, screenSizes[1], "light")
	openPage(t, ctx, "http://127.0.0.1:"+port+"/Album/")
	click(t, ctx, `a.open`)
	waitForFile(t, ctx, "1 one.wav", "1 of 3")
	pressKey(t, ctx, " ")
	waitForFile(t, ctx, "3 three.wav", "3 of 3")
	about := evaluate[string](t, ctx, `navigator.mediaSession.metadata.title + " of " + navigator.mediaSession.metadata.album + " " + document.title + document.querySelector("header .save").href`)
	if !strings.HasPrefix(about, "3 three of Album 3 three.wav · Album") || !strings.HasSuffix(about, "/Album/3%20three.wav?download") {
		t.Errorf("What plays is %s", about)
	}
	click(t, ctx, `.tracks li:nth-child(2) a`)
	waitForFile(t, ctx, "2 two.wav", "2 of 3")
	pressKey(t, ctx, kb.Escape)
	waitForPage(t, ctx, "http://127.0.0.1:"+port+"/Album/", "1 one.wav")
}

// A folder of more pictures than a page has is one wall once all of it was scrolled
// through, as if the page had all of them.
func TestWallGoesOnWhileOneScrolls(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for i := range 600 {
		files[fmt.Sprintf("IMG_%03d.png", i)] = onePixelPNG
	}
	dir := folderWith(t, files)
	for i := range 600 {
		day := time.Date(2026, 8, 12, 12, 0, 0, 0, time.Local)
		if i >= 17 { // so that the second day is divided by the end of a page
			day = day.AddDate(0, 0, -1)
		}
		if err := os.Chtimes(filepath.Join(dir, fmt.Sprintf("IMG_%03d.png", i)), day, day.Add(-time.Duration(i)*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	port := freePort(t)
	serve(t, "-port", port, dir)
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/?view=gallery&sort=date&order=desc")
	waitForScript(t, ctx, "all pictures are there, in their order", `(scrollTo(0, document.body.scrollHeight), [...document.querySelectorAll(".gallery bdi")].map(name => name.textContent).join() === Array.from({length: 600}, (_, i) => "IMG_" + String(i).padStart(3, "0") + ".png").join())`)
	waitForScript(t, ctx, "no row of a day has a hole", `[...document.querySelectorAll(".gallery section")].map(section => section.querySelectorAll("li").length).join() === "17" + ",30".repeat(19) + ",13"`)
	waitForScript(t, ctx, "each day is named once, and nothing is left to load", `document.querySelectorAll(".gallery h2").length === 2 && !document.querySelector("[rel=next]") && document.querySelector(".pages [role=status]").textContent.includes("600")`)
	waitForScript(t, ctx, "a part that is not laid out yet has the colour of its squares", `((colour) => colour(".gallery section") === colour(".gallery li") && colour(".gallery ul") === colour("body"))((selector) => getComputedStyle(document.querySelector(selector)).backgroundColor)`)
	waitForScript(t, ctx, "the last pictures are there", `[...document.images].slice(-9).every(img => img.complete && img.naturalWidth === 1)`)
}
