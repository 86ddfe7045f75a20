package app

import (
	"net/netip"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"windowsill/app/kit"
	"windowsill/server"
)

// fakeText is what a phone sent.
func fakeText(id uint64, text string) server.Text {
	return server.Text{ID: id, At: fakeStart, Device: 1, Addr: netip.MustParseAddr("192.168.1.20"), Name: "iPhone", Text: text}
}

func TestReceivedText(t *testing.T) {
	h := sharingWindow(t)
	text := "first line\nsecond line"
	h.change(func(n *server.Snapshot) { n.Texts = []server.Text{fakeText(1, text)}; n.Totals.Requests++ })
	h.sees("iPhone sent a text", text, "Copy")
	h.seesNot("Open…")
	h.tap("Copy the text from iPhone")
	if got := h.app.Clipboard().Content(); got != text {
		t.Errorf("Copied %q.", got)
	}
	h.tap("Hide the text from iPhone")
	h.seesNot("second line")
	h.change(func(n *server.Snapshot) { n.Texts = append(n.Texts, fakeText(2, "another")); n.Totals.Requests++ })
	h.sees("another")
	h.seesNot("second line")
}

func TestOpenReceivedAddress(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) {
		n.Texts = []server.Text{fakeText(1, "https://example.org/a\n"), {ID: 2, ByOwner: true, Text: "my own"}}
		n.Totals.Requests++
	})
	h.seesNot("my own")
	h.tap("Open…")
	h.sees("Open this address?", "https://example.org/a", "Cancel")
}

func TestSendText(t *testing.T) {
	h := opened(t)
	h.sharing.folder.set("/srv/photos")
	h.tap("Share")
	h.untilState(server.Sharing)
	h.tap("Add or send")
	h.choose("Send text…")
	test.Type(h.win.Canvas().Focused(), "hello")
	h.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // begins a line
	h.win.Canvas().Focused().(*kit.Entry).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	h.told("send text hello\n")
	h.until("the text to be sent", func() bool { return h.sharing.snapshot.Texts != nil && len(h.owner.remarks.open) > 0 })
	h.seesNot("hello")
	h.sees("Text sent to all who come in")
	h.press(fyne.KeyReturn) // once more, by mistake
	h.drain()
	if h.sharing.snapshot.State != server.Sharing || h.engine.stops > 0 {
		t.Error("The key that sent the text has also stopped the share.")
	}
	h.tap("Take back")
	h.told("send text hello\n", "take back 0")
	h.seesNot("Text sent")
}

func TestSendTextToOneDevice(t *testing.T) {
	h := sharingWindow(t)
	h.change(busySnapshot)
	h.openMenuOf(0)
	h.choose("Send text…")
	h.sees("Send a text to iPhone", "Only this device can read and copy it.")
	test.Type(h.win.Canvas().Focused(), "hello")
	h.answer("Send")
	h.told("to 1:", "send text hello")
	h.until("the text to be sent", func() bool { return len(h.owner.remarks.open) > 0 })
	h.sees("Text sent to iPhone", "Take back")
}

func TestPreview(t *testing.T) {
	for text, want := range map[string]string{
		"a\n\nb":                 "a\n\nb",
		"1\n2\n3\n4":             "1\n2\n3 …",
		"a\u202eb\x1b":           `a\u202eb\x1b`,
		strings.Repeat("x", 999): strings.Repeat("x", previewChars) + " …",
	} {
		if got := preview(text); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// The Tab key has to lead out of the text, to the button.
func TestTabLeavesTheText(t *testing.T) {
	h := sharingWindow(t)
	h.owner.sendText("")
	if e, ok := h.win.Canvas().Focused().(*kit.Entry); !ok || e.AcceptsTab() {
		t.Error("It writes a tab.")
	}
}
