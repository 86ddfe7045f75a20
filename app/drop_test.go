package app

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"windowsill/server"
)

// dropFolders makes folders and files below a new one, and returns the path of it. A name
// that ends in a slash is a folder.
func dropFolders(t *testing.T, names ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Pictures")
	for _, name := range append([]string{"/"}, names...) {
		var err error
		if path := filepath.Join(dir, name); name[len(name)-1] == '/' {
			err = os.Mkdir(path, 0o700)
		} else {
			err = os.WriteFile(path, nil, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// drop drops things on the window, and waits until it asks something or has another
// folder.
func (h *harness) drop(paths ...string) {
	h.t.Helper()
	var uris []fyne.URI
	for _, p := range paths {
		uris = append(uris, storage.NewFileURI(p))
	}
	before := h.sharing.folder.folder
	h.dropped(fyne.Position{}, uris)
	h.until("the drop", func() bool { return h.asker.IsOpen() || h.sharing.folder.folder != before })
}

func TestDropFolder(t *testing.T) {
	h := opened(t)
	h.drop(filepath.Join(dropFolders(t, "Summer 2026/"), "Summer 2026"))
	h.sees("Summer 2026")
	if len(h.engine.started()) > 0 {
		t.Error("Dropping alone must not share.")
	}
}

func TestDropFolderWhileSharing(t *testing.T) {
	h := sharingWindow(t)
	beach := filepath.Join(dropFolders(t, "Beach/"), "Beach")
	drop := func() {
		h.drop(beach)
		h.until("the question", func() bool { return h.asker.IsOpen() })
	}
	drop()
	h.sees("Share “Beach” instead?")
	h.tap("Keep sharing")
	if h.sharing.folder.folder != "/srv/Summer 2026" || len(h.engine.started()) != 1 {
		t.Error("It did not keep sharing.")
	}
	drop()
	h.tap("Share this instead")
	h.until("the other share", func() bool { return h.sharing.snapshot.Share.Folder == beach })
	h.untilState(server.Sharing)
	h.sees("Beach")
}

func TestDropFile(t *testing.T) {
	h := opened(t)
	dir := dropFolders(t, "film.mp4")
	h.drop(filepath.Join(dir, "film.mp4"))
	h.sees("“film.mp4” is a file", "This one is in “Pictures”.")
	h.tap("Share its folder")
	if h.sharing.folder.folder != dir {
		t.Errorf("The folder is %q.", h.sharing.folder.folder)
	}
}

// None of them is forgotten without a word.
func TestDropSeveral(t *testing.T) {
	dir := dropFolders(t, "a/", "b/", "c.txt")
	for answer, want := range map[string]string{"Share “Pictures”": dir, "Only “a”": filepath.Join(dir, "a"), "Cancel": ""} {
		h := opened(t)
		h.drop(filepath.Join(dir, "a"), filepath.Join(dir, "b"))
		h.sees("One folder is shared at a time")
		h.answer(answer)
		if h.sharing.folder.folder != want {
			t.Errorf("%s: the folder is %q, want %q", answer, h.sharing.folder.folder, want)
		}
	}
	h := opened(t)
	h.drop(filepath.Join(dir, "c.txt"), filepath.Join(dir, "b"))
	h.sees("Share “Pictures”")
	h.seesNot("Only “")
}
