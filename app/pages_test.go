package app

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"windowsill/server"
)

func TestPagesOfVisitors(t *testing.T) {
	h := sharingWindow(t)
	phone := fakeDevice(0, func(d *server.Device) { d.Name = "iPhone" })
	page := func(folder string, minute int) server.Page {
		return server.Page{Folder: folder, Device: phone.ID, Addr: phone.Addr, At: time.Now().Add(time.Duration(minute) * time.Minute)}
	}
	show := func(pages ...server.Page) {
		h.change(func(n *server.Snapshot) {
			n.Devices, n.Pages = []server.Device{phone}, pages
			n.Totals.Requests++
		})
	}
	first, second := page("", 0), page("in/x", 1)
	old := server.Page{Folder: "old", At: time.Now()}
	show(first)
	h.sees("iPhone added index.html", "Listed like any file until you say so.", "Use as page")
	show(old, first, second)
	h.sees("iPhone added in/x/index.html", "iPhone added index.html", "and 1 more")
	h.seesNot("Visitors added old/index.html")

	test.Tap(h.button("Leave it"))
	h.sees("iPhone added index.html", "Visitors added old/index.html")
	show(old)
	h.sees("Visitors added old/index.html")
	show(old, first)

	test.Tap(h.button("Use as page"))
	h.until("it is the page", func() bool { return len(h.sharing.snapshot.Pages) == 0 })
	h.control.jobs.Wait()
	if want := `accept the page of ""`; !slices.Contains(h.engine.orders, want) {
		t.Errorf("The server was told %q, want %q.", h.engine.orders, want)
	}
	h.seesNot("Use as page")
}

func TestPagesOfVisitorsWhereFoldersAreListedAnyway(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) {
		n.Share.Listing = true
		n.Pages = []server.Page{{Addr: netip.MustParseAddr("192.168.1.9"), At: time.Now()}}
		n.Totals.Requests++
	})
	h.seesNot("Use as page")
}
