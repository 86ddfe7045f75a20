package app

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"windowsill/app/settings"
	"windowsill/server"
)

// receiving returns a window that receives files into a folder.
func receiving(t *testing.T) (*harness, string) {
	h, folder := opened(t), t.TempDir()
	settings.ReceivedFolder.Set(&h.store, folder)
	settings.ReceivedSort.Set(&h.store, "day")
	h.tap("Receive files")
	h.untilState(server.Sharing)
	return h, folder
}

// arrive lets a file come in.
func (h *harness) arrive(id uint64, folder, name, content string) {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
		h.t.Fatal(err)
	}
	h.engine.set(func(n *server.Snapshot) {
		n.Uploads = append(slices.Clone(n.Uploads), server.Upload{ID: id, Name: name, Bytes: int64(len(content)), State: server.Arrived})
	})
	h.until("the file", func() bool { return len(h.sharing.snapshot.Uploads) >= int(id) })
}

func TestReceive(t *testing.T) {
	h, folder := receiving(t)
	got := h.engine.started()[0]
	if want := (server.Receiving{On: true, Sort: server.ByDay}); got.Receiving != want || got.Folder != folder || got.Items != nil {
		t.Errorf("Started %+v.", got)
	}
	h.sees("Receiving", "Stop receiving")
	h.seesNot("Phones may send files", "Receive files")
	h.arrive(1, folder, "note.txt", "What a day")
	h.arrive(2, folder, "setup.exe", "MZ")
	h.change(func(n *server.Snapshot) { n.Totals = server.Totals{Requests: 9, Bytes: 7_200, Received: 3_000_000} })
	h.sees("2 files received", "note.txt", "setup.exe", "3 MB received")
	h.seesNot("sent") // but for pages
	h.tap("Stop receiving")
	h.untilState(server.Stopped)
	if got := h.store.RecentShares(); len(got) > 0 {
		t.Errorf("The next start would share %q to everybody who may look.", got)
	}
}

// A stranger may have sent a program.
func TestProgramsAreNotOpened(t *testing.T) {
	h, folder := receiving(t)
	h.arrive(1, folder, "note.txt", "What a day")
	h.arrive(2, folder, "setup.exe", "MZ")
	menu := func(name string) (labels []string) {
		for _, f := range h.view.lists.received.files {
			if filepath.Base(f.path) == name {
				for _, item := range h.view.lists.received.menu(f) {
					labels = append(labels, item.Label)
				}
			}
		}
		return labels
	}
	if got, want := menu("note.txt"), []string{"Open", "Show in folder", "Copy text", "Delete…"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := menu("setup.exe"), []string{"Show in folder", "Delete…"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCopyAndDeleteReceived(t *testing.T) {
	h, folder := receiving(t)
	h.arrive(1, folder, "note.txt", "What a day")
	file := h.view.lists.received.files[0]
	h.desktop.files.copyReceived(file.path)
	h.until("the copy", func() bool { return h.app.Clipboard().Content() == "What a day" })
	h.desktop.files.deleteReceived(file)
	h.sees("Delete “note.txt”?")
	h.answer("Delete")
	h.until("the end of the file", func() bool { return len(h.view.lists.received.files) == 0 })
	if _, err := os.Stat(file.path); err == nil {
		t.Error("It is still there.")
	}
}

func TestShareWhileReceiving(t *testing.T) {
	h, _ := receiving(t)
	beach := filepath.Join(dropFolders(t, "Beach/"), "Beach")
	h.Open([]string{beach})
	h.until("the question", h.asker.IsOpen)
	h.seesNot("Add to share")
	h.answer("Share")
	h.until("the share", func() bool { return h.sharing.snapshot.Share.Folder == beach })
	h.untilState(server.Sharing)
	h.sees("Phones may send files")
}

func TestQuestionsWhileReceiving(t *testing.T) {
	h, _ := receiving(t)
	h.leave()
	h.sees("Stop receiving and quit?", "Nobody will be able to send files any more.")
	h.seesNot("able to open", "Keep sharing")
	h.answer("Keep receiving")
	h.view.column.access.who.Choose(accessOpen)
	h.sees("can then send files")
	h.answer("Cancel")
}

func TestReceiveAtTheStart(t *testing.T) {
	h, folder := newHarness(t), t.TempDir()
	settings.ShareAtOnce.Set(&h.store, true)
	h.open(server.Share{Folder: folder, Port: -1, Receiving: server.Receiving{On: true, Sort: server.ByDevice}})
	h.untilState(server.Sharing)
	got := h.engine.started()
	if want := (server.Receiving{On: true, Sort: server.ByDevice}); len(got) != 1 || got[0].Receiving != want || got[0].Folder != folder {
		t.Errorf("Started %+v.", got)
	}
	h.sees("Receiving", "Stop receiving")
}
