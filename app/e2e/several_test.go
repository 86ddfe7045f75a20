//go:build unix

package e2e

import (
	"bytes"
	"image"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// copyText puts a text on the clipboard.
func (s *screen) copyText(t *testing.T, text string) {
	t.Helper()
	c := exec.Command(need(t, "xclip"), "-in", "-selection", "clipboard")
	c.Env, c.Stdin = append(os.Environ(), "DISPLAY="+s.display), strings.NewReader(text)
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
}

// crosses waits until the screen shows n crosses in one column, and returns them from
// top to bottom: the buttons that take things out of a list.
func (s *screen) crosses(t *testing.T, n int) (found []image.Rectangle) {
	t.Helper()
	eventually(t, "as many crosses as things are on the screen", func() bool {
		byColumn := map[int][]image.Rectangle{}
		for _, a := range areas(s.screenshot(t), ink) {
			if isCross(a) {
				column := (a.Min.X + a.Max.X) / 2
				byColumn[column] = append(byColumn[column], a)
			}
		}
		last := 0 // the buttons are right of everything else
		for column, list := range byColumn {
			if len(list) == n && column > last {
				last = column
			}
		}
		before := found
		found = byColumn[last]
		return len(found) == n && len(before) == n && found[0] == before[0]
	})
	return found
}

// isCross reports whether an area has the size of the cross of a small button.
func isCross(area image.Rectangle) bool {
	return area.Dx() == area.Dy() && area.Dx() > 7 && area.Dx() < 16
}

// Files that were copied in a file manager are pasted, shared, fetched, and taken out.
func TestFilesArePastedAndThinnedWhileShared(t *testing.T) {
	s := newScreen(t)
	dir := folderWith(t, map[string]string{"a.txt": "first", "b.txt": "second", "c.txt": "third", "secret.txt": "not selected"})
	s.start(t, "-port", freePort(t))
	s.find(t, "the ring around the button that chooses a folder", bluish, func(a image.Rectangle) bool { return a.Dx() > 100 && a.Dy() > 20 && a.Dy() < 45 })
	var copied strings.Builder
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		copied.WriteString("file://" + filepath.Join(dir, name) + "\r\n")
	}
	s.copyText(t, copied.String())
	s.keys(t, "ctrl+v")
	s.crosses(t, 3)
	s.keys(t, "ctrl+Return")
	link := s.scan(t)
	for name, want := range map[string]int{"a.txt": 200, "b.txt": 200, "c.txt": 200, "secret.txt": 404} {
		if status, _, err := get(t, fileAt(t, link, name)); status != want || err != nil {
			t.Errorf("GET of %s gives %d %v, want %d", name, status, err, want)
		}
	}
	if status, page, err := get(t, link); status != 200 || err != nil || !strings.Contains(page, "b.txt") || strings.Contains(page, "secret") {
		t.Errorf("The page gives %d %v, without b.txt or with what was not selected", status, err)
	}

	s.click(t, s.crosses(t, 3)[0])
	eventually(t, "what was taken out is gone", func() bool {
		status, _, _ := get(t, fileAt(t, link, "a.txt"))
		return status == 404
	})
	s.crosses(t, 2)
	if status, body, err := get(t, fileAt(t, link, "b.txt")); status != 200 || body != "second" || err != nil {
		t.Errorf("GET of what is still shared gives %d %q %v", status, body, err)
	}
}

// A picture that was copied in another program is pasted, and fetched as it was.
func TestAPictureIsPasted(t *testing.T) {
	s := newScreen(t)
	var picture bytes.Buffer
	noise := image.NewGray(image.Rect(0, 0, 1000, 800)) // large ones come in pieces
	rand.NewChaCha8([32]byte{}).Read(noise.Pix)         // never fails
	if err := png.Encode(&picture, noise); err != nil {
		t.Fatal(err)
	}
	temp := t.TempDir() // others may have pasted a picture, too
	s.run(t, "env", "TMPDIR="+temp, programPath, "-port", freePort(t))
	s.find(t, "the ring around the button that chooses a folder", bluish, func(a image.Rectangle) bool { return a.Dx() > 100 && a.Dy() > 20 && a.Dy() < 45 })
	c := exec.Command(need(t, "xclip"), "-in", "-selection", "clipboard", "-t", "image/png")
	c.Env, c.Stdin = append(os.Environ(), "DISPLAY="+s.display), bytes.NewReader(picture.Bytes())
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	s.keys(t, "ctrl+v")
	var name string
	eventually(t, "the picture is chosen", func() bool {
		found, _ := filepath.Glob(filepath.Join(temp, "windowsill-pasted-*", "*.png"))
		for _, path := range found {
			if got, _ := os.ReadFile(path); bytes.Equal(got, picture.Bytes()) {
				name = filepath.Base(path)
			}
		}
		return name != ""
	})
	s.keys(t, "ctrl+Return")
	if status, body, err := get(t, fileAt(t, s.scan(t), name)); status != 200 || err != nil || body != picture.String() {
		t.Errorf("GET of the picture gives %d, %d bytes, %v", status, len(body), err)
	}
}

// An open page of a folder says what is shared once another one is added, and offers to
// add files only where that can be done.
func TestOpenPageFollowsWhenAFolderIsAdded(t *testing.T) {
	s := newScreen(t)
	dir, other, port := folderWith(t, map[string]string{"a.txt": "x"}), folderWith(t, map[string]string{"b.txt": "y"}), freePort(t)
	s.start(t, "-port", port, "-open", "-visitors", "add", dir)
	s.scan(t)
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	waitForText(t, ctx, "h1", filepath.Base(dir))
	waitForScript(t, ctx, "files can be added", `!document.querySelector(".add").hidden`)
	s.copyText(t, "file://"+other)
	s.keys(t, "ctrl+v")
	s.find(t, "the button that shares only this", danger, isSmallButton)
	s.keys(t, "Tab", "Return") // Add to share
	waitForText(t, ctx, "h1", filepath.Base(dir)+" + 1")
	waitForScript(t, ctx, "files can be added nowhere here", `document.title.includes(" + 1") && document.querySelector(".add").hidden`)
}

// The row of a folder that is gone leads nowhere, and does not look as if it did.
func TestAFolderThatIsGoneHasNoArrow(t *testing.T) {
	dir, port := folderWith(t, map[string]string{"kept/a.txt": "x", "lost/b.txt": "y"}), freePort(t)
	serve(t, "-open", "-port", port, filepath.Join(dir, "kept"), filepath.Join(dir, "lost"))
	if err := os.RemoveAll(filepath.Join(dir, "lost")); err != nil {
		t.Fatal(err)
	}
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	const arrows = `Array.from(document.querySelectorAll("li.folder"), (li) => getComputedStyle(li, "::after").content).join()`
	waitForScript(t, ctx, "only the folder that is there has an arrow", arrows+" === `\"\",none`")
}
