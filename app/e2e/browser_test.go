//go:build unix

package e2e

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// browser starts a browser without a window; it ends with the test.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := need(t, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
	if exec.CommandContext(t.Context(), path, "--version").Run() != nil {
		lacking(t, "a Chromium that starts") // some systems have one that only says where to get it
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.Env("TMPDIR="+t.TempDir()), // it leaves things there
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("autoplay-policy", "no-user-gesture-required"),
	)
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // it refuses to have one
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

func TestBrowserFollowsLinksToFiles(t *testing.T) {
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
		if err := chromedp.Do(ctx, chromedp.Navigate("http://127.0.0.1:"+port+"/")); err != nil {
			t.Fatal(err)
		}
		for _, step := range strings.Split(name, "/") {
			if _, err := chromedp.RunResponse(ctx, chromedp.Click(linkTo(t, step))); err != nil {
				t.Fatalf("click on %s: %v", step, err)
			}
		}
		shown, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS("main pre")))
		if err != nil || shown != files[name] {
			t.Errorf("The link to %q shows %q, %v", name, shown, err)
		}
	}
}

// linkTo is the link that a person sees under that name.
func linkTo(t *testing.T, name string) chromedp.JSPath {
	t.Helper()
	quoted, err := json.Marshal(name)
	if err != nil {
		t.Fatal(err)
	}
	return chromedp.JSPath(fmt.Sprintf(`[...document.links].find(a => a.textContent.includes(%s))`, quoted))
}

func TestBrowserSeeksInAFilm(t *testing.T) {
	t.Parallel()
	const seconds = 1200
	port := freePort(t)
	p := serve(t, "-port", port, folderWith(t, map[string]string{
		"film.wav":    silence(seconds),
		"player.html": `<!doctype html><title>player</title><audio src="film.wav" preload="metadata"></audio>`,
	}))
	ctx := browser(t)

	err := chromedp.Do(ctx,
		chromedp.Navigate("http://127.0.0.1:"+port+"/player.html"),
		chromedp.Poll[chromedp.Void](`document.querySelector("audio").readyState >= 1`),
		chromedp.Evaluate[chromedp.Void](`document.querySelector("audio").currentTime = 1100`),
		chromedp.Poll[chromedp.Void](`!document.querySelector("audio").seeking && document.querySelector("audio").readyState >= 2`),
	)
	if err != nil {
		t.Fatal(err)
	}
	at, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`document.querySelector("audio").currentTime`))
	if err != nil {
		t.Fatal(err)
	}
	if at != 1100 {
		t.Errorf("The film stands at %v s, want 1100", at)
	}
	part := regexp.MustCompile(`"GET /film\.wav HTTP/1\.1" 206 \d+ `)
	eventually(t, "the browser asked for a part", func() bool { return part.MatchString(p.stdout.String()) })
}

// silence returns a WAV file of so many seconds in which nothing is heard.
func silence(seconds int) string {
	const rate, bytesPerSample = 44100, 2
	size := uint32(seconds * rate * bytesPerSample)
	header := struct {
		RIFF          [4]byte
		FileSize      uint32
		WAVE, Fmt     [4]byte
		FmtSize       uint32
		PCM, Channels uint16
		Rate, PerSec  uint32
		Block, Bits   uint16
		Data          [4]byte
		Size          uint32
	}{
		RIFF: [4]byte([]byte("RIFF")), FileSize: 36 + size, WAVE: [4]byte([]byte("WAVE")), Fmt: [4]byte([]byte("fmt ")),
		FmtSize: 16, PCM: 1, Channels: 1, Rate: rate, PerSec: rate * bytesPerSample, Block: bytesPerSample, Bits: 8 * bytesPerSample,
		Data: [4]byte([]byte("data")), Size: size,
	}
	b, _ := binary.Append(nil, binary.LittleEndian, header) // cannot fail for numbers
	return string(append(b, make([]byte, size)...))
}
