package app

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"windowsill/server"
)

// haveXclip puts a program named xclip first that keeps one picture in a file, and
// returns the path of that.
func haveXclip(t *testing.T) (picture string) {
	t.Helper()
	dir := t.TempDir()
	picture = filepath.Join(dir, "picture")
	script := "#!/bin/sh\ncase \"$*\" in\n*TARGETS) [ -e " + picture + " ] && echo TARGETS image/png;;\n*-o*) cat " + picture + ";;\n*) cat >" + picture + ";;\nesac\n"
	if err := os.WriteFile(filepath.Join(dir, "xclip"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	t.Setenv("DISPLAY", ":none")
	t.Setenv("WAYLAND_DISPLAY", "")
	return picture
}

func (h *harness) paste() { h.typedShortcut(&fyne.ShortcutPaste{Clipboard: h.app.Clipboard()}) }

func TestPasteAPicture(t *testing.T) {
	picture := haveXclip(t)
	h := opened(t)
	h.paste()
	h.control.jobs.Wait()
	h.drain()
	if h.view.alerts.notice.err != nil || len(h.sharing.folder.items) > 0 {
		t.Error("Something happens with an empty clipboard.")
	}
	if err := os.WriteFile(picture, []byte("a PNG"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.paste()
	h.until("the file", func() bool { return len(h.sharing.folder.items) == 1 && h.sharing.folder.scanner.done })
	path := h.sharing.folder.only()
	if got, _ := os.ReadFile(path); string(got) != "a PNG" || !strings.HasPrefix(filepath.Base(path), "Picture 2") || filepath.Ext(path) != ".png" {
		t.Errorf("%s: %q", path, got)
	}
	h.end()
	if _, err := os.Stat(filepath.Dir(path)); err == nil {
		t.Error("It is left behind.")
	}
}

func TestPasteWithoutAProgramForPictures(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("DISPLAY", ":none")
	t.Setenv("WAYLAND_DISPLAY", "")
	h := opened(t)
	h.paste()
	h.until("the sentence", func() bool { return h.view.alerts.notice.err == needError("xclip") })
	h.sees("Pictures can be pasted once xclip is installed.")
}

func TestCopyAReceivedPicture(t *testing.T) {
	picture := haveXclip(t)
	h, folder := receiving(t)
	h.arrive(1, folder, "beach.PNG", "a PNG")
	file := h.view.lists.received.files[0]
	var labels []string
	for _, item := range h.view.lists.received.menu(file) {
		labels = append(labels, item.Label)
	}
	if want := []string{"Open", "Show in folder", "Copy picture", "Delete…"}; !slices.Equal(labels, want) {
		t.Errorf("%q, want %q", labels, want)
	}
	h.desktop.files.copyReceived(file.path)
	h.until("the copy", func() bool {
		got, _ := os.ReadFile(picture)
		return string(got) == "a PNG"
	})
	t.Setenv("PATH", t.TempDir())
	for _, item := range h.view.lists.received.menu(file) {
		if item.Label == "Copy picture" {
			t.Error("It is offered where nothing can do it.")
		}
	}
	if h.sharing.snapshot.State != server.Sharing {
		t.Error("It no longer receives.")
	}
}

// A photo is no larger on the clipboard than its colours need.
func TestCopiedPhotoHasEightBits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "beach.jpg")
	var photo bytes.Buffer
	if err := errors.Join(os.WriteFile(path, nil, 0o600), jpeg.Encode(&photo, image.NewYCbCr(image.Rect(0, 0, 8, 8), image.YCbCrSubsampleRatio420), nil)); err != nil {
		t.Fatal(err)
	}
	got, err := readPicture(t.Context(), path, func(context.Context, string, int) ([]byte, error) { return photo.Bytes(), nil })
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := img.(*image.RGBA); !ok {
		t.Errorf("it is a %T", img)
	}
}
