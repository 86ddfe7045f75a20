//go:build linux

package e2e

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// pictures are enough of them to be scrolled through.
func pictures() map[string]string {
	files := map[string]string{"Notes.md": "# Notes"}
	for i := range 60 {
		files[fmt.Sprintf("IMG_%d.png", i+1)] = onePixel
	}
	return files
}

// touch puts fingers on the screen, moves them and takes them away: each step
// says where all of them are, two numbers for each.
func touch(t *testing.T, ctx context.Context, steps ...[]float64) {
	t.Helper()
	send := func(kind input.DispatchTouchEventType, at []float64) {
		t.Helper()
		points := []*input.TouchPoint{}
		for i := 0; i < len(at); i += 2 {
			id := float64(i)
			points = append(points, &input.TouchPoint{X: at[i], Y: at[i+1], ID: &id})
		}
		err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
			_, err := cdp.Call(ctx, tab, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
			return err
		}))
		if err != nil {
			t.Fatal(err)
		}
	}
	kind := input.DispatchTouchEventTypeTouchStart
	for _, at := range steps {
		send(kind, at)
		kind = input.DispatchTouchEventTypeTouchMove
	}
	send(input.DispatchTouchEventTypeTouchEnd, nil)
}

// key presses a key.
func key(t *testing.T, ctx context.Context, k string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(k)); err != nil {
		t.Fatal(err)
	}
}

// looksAt waits until a browser shows a file, whose name and place these are.
func looksAt(t *testing.T, ctx context.Context, name, place string) {
	t.Helper()
	var got string
	want := name + " " + place + " true complete"
	eventually(t, "the browser shows "+want, func() bool {
		got, _ = chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector("h1").textContent + " " + document.querySelector(".at").textContent + " " +
			location.href.includes(encodeURIComponent(document.querySelector("h1").textContent) + "?open") + " " + document.readyState`))
		return got == want
	})
}

// scripts lets pages run scripts, or not.
func scripts(t *testing.T, ctx context.Context, run bool) {
	t.Helper()
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
}

func TestLookingThroughPictures(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-port", port, folderWith(t, pictures()))
	home := "http://127.0.0.1:" + port + "/"
	for i, size := range screens {
		theme := []string{"light", "dark"}[i%2]
		t.Run(fmt.Sprint(size[0], " wide, ", theme), func(t *testing.T) {
			ctx := browser(t) // one that has been elsewhere before gives some pages no touches
			show(t, ctx, size, theme)
			goTo(t, ctx, home+"?view=gallery&sort=name&order=desc")
			lookThrough(t, ctx, float64(size[0]), float64(size[1]))
		})
	}
}

// lookThrough opens a picture in the midst of a gallery, goes on and back by
// keys, fingers and buttons, and closes it.
func lookThrough(t *testing.T, ctx context.Context, wide, high float64) {
	evaluate[bool](t, ctx, `!document.querySelector("a[href*='IMG_9.png']").scrollIntoView()`)
	tap(t, ctx, `a[href*="IMG_9.png?open"]`)
	looksAt(t, ctx, "IMG_9.png", "52 of 60")

	key(t, ctx, kb.ArrowRight)
	looksAt(t, ctx, "IMG_8.png", "53 of 60")
	key(t, ctx, kb.ArrowLeft)
	looksAt(t, ctx, "IMG_9.png", "52 of 60")
	touch(t, ctx, []float64{wide * .8, high / 2}, []float64{wide * .6, high / 2}, []float64{wide * .2, high / 2})
	looksAt(t, ctx, "IMG_8.png", "53 of 60")
	touch(t, ctx, []float64{wide * .2, high / 2}, []float64{wide * .5, high / 2}, []float64{wide * .8, high / 2})
	looksAt(t, ctx, "IMG_9.png", "52 of 60")
	tap(t, ctx, `[rel=next]`)
	looksAt(t, ctx, "IMG_8.png", "53 of 60")

	touch(t, ctx, []float64{wide * .4, high / 2, wide * .6, high / 2}, []float64{wide * .3, high / 2, wide * .7, high / 2}, []float64{wide * .2, high / 2, wide * .8, high / 2})
	eventually(t, "two fingers bring the picture closer", func() bool {
		return evaluate[bool](t, ctx, `document.querySelector(".slide img[style*=scale]") !== null`)
	})
	key(t, ctx, "0")
	eventually(t, "the picture is whole again", func() bool {
		return evaluate[bool](t, ctx, `document.querySelector(".slide img[style*=scale]") === null`)
	})

	key(t, ctx, kb.Escape)
	eventually(t, "the folder is where it was", func() bool {
		seen, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(a => a !== null && a.getBoundingClientRect().top > -200 && a.getBoundingClientRect().top < innerHeight)(document.querySelector("a[href*='IMG_9.png']"))`))
		return err == nil && seen
	})
	eventually(t, "the focus is on what was looked at last", func() bool {
		return evaluate[string](t, ctx, `document.activeElement.pathname || ""`) == "/IMG_8.png"
	})
}

// tap clicks on an element.
func tap(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		t.Fatalf("%s: %v", selector, err)
	}
}

