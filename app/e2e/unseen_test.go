//go:build unix

package e2e

import (
	"fmt"
	"image"
	"image/jpeg"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// unseen are pictures that neither the server nor these browsers can decode.
var unseen = map[string]string{
	"a.tif": "tiff/testdata/lzma.tif", "b.tif": "tiff/testdata/webp.tif", "c.heic": "heif/testdata/narrow.heic", "d.tif": "testdata/plain.jp2",
}

// unseenFolder returns a folder with these pictures, and one that is only cut off.
func unseenFolder(t *testing.T) string {
	t.Helper()
	files := map[string]string{"e.jpg": "\xff\xd8\xff\xe0", "f.txt": ""}
	for name, from := range unseen {
		content, err := os.ReadFile("../../server/media/" + from)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(content)
	}
	return folderWith(t, files)
}

func TestUnseenInEveryEngine(t *testing.T) {
	port := freePort(t)
	serve(t, "-port", port, unseenFolder(t))
	home := "http://127.0.0.1:" + port + "/"
	for engine, start := range engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			v := visitor{start(t, t.TempDir()), ""}
			for _, name := range []string{"a.tif", "b.tif", "c.heic", "d.tif", "e.jpg"} {
				v.visit(t, home+name+"?open")
				v.finds(t, "the sign, the sentence and the download of "+name, `(f => f.offsetHeight > 0 && f.querySelector(".sign").offsetHeight > 0 && f.querySelector("a[href='`+name+`?download']").offsetHeight > 0 && f.textContent.includes("This picture cannot be shown here."))(document.querySelector(".failing"))`)
				v.finds(t, "nothing else of "+name, `!Array.from(document.querySelectorAll(".slide img, .converted, .converting, .spare, .small")).some(e => e.offsetHeight > 0)`)
			}
		})
	}
}

func TestUnseenWithoutScript(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-port", port, unseenFolder(t))
	ctx := browser(t)
	withoutScript(t, ctx)
	for _, name := range append(slices.Collect(maps.Keys(unseen)), "e.jpg") {
		openPage(t, ctx, "http://127.0.0.1:"+port+"/"+name+"?open")
		waitForScript(t, ctx, name+" says that it cannot be shown", `(all => all.length === 1 && all[0].naturalWidth === 360)(Array.from(document.querySelectorAll(".slide img")).filter(i => i.offsetHeight > 0))`)
	}
}

func TestFilmThatCannotBePlayedSaysSoInEveryEngine(t *testing.T) {
	port := freePort(t)
	serve(t, "-port", port, folderWith(t, map[string]string{"a.mkv": "not a film", "b.mp4": "nor this"}))
	for engine, start := range engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			v := visitor{start(t, t.TempDir()), ""}
			for _, name := range []string{"a.mkv", "b.mp4"} {
				v.visit(t, "http://127.0.0.1:"+port+"/"+name+"?open")
				v.finds(t, "the sentence over "+name, `((f, r) => r.height > 0 && f.contains(document.elementFromPoint(r.left + 10, r.top + 10)))(document.querySelector(".failing"), document.querySelector(".failing").getBoundingClientRect())`)
			}
		})
	}
}

// Of a picture that is cut before its first rows, Chromium and Firefox draw nothing, and
// report no error. The server may have more.
func TestCutPictureShowsWhatThereIs(t *testing.T) {
	port := freePort(t)
	webp, err := os.ReadFile("../../server/media/testdata/lossy.webp")
	if err != nil {
		t.Fatal(err)
	}
	white, noise := image.NewGray(image.Rect(0, 0, 64, 48)), image.NewGray(image.Rect(0, 0, 64, 48))
	for i := range noise.Pix {
		white.Pix[i], noise.Pix[i] = 255, uint8(i*i/7)
	}
	jpegOf := func(img image.Image) string {
		var b strings.Builder
		if err := jpeg.Encode(&b, img, nil); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	whole := jpegOf(noise)
	scan := strings.Index(whole, "\xff\xda")
	serve(t, "-port", port, folderWith(t, map[string]string{
		"a.jpg": whole[:scan+(len(whole)-scan)/8], "b.webp": string(webp[:len(webp)/2]), "white.jpg": jpegOf(white),
	}))
	home := "http://127.0.0.1:" + port + "/"
	const shown = `((i, s) => i.complete && i.naturalWidth > 1 && i.offsetHeight > 0 && i.currentSrc.includes("?thumb=") === %[1]t && (s.offsetHeight > 0) === %[1]t)(document.querySelector(".slide img:not(.soon)"), document.querySelector("figcaption.spare"))`
	for engine, start := range engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			v := visitor{start(t, t.TempDir()), ""}
			v.visit(t, home+"a.jpg?open")
			v.finds(t, "what there is", fmt.Sprintf(shown, true))
			v.visit(t, home+"b.webp?open") // of which the server has nothing
			v.finds(t, "that it cannot be shown", `document.querySelector(".failing").offsetHeight > 0 && document.querySelector(".slide img:not(.soon)").hidden`)
			v.visit(t, home+"white.jpg?open")
			v.finds(t, "a white picture itself", fmt.Sprintf(shown, false))
		})
	}
}

// A drawing that tells no size of its own has any size.
func TestDrawingFillsTheStage(t *testing.T) {
	port := freePort(t)
	serve(t, "-port", port, folderWith(t, map[string]string{
		"a.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path fill="#e6281e" d="M0 0h4v3H0z"/></svg>`,
		"b.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path fill="#e6281e" d="M0 0h40v30H0z"/></svg>`,
	}))
	home := "http://127.0.0.1:" + port + "/"
	for engine, start := range engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			v := visitor{start(t, t.TempDir()), ""}
			for _, name := range []string{"a.svg", "b.svg"} {
				v.visit(t, home+name+"?open")
				v.finds(t, name+" as large as the stage", `((i, s) => i.complete && i.naturalWidth > 0 && getComputedStyle(i).objectFit === "contain" && i.offsetWidth === s.clientWidth && i.offsetHeight > s.clientHeight / 2)(document.querySelector(".slide img"), document.querySelector(".stage"))`)
			}
		})
	}
}
