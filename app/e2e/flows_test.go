//go:build unix

package e2e

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"syscall"
	"testing"
)

// flows are what people do most, from the first page to the last.
var flows = map[string]func(*testing.T, visitor){
	"enter by key":                   entersByKey,
	"ask and be let in":              asksAndIsLetIn,
	"enter by PIN":                   entersByPIN,
	"from a gallery and back":        looksAtPictures,
	"play a film":                    playsAFilm,
	"take a file":                    takesAFile,
	"take a selection":               takesASelection,
	"add three files":                addsThreeFiles,
	"lose the connection for a time": losesTheConnection,
	"be told of Stop":                isToldOfStop,
}

// The flows go by what a page says, not by how it looks.
func TestFlowsInEveryEngine(t *testing.T) {
	for name, start := range engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			downloads := t.TempDir()
			v := visitor{start(t, downloads), downloads}
			for _, what := range slices.Sorted(maps.Keys(flows)) {
				t.Run(what, func(t *testing.T) { flows[what](t, v) })
			}
		})
	}
}

func entersByKey(t *testing.T, v visitor) {
	o := newOtherComputer(t)
	p := start(t, nil, o.command(programPath, "-no-window", "-port", "8000", folderWith(t, map[string]string{"here.txt": "x"}))...)
	link := p.waitForLink(t)
	v.visit(t, link)
	v.isAt(t, withoutQuery(t, link), "here.txt")
}

func asksAndIsLetIn(t *testing.T, v visitor) {
	o, s := newOtherComputer(t), newScreen(t)
	s.run(t, o.command(programPath, "-port", "8000", folderWith(t, map[string]string{"here.txt": "x"}))...)
	home := withoutQuery(t, s.scan(t))
	v.visit(t, home)
	v.presses(t, "Ask to come in")
	v.isAt(t, home, "Waiting for the owner")
	s.click(t, s.find(t, "the button that lets in", accent, isSmallButton))
	v.isAt(t, home, "here.txt")
	v.presses(t, "here.txt")
	v.opened(t, "here.txt")
	v.finds(t, "one goes back", `(history.back(), true)`)
	v.isAt(t, home, "here.txt") // not at the door again
}

func entersByPIN(t *testing.T, v visitor) {
	o := newOtherComputer(t)
	p := start(t, nil, o.command(programPath, "-no-window", "-port", "8000", folderWith(t, map[string]string{"here.txt": "x"}))...)
	home := withoutQuery(t, p.waitForLink(t))
	pin := regexp.MustCompile(`PIN (\d{6})`).FindStringSubmatch(p.stdout.String())[1]
	v.visit(t, home)
	v.types(t, "pin", wrongPIN(pin))
	v.presses(t, "Come in")
	v.reads(t, "This PIN is not right.")
	v.types(t, "pin", pin)
	v.presses(t, "Come in")
	v.isAt(t, home, "here.txt")
	v.finds(t, "one goes back", `(history.back(), true)`)
	v.isAt(t, home, "here.txt") // not at the door again
}

func wrongPIN(right string) string {
	if right == "000000" {
		return "111111"
	}
	return "000000"
}

func looksAtPictures(t *testing.T, v visitor) {
	files, port := map[string]string{}, freePort(t)
	for i := range 12 {
		files[fmt.Sprintf("IMG_%d.png", i+1)] = onePixelPNG
	}
	serve(t, "-port", port, folderWith(t, files))
	home := "http://127.0.0.1:" + port + "/"
	v.visit(t, home+"?view=gallery&sort=name")
	v.clicks(t, "IMG_9.png", `document.querySelector("a[href*='IMG_9.png?open']")`)
	v.opened(t, "IMG_9.png")
	v.finds(t, "the picture is there", `document.querySelector("main img[src*='IMG_9.png']").naturalWidth > 0`)
	v.presses(t, "Next")
	v.opened(t, "IMG_10.png")
	v.presses(t, "Back to")
	v.finds(t, "the folder is there again", `location.pathname === "/" && document.querySelector("a[href*='IMG_9.png?open']")`)
}

// opened waits until a file is open and all of its page there.
func (v visitor) opened(t *testing.T, name string) {
	t.Helper()
	v.finds(t, name+" is open", fmt.Sprintf(`document.readyState === "complete" && document.title.startsWith(%[1]s) && location.pathname.endsWith(encodeURIComponent(%[1]s))`, quote(t, name)))
}