func TestLookingWithoutScript(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	files := pictures()
	files["Clip.mp4"] = ""
	serve(t, "-port", port, folderWith(t, files))
	home := "http://127.0.0.1:" + port + "/"
	ctx := browser(t)
	scripts(t, ctx, false)
	for _, size := range screens {
		show(t, ctx, size, "light")
		goTo(t, ctx, home+"?view=list&sort=name")
		tap(t, ctx, `a[href*="IMG_1.png?open"]`)
		looksAt(t, ctx, "IMG_1.png", "2 of 61")
		tap(t, ctx, `[rel=next]`)
		looksAt(t, ctx, "IMG_2.png", "3 of 61")
		if !evaluate[bool](t, ctx, `document.querySelector(".slide img").naturalWidth === 1`) {
			t.Error("The picture is not there.")
		}
		tap(t, ctx, `[rel=prev]`)
		looksAt(t, ctx, "IMG_1.png", "2 of 61")
		tap(t, ctx, `[rel=prev]`)
		looksAt(t, ctx, "Clip.mp4", "1 of 61")
		tap(t, ctx, `.up`)
		shows(t, ctx, home, "IMG_1.png")
		goTo(t, ctx, home+"Notes.md?open")
		shows(t, ctx, home+"Notes.md?open", "Notes")
		goTo(t, ctx, home+"?q=img_60")
		tap(t, ctx, `a[href*="IMG_60.png?open"]`)
		looksAt(t, ctx, "IMG_60.png", "61 of 61")
	}
}

func TestSearchLookAndBack(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-port", port, folderWith(t, map[string]string{"below/a beach.txt": "sand", "b.txt": "x"}))
	home := "http://127.0.0.1:" + port + "/"
	ctx := browser(t)
	show(t, ctx, screens[1], "light")
	goTo(t, ctx, home)
	if err := chromedp.Do(ctx, chromedp.SendKeys(chromedp.CSS("#q"), "beach"+kb.Enter)); err != nil {
		t.Fatal(err)
	}
	shows(t, ctx, home+"?q=beach", "a beach.txt")
	tap(t, ctx, `a.open`)
	shows(t, ctx, home+"below/a%20beach.txt?open", "sand")
	tap(t, ctx, `.up`)
	shows(t, ctx, home+"?q=beach", "a beach.txt")
	goTo(t, ctx, home+"below/a%20beach.txt?open")
	evaluate[bool](t, ctx, `!window.history.back()`)
	shows(t, ctx, home+"?q=beach", "a beach.txt")
}

// film makes a film of some seconds.
func film(t *testing.T, path string) {
	t.Helper()
	made, err := exec.CommandContext(t.Context(), need(t, "ffmpeg"), "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-t", "60",
		"-pix_fmt", "yuv420p", "-g", "25", "-b:v", "2M", "-movflags", "+faststart", path).CombinedOutput()
	if err != nil {
		t.Fatalf("ffmpeg: %v: %s", err, made)
	}
}

func TestFilmPlaysInThePage(t *testing.T) {
	t.Parallel()
	dir := folderWith(t, map[string]string{"second.mp4": ""})
	film(t, filepath.Join(dir, "a film.mp4"))
	port := freePort(t)
	p := serve(t, "-port", port, dir)
	ctx := browser(t)
	show(t, ctx, screens[1], "dark")
	goTo(t, ctx, "http://127.0.0.1:"+port+"/")
	tap(t, ctx, `a.open`)
	looksAt(t, ctx, "a film.mp4", "1 of 2")

	key(t, ctx, " ")
	plays := func(from float64) func() bool {
		return func() bool {
			return evaluate[float64](t, ctx, `(v => v.paused || v.seeking ? -1 : v.currentTime)(document.querySelector("video"))`) > from
		}
	}
	eventually(t, "the film plays", plays(0.1))
	evaluate[float64](t, ctx, `document.querySelector("video").currentTime = 50`)
	eventually(t, "the film plays on from there", plays(50.1))
	key(t, ctx, kb.ArrowLeft)
	key(t, ctx, " ")
	if at := evaluate[float64](t, ctx, `document.querySelector("video").currentTime`); at < 45 || at > 50 {
		t.Errorf("The film stands at %v s, want less than 50", at)
	}
	part := regexp.MustCompile(`"GET /a%20film\.mp4 HTTP/1\.1" 206 \d+ `)
	eventually(t, "the browser asked for a part", func() bool { return part.MatchString(p.stdout.String()) })
	tap(t, ctx, `[rel=next]`)
	looksAt(t, ctx, "second.mp4", "2 of 2")
	eventually(t, "it says that this is no film", func() bool {
		return evaluate[bool](t, ctx, `!document.querySelector(".failing").hidden`)
	})
	key(t, ctx, kb.Escape)
	shows(t, ctx, "http://127.0.0.1:"+port+"/", "a film.mp4")
}

func TestMusicPlaysOn(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-port", port, folderWith(t, map[string]string{"Album/1 one.wav": silence(1), "Album/2 two.wav": silence(1), "Album/3 three.wav": silence(60)}))
	ctx := browser(t)
	show(t, ctx, screens[1], "light")
	goTo(t, ctx, "http://127.0.0.1:"+port+"/Album/")
	tap(t, ctx, `a.open`)
	looksAt(t, ctx, "1 one.wav", "1 of 3")
	key(t, ctx, " ")
	looksAt(t, ctx, "3 three.wav", "3 of 3")
	about := evaluate[string](t, ctx, `navigator.mediaSession.metadata.title + " of " + navigator.mediaSession.metadata.album + " " + document.title + document.querySelector(".title .save").href`)
	if !strings.HasPrefix(about, "3 three of Album 3 three.wav · Album") || !strings.HasSuffix(about, "/Album/3%20three.wav?download") {
		t.Errorf("What plays is %s", about)
	}
	tap(t, ctx, `.tracks li:nth-child(2) a`)
	looksAt(t, ctx, "2 two.wav", "2 of 3")
	key(t, ctx, kb.Escape)
	shows(t, ctx, "http://127.0.0.1:"+port+"/Album/", "1 one.wav")
}
