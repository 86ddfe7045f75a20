package app

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"windowsill/app/kit"
	"windowsill/server"
)

func TestTransferRow(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) {
		n.Devices, n.Transfers = fakeDevices(1), fakeTransfers(1, 15_000_000)
		n.Speed = server.Speed{Now: 1_500_000, Minute: [60]int64{59: 1_500_000}, Beat: 1}
	})
	h.sees("Summer film 0.mp4", "to Phone 0 · 15 MB of 60 MB · 1.5 MB/s", "0:30 left")
	if row := h.view.activity.traffic.transfers.rows[1]; row.bar.Value != 0.25 {
		t.Errorf("its bar is at %v", row.bar.Value)
	}
	h.tap("Cancel Summer film 0.mp4")
	h.control.jobs.Wait()
	if !slices.Contains(h.engine.orders, "cancel 1") {
		t.Errorf("the server was told %q", h.engine.orders)
	}
}

func TestNoTransfers(t *testing.T) {
	const hint = "What takes longer than a moment shows here while it goes."
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Devices, n.Totals.Requests = fakeDevices(1), 3 })
	h.sees(hint)
	h.change(func(n *server.Snapshot) { n.Transfers, n.Totals.Requests = fakeTransfers(1, 1), 4 })
	h.seesNot(hint)
}

func TestTransferOfUnknownLength(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme())
	r := newTransferRow(nil)
	r.show(server.Transfer{Name: "a", Kind: server.Arrival, Done: 15_000_000, Total: -1, Speed: 1}, "iPad")
	if r.detail.Text != "from iPad · 15 MB · 1 byte/s" || r.left.Text != "" || r.bar.Value >= 0 {
		t.Errorf("it shows %q, %q, %v", r.detail.Text, r.left.Text, r.bar.Value)
	}
}

func TestTransferRowsKeepTheirWidgets(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme())
	p := newTransfersPanel(nil)
	s := server.Snapshot{Transfers: fakeTransfers(3, 1)}
	p.show(s)
	second, objects := p.rows[2], p.list.Objects
	s.Transfers = fakeTransfers(3, 2_000_000)
	p.show(s)
	if &objects[0] != &p.list.Objects[0] {
		t.Error("the list was built anew although the transfers are the same")
	}
	s.Transfers = s.Transfers[1:]
	s.History = []server.Transfer{{ID: 1, Name: "Summer film 0.mp4", State: server.Whole, Done: 5, Total: 5}}
	p.show(s)
	if p.rows[2] != second || len(p.rows) != 2 || len(p.past) != 1 {
		t.Errorf("%d rows, %d past ones, the second kept: %v", len(p.rows), len(p.past), p.rows[2] == second)
	}
	s.Transfers = fakeTransfers(200, 1)
	p.show(s)
	if len(p.rows) != transfersShown || p.more.Text != "and 160 more" {
		t.Errorf("%d rows, %q", len(p.rows), p.more.Text)
	}
}

func TestDoubleClickCancelsOneTransfer(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme())
	var canceled []uint64
	p := newTransfersPanel(func(id uint64) { canceled = append(canceled, id) })
	s := server.Snapshot{Transfers: fakeTransfers(2, 1)}
	p.show(s)
	test.Tap(p.rows[1].cancel)
	s.Transfers = s.Transfers[1:]
	p.show(s) // the second is now where the first was
	test.Tap(p.rows[2].cancel)
	if !slices.Equal(canceled, []uint64{1}) {
		t.Errorf("It cancels %v, want the first.", canceled)
	}
}

func TestPastTransfers(t *testing.T) {
	take := func(id, device uint64, name string, done int64, state server.Transfer) server.Transfer {
		state.ID, state.Device, state.Name, state.Done, state.Total = id, device, name, done, 100
		return state
	}
	whole := server.Transfer{State: server.Whole, Moved: 20_000_000, Active: 10 * time.Second}
	broken := server.Transfer{State: server.Broken, Resumed: 2}
	history := []server.Transfer{ // latest first
		take(5, 3, "b.zip", 10, server.Transfer{State: server.Canceled}),
		take(4, 2, "holiday.zip", 43, broken),
		take(3, 1, "film.mp4", 100, whole),
		take(2, 2, "holiday.zip", 30, broken),
		take(1, 1, "holiday.zip", 100, whole),
	}
	names := deviceNames{{id: 1}: "iPhone", {id: 2}: "iPad", {id: 3}: "Mac"}
	var got []string
	for _, d := range pastTransfers(history) {
		got = append(got, d.name+": "+d.text(names))
	}
	want := []string{
		"b.zip: Mac 10 %, cancelled",
		"holiday.zip: iPhone 100 % · iPad 43 %, resumed twice",
		"film.mp4: iPhone 100 % · 2 MB/s for 0:10",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestTabs(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Totals.Requests = 1 })
	if h.view.activity.traffic.log.Content.Visible() || !h.view.activity.traffic.transfers.content.Visible() {
		t.Error("the log is shown at first")
	}
	h.tap("Requests")
	if !h.view.activity.traffic.log.Content.Visible() || h.view.activity.traffic.transfers.content.Visible() {
		t.Error("the log is not shown after a click")
	}
}
