package app

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"windowsill/app/words"
	"windowsill/server"
)

// fakeUpload returns file i of a device, which begins i seconds after the hour.
func fakeUpload(device uint64, i int, state server.Upload, name string) server.Upload {
	u := state
	u.ID, u.Device, u.Name = uint64(i+1), device, name
	u.Began = fakeStart.Add(time.Duration(i) * time.Second)
	if u.State >= server.Arrived {
		u.Ended = u.Began.Add(time.Second)
	}
	return u
}

var (
	coming = server.Upload{State: server.Arriving, Bytes: 1_000_000, Total: 4_000_000}
	there  = server.Upload{State: server.Arrived, Bytes: 4_000_000, Total: 4_000_000}
	lost   = server.Upload{State: server.UploadFailed, Total: 4_000_000}
)

func TestUploadBatches(t *testing.T) {
	for name, c := range map[string]struct {
		uploads []server.Upload
		want    []string
	}{
		"nothing":              {nil, nil},
		"one that comes":       {[]server.Upload{fakeUpload(1, 0, coming, "a.jpg")}, []string{"1 photo from X, 0 photos received"}},
		"several":              {[]server.Upload{fakeUpload(1, 0, there, "a.jpg"), fakeUpload(1, 1, coming, "in/b.HEIC")}, []string{"2 photos from X, 1 photo received"}},
		"a film among them":    {[]server.Upload{fakeUpload(1, 0, there, "a.jpg"), fakeUpload(1, 1, there, "b.mp4")}, []string{"2 files from X, 2 files received"}},
		"what failed":          {[]server.Upload{fakeUpload(1, 0, lost, "a.txt"), fakeUpload(1, 1, there, "b.txt")}, []string{"1 file from X, 1 file received"}},
		"after a pause":        {[]server.Upload{fakeUpload(1, 0, there, "a.txt"), fakeUpload(1, 60, there, "b.txt")}, []string{"1 file from X, 1 file received"}},
		"of two, latest first": {[]server.Upload{fakeUpload(1, 0, there, "a.txt"), fakeUpload(2, 1, coming, "b.txt")}, []string{"1 file from X, 0 files received", "1 file from X, 1 file received"}},
	} {
		var got []string
		for _, b := range uploadBatches(c.uploads) {
			got = append(got, b.title("X")+", "+b.receivedText())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestUndoDelete(t *testing.T) {
	h := sharingWindow(t)
	deleted := func(id, name string) server.Deleted {
		return server.Deleted{ID: id, Name: name, Device: 1, At: fakeStart}
	}
	h.change(func(n *server.Snapshot) {
		n.Devices = []server.Device{fakeDevice(0, func(d *server.Device) { d.Name = "iPhone · Safari" })}
		n.Deleted = []server.Deleted{deleted("x", "in/beach.jpg")}
		n.Totals.Requests++
	})
	h.sees("iPhone deleted beach.jpg", words.TimeOfDay(fakeStart))
	h.tap("Hide")
	h.seesNot("iPhone deleted")
	h.sees("beach.jpg deleted", "Undo") // on its card
	h.change(func(n *server.Snapshot) {
		n.Deleted = append(n.Deleted, deleted("y", "a"), deleted("z", "b"))
		n.Totals.Requests++
	})
	h.sees("iPhone deleted b and 1 more")
	h.tap("Undo")
	h.until("they are back", func() bool { return len(h.sharing.snapshot.Deleted) == 1 })
	h.told("restore z", "restore y")
	h.seesNot("iPhone deleted")
	h.view.activity.devices.first().deeds[1].button.Debounce = 0
	h.tap("Undo")
	h.told("restore z", "restore y", "restore x")
	h.until("it is back", func() bool { return len(h.sharing.snapshot.Deleted) == 0 })
	h.seesNot("deleted")
	h.change(func(n *server.Snapshot) {
		n.Deleted = append(n.Deleted, deleted("w", "in/Cake.jpg"))
		n.Totals.Requests++
	})
	h.tap("Undo")
	h.until("another word about it", func() bool { return len(h.owner.remarks.open) > 1 })
	h.sees("Cake.jpg is back")
}

func TestNotificationOfUploadsOpensTheirFolder(t *testing.T) {
	h := sharingWindow(t)
	h.desktop.notifier.inFront = false
	var opened, actions []string
	h.desktop.notifier.openFolder = func(folder string) { opened = append(opened, folder) }
	h.desktop.notifier.notify = func(_, _, action string, accepted func()) (func(), error) {
		actions = append(actions, action)
		accepted()
		return func() { actions = append(actions, "withdrawn") }, nil
	}
	dir := t.TempDir()
	s := server.Snapshot{Share: server.Share{Folder: dir}, Uploads: []server.Upload{fakeUpload(1, 0, there, "in/a.jpg")}}
	for range 2 {
		h.desktop.notifier.tick(s, s.Uploads[0].Ended.Add(uploadPause))
		h.desktop.notifier.uploaded = nil
	}
	h.control.jobs.Wait()
	if want := []string{filepath.Join(dir, "in"), filepath.Join(dir, "in")}; !slices.Equal(opened, want) {
		t.Errorf("opened %q, want %q", opened, want)
	}
	if want := []string{"Open folder", "withdrawn", "Open folder"}; !slices.Equal(actions, want) {
		t.Errorf("%q, want %q", actions, want)
	}
}

func TestNotificationOfUploads(t *testing.T) {
	h := sharingWindow(t)
	h.desktop.notifier.inFront = false
	h.desktop.notifier.notify = func(_, _, _ string, _ func()) (func(), error) { return nil, errors.ErrUnsupported }
	phone := fakeDevice(0, func(d *server.Device) { d.Name = "iPhone $(x)" })
	s := server.Snapshot{Devices: []server.Device{phone}, Uploads: []server.Upload{fakeUpload(1, 0, there, "a.jpg")}}
	at := s.Uploads[0].Ended
	h.desktop.notifier.tick(s, at) // more may come
	test.AssertNotificationSent(t, fyne.NewNotification("1 photo from A device", "They are in the shared folder."), func() {
		h.desktop.notifier.tick(s, at.Add(uploadPause))
		h.control.jobs.Wait()
	})
	test.AssertNotificationSent(t, nil, func() {
		h.desktop.notifier.tick(s, at.Add(time.Minute))
		h.control.jobs.Wait()
	})
}
