//go:build unix

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestFolderIsChangedOnThePage(t *testing.T) {
	t.Parallel()
	port, dir := freePort(t), folderWith(t, map[string]string{"beach.jpg": "beach", "other.txt": "other"})
	serve(t, "-open", "-visitors", "change", "-port", port, dir)
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/?view=list")
	has := func(name, content string) {
		t.Helper()
		eventually(t, name+" holds "+content, func() bool {
			b, err := os.ReadFile(filepath.Join(dir, name))
			return err == nil && string(b) == content
		})
	}
	enter := func(text string) {
		t.Helper()
		waitForScript(t, ctx, "a name is asked for", `document.activeElement.id === "new-name"`)
		evaluate[string](t, ctx, `document.querySelector("#new-name").value = ""`)
		fill(t, ctx, "#new-name", text+"\r")
	}

	press(t, ctx, "Add")
	press(t, ctx, "New folder")
	enter("other.txt")
	waitForText(t, ctx, ".naming .trouble", "There is a file or folder of that name.")
	enter("Holiday")
	waitForText(t, ctx, "main li.folder", "Holiday")

	press(t, ctx, "Change beach.jpg")
	press(t, ctx, "Rename")
	enter("other.txt")
	waitForText(t, ctx, ".naming .trouble", "Something with this name is already here.")
	enter("sea.jpg")
	waitForText(t, ctx, "main li", "sea.jpg")
	has("sea.jpg", "beach")

	press(t, ctx, "Change sea.jpg")
	press(t, ctx, "Move…")
	waitForText(t, ctx, ".moving h2", "Move sea.jpg to")
	press(t, ctx, "Holiday")
	waitForText(t, ctx, ".moving .here", "/ Holiday")
	press(t, ctx, "Move here")
	has("Holiday/sea.jpg", "beach")

	press(t, ctx, "Change other.txt")
	press(t, ctx, "Delete")
	waitForText(t, ctx, ".toast", "other.txt was deleted")
	if _, err := os.Stat(filepath.Join(dir, "other.txt")); err == nil {
		t.Error("other.txt is still there.")
	}
	press(t, ctx, "Undo")
	waitForText(t, ctx, ".toast", "other.txt is back")
	has("other.txt", "other")
}

func TestThePageMovesFromOneSharedThingToAnother(t *testing.T) {
	t.Parallel()
	port, dir := freePort(t), folderWith(t, map[string]string{"From/beach.jpg": "beach", "To/x": "x"})
	serve(t, "-open", "-visitors", "change", "-port", port, filepath.Join(dir, "From"), filepath.Join(dir, "To"))
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/From/?view=list")
	press(t, ctx, "Change beach.jpg")
	press(t, ctx, "Move…")
	press(t, ctx, "↑ Up")
	press(t, ctx, "To")
	waitForText(t, ctx, ".moving .here", "/ To")
	press(t, ctx, "Move here")
	eventually(t, "it is there, and here no more", func() bool {
		b, err := os.ReadFile(filepath.Join(dir, "To/beach.jpg"))
		_, gone := os.Stat(filepath.Join(dir, "From/beach.jpg"))
		return err == nil && string(b) == "beach" && os.IsNotExist(gone)
	})
}

func TestNameClashAsksWhatToDo(t *testing.T) {
	t.Parallel()
	sent := photos(t, 4, 1000)
	port, dir := freePort(t), t.TempDir()
	for _, path := range sent {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(path)), []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	serve(t, "-open", "-visitors", "change", "-port", port, dir)
	ctx := browser(t)
	openPage(t, ctx, "http://127.0.0.1:"+port+"/")
	chooseFiles(t, ctx, sent)
	for i, answer := range []string{"Keep both", "Skip"} {
		waitForText(t, ctx, ".clash h2", fmt.Sprintf("IMG_%04d.bin is here already", i))
		press(t, ctx, answer)
	}
	waitForText(t, ctx, ".clash h2", "IMG_0002.bin")
	click(t, ctx, ".clash input") // the same for the others
	press(t, ctx, "Replace")
	waitForText(t, ctx, ".queue h2", "3 files added")
	for name, from := range map[string]string{
		"IMG_0000.bin": "", "IMG_0000 (2).bin": sent[0], "IMG_0001.bin": "", "IMG_0002.bin": sent[2], "IMG_0003.bin": sent[3],
	} {
		want := []byte("old")
		if from != "" {
			want, _ = os.ReadFile(from)
		}
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != string(want) {
			t.Errorf("%s holds %d bytes, want %d; %v", name, len(got), len(want), err)
		}
	}
	if len(received(t, dir)) != 5 {
		t.Errorf("%v are there.", received(t, dir))
	}
}
