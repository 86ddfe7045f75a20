package app

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"windowsill/server"
)

func TestRemarksGo(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Devices = fakeDevices(2) })
	h.owner.remarks.add(h.owner.sentToAll(), "Take back", nil)
	h.owner.remarks.add("Saved as x.pdf", "", nil)
	h.sees("✓ Text sent to 2 devices", "Take back", "✓ Saved as x.pdf")
	h.owner.remarks.remove(1)
	h.seesNot("Text sent")
	h.sees("Saved as x.pdf")
	h.owner.remarks.remove(2)
	h.seesNot("Saved")
}

// What devices add and delete changes what is in the folder.
func TestFolderIsCountedAgain(t *testing.T) {
	h := sharingWindow(t)
	h.sees("1,243 files · 3.4 GB")
	h.engine.look = func(context.Context, string) (server.Look, error) {
		return server.Look{Files: 1244, Bytes: 3_400_000_000, Complete: true}, nil
	}
	h.change(func(n *server.Snapshot) {
		n.Uploads = []server.Upload{fakeUpload(1, 0, there, "a.jpg")}
		n.Totals.Requests++
	})
	h.until("the new count", func() bool { return h.view.activity.summary.about.Text == "1,244 files · 3.4 GB" })
	h.engine.look = func(context.Context, string) (server.Look, error) { return server.Look{Complete: true}, nil }
	h.foreground(true) // the person comes back from the file manager
	h.until("the new count", func() bool { return h.view.activity.summary.about.Text == "no files" })
}

func TestNotificationOfADeletion(t *testing.T) {
	h := sharingWindow(t)
	h.foreground(false)
	before := h.sharing.snapshot
	before.Devices = []server.Device{fakeDevice(0, func(d *server.Device) { d.Name = "iPhone · Safari" })}
	now := before
	now.Deleted = []server.Deleted{{ID: "x", Name: "Cake.jpg", Device: 1}}
	tell := func() { h.desktop.notifier.draw(before, now, true); h.control.jobs.Wait() }
	test.AssertNotificationSent(t, fyne.NewNotification("iPhone deleted a file", "It can be brought back in the window of Windowsill."), tell)
	before.Deleted = now.Deleted
	test.AssertNotificationSent(t, nil, tell)
}
