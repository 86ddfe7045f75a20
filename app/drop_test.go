package app

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"windowsill/server"
)

func TestDropFolder(t *testing.T) {
	h := opened(t)
	h.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("/srv/Summer 2026")})
	h.sees("Summer 2026")
	if len(h.engine.started()) > 0 {
		t.Error("Dropping alone must not share.")
	}
}

func TestDropFolderWhileSharing(t *testing.T) {
	h := sharingWindow(t)
	drop := func() {
		h.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("/srv/Beach")})
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
	h.until("the other share", func() bool { return h.sharing.snapshot.Share.Folder == "/srv/Beach" })
	h.untilState(server.Sharing)
	h.sees("Beach")
}

func TestDropFileWhileSharing(t *testing.T) {
	h := sharingWindow(t)
	h.until("the look", func() bool { return h.sharing.folder.scanner.done })
	h.engine.look = func(context.Context, string) (server.Look, error) { return server.Look{}, server.ErrNotAFolder }
	h.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("/srv/film.mp4")})
	h.until("the sentence", func() bool { return h.view.alerts.notice.content.Visible() })
	h.sees(server.ErrNotAFolder.Error(), "Choose another folder…", "Stop sharing")
	if h.sharing.folder.folder != "/srv/Summer 2026" {
		t.Errorf("The folder is %q.", h.sharing.folder.folder)
	}
}