func playsAFilm(t *testing.T, v visitor) {
	dir, port := t.TempDir(), freePort(t)
	makeWebM(t, filepath.Join(dir, "film.webm"))
	writeFile(t, filepath.Join(dir, "film.ru.srt"), "1\n00:00:01,000 --> 00:00:02,000\n\xcf\xf0\xe8\xe2\xe5\xf2\n", 0o600) // in windows-1251
	serve(t, "-port", port, dir)
	v.visit(t, "http://127.0.0.1:"+port+"/film.webm?open")
	v.opened(t, "film.webm")
	const film = `document.querySelector("video")`
	v.finds(t, "the film is known", film+".readyState > 0")
	const track = film + ".textTracks[0]"
	v.finds(t, "the film has subtitles", `(t => { t.mode = "showing"; return t.language === "ru" && !!t.cues && t.cues.length === 1 && t.cues[0].text === "Привет" })(`+track+`)`)
	v.key(t, " ")
	v.finds(t, "the film plays", film+".currentTime > 0.1")
	v.finds(t, "the film goes to another place", `((v => v.currentTime = 8)(`+film+`), true)`)
	v.finds(t, "the film plays on from there", `(v => !v.seeking && v.currentTime >= 8 && v.readyState > 1)(`+film+`)`)
}

func takesAFile(t *testing.T, v visitor) {
	content, port := noise(1<<20), freePort(t)
	serve(t, "-port", port, folderWith(t, map[string]string{"a file.bin": content}))
	v.visit(t, "http://127.0.0.1:"+port+"/a%20file.bin?open")
	v.presses(t, "Download")
	path := filepath.Join(v.downloads, "a file.bin")
	eventually(t, "the file was downloaded", func() bool {
		got, err := os.ReadFile(path)
		return err == nil && string(got) == content
	})
}

func takesASelection(t *testing.T, v visitor) {
	dir, port := folderWith(t, map[string]string{"a.txt": "first", "b.txt": "second", "sub/c.txt": "third"}), freePort(t)
	serve(t, "-port", port, dir)
	v.visit(t, "http://127.0.0.1:"+port+"/?view=list")
	v.presses(t, "View and order")
	v.presses(t, "Select")
	v.ticks(t, "b.txt")
	v.ticks(t, "sub")
	v.presses(t, "Download")
	want := inFolder(filepath.Base(dir), map[string]string{"b.txt": "second", "sub/c.txt": "third"})
	if got := downloaded(t, v.downloads); !maps.Equal(got, want) {
		t.Errorf("What was ticked is %q, want %q", got, want)
	}
	v.visit(t, "http://127.0.0.1:"+port+"/?q=txt")
	v.presses(t, "Select")
	v.ticks(t, "a.txt")
	v.ticks(t, "sub/c.txt")
	v.presses(t, "Download")
	want = inFolder(filepath.Base(dir), map[string]string{"a.txt": "first", "sub/c.txt": "third"})
	if got := downloaded(t, v.downloads); !maps.Equal(got, want) {
		t.Errorf("What was ticked of the results is %q, want %q", got, want)
	}
}

func addsThreeFiles(t *testing.T, v visitor) {
	port, dir, sent := freePort(t), folderInUse(t), photos(t, 3, 100_000)
	serve(t, "-open", "-visitors", "add", "-port", port, dir)
	v.visit(t, "http://127.0.0.1:"+port+"/")
	v.adds(t, sent)
	v.reads(t, "3 files added")
	v.reads(t, "IMG_0002.bin")
	checkReceived(t, dir, sent)
}

func losesTheConnection(t *testing.T, v visitor) {
	port, dir, sent := freePort(t), t.TempDir(), photos(t, 1, 40<<20)
	p := serve(t, "-open", "-visitors", "add", "-port", port, dir)
	c := newCable(t, port, 20<<20) // more than the first piece
	v.visit(t, "http://127.0.0.1:"+c.port+"/")
	v.reads(t, "This folder is empty")
	v.adds(t, sent)
	<-c.stalled
	v.finds(t, "the folder is empty no more", `!document.body.innerText.includes("This folder is empty")`)
	c.cut()
	v.reads(t, "Trying again")
	c.mend()
	v.reads(t, "1 file added")
	checkReceived(t, dir, sent)
	if resumed := regexp.MustCompile(`"HEAD /\.windowsill/upload/\S+ HTTP/1\.1" 200`); !resumed.MatchString(p.stdout.String()) {
		t.Error("The upload began anew.")
	}
}

func isToldOfStop(t *testing.T, v visitor) {
	port := freePort(t)
	folder := folderWith(t, map[string]string{"here.txt": "x"})
	p := serve(t, "-port", port, folder)
	v.visit(t, "http://127.0.0.1:"+port+"/")
	v.reads(t, "here.txt")
	if err := os.WriteFile(filepath.Join(folder, "new.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	v.reads(t, "new.txt") // the page is being told
	p.signal(t, syscall.SIGTERM)
	v.reads(t, "The owner has stopped sharing this folder.")
}

// makeWebM makes a film of ten seconds that all engines play without patents.
func makeWebM(t *testing.T, path string) {
	t.Helper()
	made, err := exec.CommandContext(t.Context(), need(t, "ffmpeg"), "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=10", "-t", "10",
		"-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "10", path).CombinedOutput()
	if err != nil {
		t.Fatalf("ffmpeg: %v: %s", err, made)
	}
}
