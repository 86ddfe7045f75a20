package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestPastedPaths(t *testing.T) {
	for text, want := range map[string][]string{
		"/srv/a.pdf\n/srv/b c.pdf\n":                              {"/srv/a.pdf", "/srv/b c.pdf"},
		"file:///srv/Gr%C3%BC%C3%9Fe.pdf\r\nfile:///srv/b\r\n":    {"/srv/Grüße.pdf", "/srv/b"},
		"x-special/nautilus-clipboard\ncopy\nfile:///srv/a.pdf\n": {"/srv/a.pdf"},
		"Dear Mia,\n/srv/a.pdf":                                   {},
		"https://example.org/":                                    {},
		"":                                                        {},
	} {
		if got := pastedPaths(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestPaste(t *testing.T) {
	h := opened(t)
	dir := dropFolders(t, "a.pdf", "b.pdf")
	paste := func(text string) {
		h.app.Clipboard().SetContent(text)
		h.typedShortcut(&fyne.ShortcutPaste{Clipboard: h.app.Clipboard()})
	}
	paste("What a day")
	h.until("the text as a file", func() bool { return len(h.sharing.folder.items) == 1 && h.sharing.folder.scanner.done })
	text := h.sharing.folder.only()
	if got, _ := os.ReadFile(text); string(got) != "What a day" || !strings.HasPrefix(filepath.Base(text), "Text 2") || filepath.Ext(text) != ".txt" {
		t.Errorf("%s: %q", text, got)
	}
	paste(filepath.Join(dir, "a.pdf") + "\n" + filepath.Join(dir, "b.pdf"))
	h.until("the files", func() bool { return len(h.sharing.folder.items) == 2 && h.sharing.folder.scanner.done })
	h.tap("Share")
	h.until("sharing", h.sharing.isSharing)
	paste("What a day")
	h.until("the question", h.asker.IsOpen)
	h.answer("Send")
	h.until("the text", func() bool { return h.engine.wasTold("send text What a day") })
	h.end()
	if _, err := os.Stat(text); err == nil {
		t.Error("It is left behind.")
	}
}
